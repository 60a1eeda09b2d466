"use client";

import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { AmountLine } from "@/components/ui/description-list";
import { FormActions } from "@/components/ui/form-actions";
import type { FormAction } from "@/components/ui/form-outcome";
import { Modal } from "@/components/ui/modal";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatMoney } from "@/lib/money";
import { tenderMethods } from "@/lib/sales/totals";
import type { Counted } from "./counted";

interface ConfirmClosingProps {
  sessionId: string;
  counted: Counted;
  note: string;
  action: FormAction<unknown>;
  onClosed: () => void;
  onBack: () => void;
}

/** The last look before a drawer is closed for good. The way back comes first, so that one Enter too many leads there. */
export function ConfirmClosing({ sessionId, counted, note, action, onClosed, onBack }: ConfirmClosingProps) {
  const t = useTranslations("cashRegister.close");
  return (
    <Modal
      role="alertdialog"
      title={t("confirmTitle")}
      description={t("final")}
      onClose={onBack}
      className="w-full rounded-2xl sm:w-115 max-sm:mb-0 max-sm:rounded-b-none"
    >
      <ActionForm
        action={action}
        successMessage={t("done")}
        onSuccess={onClosed}
        redirectTo={`/cash-register/sessions/${sessionId}`}
      >
        <input type="hidden" name="sessionId" value={sessionId} />
        <input type="hidden" name="note" value={note} />
        {tenderMethods.map((method) => (
          <input key={method} type="hidden" name={method} value={counted[method] ?? ""} />
        ))}
        <CountSummary counted={counted} note={note} />
        <FormActions>
          <Button onClick={onBack}>{t("goOn")}</Button>
          <SubmitButton>{t("confirm")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Modal>
  );
}

/** What was counted, and nothing of what should be there. */
export function CountSummary({ counted, note }: Pick<ConfirmClosingProps, "counted" | "note">) {
  const t = useTranslations("cashRegister");
  const locale = useLocale();
  return (
    <>
      {tenderMethods.map((method) => (
        <AmountLine
          key={method}
          label={method === "cash" ? t("close.cash") : t(`methods.${method}`)}
          value={formatMoney(counted[method] ?? 0, "CLP", locale)}
        />
      ))}
      {note.trim() !== "" && (
        <p className="mt-2 border-t border-line pt-3 text-sm whitespace-pre-line text-ink-soft">{note}</p>
      )}
    </>
  );
}
