"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import type { FormAction } from "@/components/ui/form-outcome";
import { ArrowDownToLine, ArrowUpFromLine } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { MoneyInput } from "@/components/ui/money-input";
import { newKey } from "@/components/ui/new-key";
import { SubmitButton } from "@/components/ui/submit-button";

interface MoveCashButtonProps {
  sessionId: string;
  kind: "paid_in" | "paid_out";
  action: FormAction<null>;
}

/** Puts money into the drawer or takes it out, with the reason that somebody will ask for. */
export function MoveCashButton({ sessionId, kind, action }: MoveCashButtonProps) {
  const t = useTranslations("cashRegister");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  // One key until an answer comes: sent twice, after the dialog was closed too, it moves once.
  const [key, setKey] = useState("");
  const incoming = kind === "paid_in";

  function show() {
    if (!key) setKey(newKey());
    setOpen(true);
  }

  const send: FormAction<null> = async (previous, data) => {
    const answer = await action(previous, data);
    const reused = !answer.ok && answer.problem.code === "idempotency.key_reused";
    // Under this key another amount stands already, which the refusal names; what comes next is a movement of its own.
    if (answer.ok || reused) setKey(newKey());
    if (reused) router.refresh();
    return answer;
  };

  return (
    <>
      <Button
        aria-haspopup="dialog"
        icon={incoming ? <ArrowDownToLine aria-hidden /> : <ArrowUpFromLine aria-hidden />}
        onClick={show}
      >
        {t(incoming ? "drawer.paidIn" : "drawer.paidOut")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        size="sm"
        title={t(incoming ? "movement.inTitle" : "movement.outTitle")}
      >
        <ActionForm
          action={send}
          successMessage={t(incoming ? "movement.doneIn" : "movement.doneOut")}
          onSuccess={() => router.refresh()}
          className="flex flex-col gap-4"
        >
          <input type="hidden" name="key" value={key} />
          <input type="hidden" name="sessionId" value={sessionId} />
          <input type="hidden" name="kind" value={kind} />
          <Field name="amount" label={t("movement.amount")} required>
            <MoneyInput size="lg" />
          </Field>
          <Field
            name="reason"
            label={t("movement.reason")}
            hint={t(incoming ? "movement.reasonHintIn" : "movement.reasonHintOut")}
            required
          >
            <Input maxLength={200} />
          </Field>
          <FormActions className="mt-2">
            <SubmitButton>{t(incoming ? "movement.submitIn" : "movement.submitOut")}</SubmitButton>
          </FormActions>
        </ActionForm>
      </Dialog>
    </>
  );
}
