import { useTranslations } from "next-intl";
import { Alert, type AlertTone } from "@/components/ui/alert";
import { Money } from "@/components/ui/money";
import { currencyOf, tierCode } from "./names";
import { PaymentWatch } from "./payment-watch";

interface PaymentNewsProps {
  payment: { id: string; status: string; amount: number; currency: string; tier: string };
}

const tones = {
  succeeded: "success",
  waiting: "info",
  review: "warning",
  failed: "danger",
  cancelled: "neutral",
  expired: "neutral",
} as const satisfies Record<string, AlertTone>;

/** What became of the payment from which the browser came back, and what to do now. */
export function PaymentNews({ payment }: PaymentNewsProps) {
  const t = useTranslations("billing.news");
  const outcome = outcomeOf(payment.status);
  return (
    <Alert tone={tones[outcome]} title={t(`${outcome}.title`)} live>
      {t.rich(`${outcome}.text`, {
        plan: t(`plan.${tierCode(payment.tier)}`),
        amount: () => <Money minor={payment.amount} currency={currencyOf(payment.currency)} />,
      })}
      {outcome === "waiting" && <PaymentWatch paymentId={payment.id} />}
    </Alert>
  );
}

function outcomeOf(status: string): keyof typeof tones {
  switch (status) {
    case "succeeded":
    case "partially_refunded":
    case "refunded":
      return "succeeded";
    case "failed":
    case "cancelled":
    case "expired":
    case "review":
      return status;
    case "disputed":
      return "review";
    default:
      return "waiting";
  }
}
