"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-outcome";
import { Wallet } from "@/components/ui/icons";
import { MoneyInput } from "@/components/ui/money-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { toast } from "@/components/ui/toast";
import { useDesk } from "./desk";
import { useFirstFocus } from "./use-first-focus";
import { SCAN_FIELD } from "./use-scanner";

/** Cash needs an open drawer: opened here, on the way, without losing the sale. */
export function DrawerStep() {
  const t = useTranslations("pos.drawer");
  const { actions, branchId, drawerOpened } = useDesk();
  useFirstFocus("[name=float]");

  /** One that is open already serves as well: from another tab, or because the answer to the first try was lost. */
  const open: FormAction<unknown> = async (previous, data) => {
    const answer = await actions.openDrawer(previous, data);
    if (answer.ok || answer.problem.code !== "cash_session.already_open") return answer;
    toast.info(t("alreadyOpen"));
    return { ok: true, data: null };
  };

  return (
    <ActionForm
      action={open}
      keepOpen
      onSuccess={drawerOpened}
      className="flex flex-col gap-4 rounded-lg border border-line p-4"
    >
      <div className="flex gap-3">
        <Wallet aria-hidden className="mt-0.5 text-brand-text" />
        <div>
          <p className="font-semibold">{t("title")}</p>
          <p className="text-sm text-ink-soft">{t("text")}</p>
        </div>
      </div>
      <input type="hidden" name="branchId" value={branchId} />
      <Field name="float" label={t("float")} hint={t("floatHint")} required>
        <MoneyInput {...SCAN_FIELD} size="lg" />
      </Field>
      <SubmitButton size="lg" block>
        {t("submit")}
      </SubmitButton>
    </ActionForm>
  );
}
