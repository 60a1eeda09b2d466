"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { AmountLine } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatMoney } from "@/lib/money";
import type { Approver } from "@/lib/sales";
import type { SaleTotals } from "@/lib/sales/totals";
import { call } from "./actions";
import { highestDiscount } from "./cart";
import { useDesk } from "./desk";
import { Keypad } from "./keypad";
import { useFirstFocus } from "./use-first-focus";
import { SCAN_FIELD } from "./use-scanner";

/** How long the database lets an approval live, less what a slow till needs. */
const APPROVAL_LIVES_MS = 4.5 * 60_000;
const MOST_DIGITS = 8;

/** Calls somebody to the till who may allow the discount, with the short code. */
export function ApproveDialog() {
  const t = useTranslations("pos.approve");
  const { till, totals, ceilingBp, branchId, actions, dispatch, open, close } = useDesk();
  const [approvers, setApprovers] = useState<readonly Approver[] | null>(null);
  const [failed, setFailed] = useState(false);
  const wantedBp = highestDiscount(till);

  useEffect(() => {
    let gone = false;
    void call(actions.listApprovers, { branchId }).then((answer) => {
      if (gone) return;
      if (answer.ok) setApprovers(answer.data);
      else setFailed(true);
    });
    return () => {
      gone = true;
    };
  }, [actions, branchId]);

  function approved({ approvalId }: { approvalId: string }) {
    const expiresAt = Date.now() + APPROVAL_LIVES_MS;
    const approval = { id: approvalId, maxDiscountBp: wantedBp, maxDiscount: totals.discount, expiresAt };
    dispatch({ type: "approved", approval });
    open({ kind: "pay" });
  }

  return (
    <Dialog
      open
      size="sm"
      title={t("title")}
      description={t("text", { percent: wantedBp / 100, ceiling: ceilingBp / 100 })}
      onOpenChange={close}
    >
      <ApprovedAmounts totals={totals} />
      {failed && <Alert tone="danger">{t("failed")}</Alert>}
      {approvers?.length === 0 && <Alert tone="warning">{t("nobody")}</Alert>}
      {!approvers && !failed && <Skeleton className="h-40 rounded-lg" />}
      {approvers && approvers.length > 0 && (
        <ActionForm action={actions.approveDiscount} keepOpen onSuccess={approved}>
          <input type="hidden" name="branchId" value={branchId} />
          <input type="hidden" name="discountBp" value={wantedBp} />
          <input type="hidden" name="discount" value={totals.discount} />
          <ApproverChoice approvers={approvers} />
          <PinField />
          <FormActions>
            <Button onClick={close}>{t("cancel")}</Button>
            <SubmitButton>{t("submit")}</SubmitButton>
          </FormActions>
        </ActionForm>
      )}
    </Dialog>
  );
}

/** What the approver answers for: a share alone says little of half a million. */
export function ApprovedAmounts({ totals: { discount, total } }: { totals: SaleTotals }) {
  const t = useTranslations("pos.approve");
  const locale = useLocale();
  return (
    <div className="mb-4 rounded-lg bg-sunken px-4 py-2">
      <AmountLine label={t("discount")} value={`-${formatMoney(discount, "CLP", locale)}`} />
      <AmountLine strong label={t("total")} value={formatMoney(total, "CLP", locale)} />
    </div>
  );
}

function ApproverChoice({ approvers }: { approvers: readonly Approver[] }) {
  const t = useTranslations("pos.approve");
  return (
    <fieldset className="mb-4">
      <legend className="mb-1.5 text-sm font-medium">{t("who")}</legend>
      <div className="flex flex-col gap-2">
        {approvers.map(({ memberId, fullName }, index) => (
          <label
            key={memberId}
            className="flex min-h-11 items-center gap-3 rounded-md border border-line px-3.5 has-checked:border-brand has-checked:bg-brand-soft"
          >
            <input
              type="radio"
              name="approverId"
              value={memberId}
              defaultChecked={index === 0}
              className="size-4 accent-brand"
            />
            {fullName}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The code never shows, and no browser offers to remember it. */
function PinField() {
  const t = useTranslations("pos.approve");
  const [pin, setPin] = useState("");
  useFirstFocus("[name=pin]");
  return (
    <div className="flex flex-col gap-3">
      <Field name="pin" label={t("pin")} required>
        <Input
          {...SCAN_FIELD}
          type="password"
          size="lg"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={MOST_DIGITS}
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value.replaceAll(/\D/g, ""))}
          className="text-center tracking-[0.5em]"
        />
      </Field>
      <div className="hidden pointer-coarse:block">
        <Keypad
          onDigits={(digits) => setPin((pin + digits).slice(0, MOST_DIGITS))}
          onErase={() => setPin(pin.slice(0, -1))}
        />
      </div>
    </div>
  );
}
