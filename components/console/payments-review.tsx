import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Field, type FormAction } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ApprovalButtons } from "./payments-approvals";
import { Amount } from "./payments-parts";

interface PaymentsReviewProps {
  payment: { id: string; status: string; currency: string; reason: string | null };
  received: { amount: number; currency: string } | null;
  decisions: readonly {
    id: string;
    status: string;
    amount: number | null;
    currency: string | null;
    reason: string;
    by: string | null;
    byMe: boolean;
  }[];
  /** Null for staff who may only look. */
  resolve: FormAction<unknown> | null;
  approve: FormAction<unknown> | null;
}

/** Money that is not the money we asked for, and what may be decided about it; nothing for other payments. */
export function PaymentsReview({ payment, received, decisions, resolve, approve }: PaymentsReviewProps) {
  const t = useTranslations("consolePayments");
  const waiting = decisions.find(({ status }) => status === "awaiting_approval");
  if (payment.status !== "review") return null;
  if (waiting && waiting.amount !== null) {
    return (
      <Alert
        tone="warning"
        title={t("approvals.kinds.review")}
        actions={
          <ApprovalButtons
            kind="review"
            id={waiting.id}
            amount={waiting.amount}
            currency={waiting.currency ?? payment.currency}
            mine={waiting.byMe}
            approve={approve}
          />
        }
      >
        <Amount minor={waiting.amount} currency={waiting.currency ?? payment.currency} /> ·{" "}
        {t("approvals.asked", { name: waiting.by ?? t("approvals.someone") })}: {waiting.reason}
      </Alert>
    );
  }
  return (
    <Alert
      tone="warning"
      title={`${t("review.title")}${payment.reason ? `: ${payment.reason}` : ""}`}
      actions={
        resolve && (
          <Decisions
            paymentId={payment.id}
            currency={received?.currency ?? payment.currency}
            received={received}
            resolve={resolve}
          />
        )
      }
    >
      {t("review.hint")}
    </Alert>
  );
}

function Decisions({
  paymentId,
  currency,
  received,
  resolve,
}: {
  paymentId: string;
  currency: string;
  received: { amount: number; currency: string } | null;
  resolve: FormAction<unknown>;
}) {
  const t = useTranslations("consolePayments.review");
  return (
    <span className="flex flex-wrap gap-2">
      <ConfirmButton
        size="sm"
        variant="primary"
        label={t("accept")}
        title={t("acceptTitle")}
        description={t("acceptHint")}
        action={resolve}
        values={{ paymentId, decision: "accept", currency }}
        tone="primary"
        confirmLabel={t("accept")}
        askReason
        reasonLabel={t("reason")}
        successMessage={t("done")}
      >
        <Field name="received" label={t("received", { currency })} hint={t("receivedHint")} required>
          <Input inputMode="decimal" defaultValue={received ? plain(received) : ""} />
        </Field>
      </ConfirmButton>
      <ConfirmButton
        size="sm"
        label={t("reject")}
        title={t("rejectTitle")}
        description={t("rejectHint")}
        action={resolve}
        values={{ paymentId, decision: "reject", currency }}
        confirmLabel={t("reject")}
        askReason
        reasonLabel={t("reason")}
        successMessage={t("done")}
      />
    </span>
  );
}

/** An amount as its field takes it: pesos whole, anything else with two decimals. */
function plain({ amount, currency }: { amount: number; currency: string }): string {
  if (currency === "CLP") return String(amount);
  const digits = String(amount).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
