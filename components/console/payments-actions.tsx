import { useLocale, useTranslations } from "next-intl";
import { ActButton } from "@/components/ui/act-button";
import { Alert } from "@/components/ui/alert";
import { DialogButton } from "@/components/ui/dialog";
import { ActionForm, Field, type FormAction, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { formatMoney, isCurrency } from "@/lib/money";

interface PaymentsActionsProps {
  paymentId: string;
  /** What may still go back; null where nothing may. */
  refundable: { amount: number; currency: string } | null;
  /** The gateway at which the payer has to accept the money; null: it goes back by itself. */
  payerAccepts: string | null;
  /** Makes a second click the same order. */
  orderKey: string;
  /** The gateway knows the payment by some name. */
  askable: boolean;
  ask: FormAction<unknown>;
  refund: FormAction<unknown>;
}

/** What staff who may write can do about a payment. */
export function PaymentsActions({
  paymentId,
  refundable,
  payerAccepts,
  orderKey,
  askable,
  ask,
  refund,
}: PaymentsActionsProps) {
  const t = useTranslations("consolePayments");
  const locale = useLocale();
  return (
    <>
      {askable && (
        <ActButton act={{ action: ask, id: paymentId, done: t("detail.askedDone") }}>
          {t("detail.ask")}
        </ActButton>
      )}
      {refundable && isCurrency(refundable.currency) && (
        <DialogButton
          label={t("refund.action")}
          variant="danger"
          title={t("refund.title")}
          description={t("refund.description", {
            amount: formatMoney(refundable.amount, refundable.currency, locale),
          })}
        >
          <ActionForm action={refund} successMessage={t("refund.done")}>
            <input type="hidden" name="paymentId" value={paymentId} />
            <input type="hidden" name="key" value={orderKey} />
            <input type="hidden" name="currency" value={refundable.currency} />
            <div className="flex flex-col gap-4">
              {payerAccepts && <Alert>{t("refund.payerAccepts", { gateway: payerAccepts })}</Alert>}
              <Field name="amount" label={t("refund.amount")} hint={t("refund.amountHint")} optional>
                <Input inputMode="decimal" prefix={refundable.currency === "CLP" ? "$" : "US$"} autoFocus />
              </Field>
              <Field name="reason" label={t("refund.reason")} required>
                <Textarea rows={2} />
              </Field>
            </div>
            <FormActions>
              <SubmitButton variant="danger">{t("refund.action")}</SubmitButton>
            </FormActions>
          </ActionForm>
        </DialogButton>
      )}
    </>
  );
}
