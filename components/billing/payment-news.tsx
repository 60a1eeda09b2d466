import { useTranslations } from "next-intl";
import { Alert, type AlertTone } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { checkoutHref, currencyOf, tierCode } from "./names";
import { PaymentWatch } from "./payment-watch";

interface PaymentNewsProps {
  payment: {
    id: string;
    status: string;
    amount: number;
    currency: string;
    tier: string;
    interval: string;
    continueUrl: string | null;
    endedRenewal?: boolean;
  };
  mayPay: boolean;
}

const tones = {
  succeeded: "success",
  waiting: "info",
  unpaid: "warning",
  review: "warning",
  failed: "danger",
  cancelled: "neutral",
  expired: "neutral",
} as const satisfies Record<string, AlertTone>;
type Outcome = keyof typeof tones;

/** What became of the payment from which the browser came back, and what to do now. */
export function PaymentNews({ payment, mayPay }: PaymentNewsProps) {
  const outcome = outcomeOf(payment.status);
  if (outcome !== "waiting") return <News outcome={outcome} payment={payment} mayPay={mayPay} />;
  return (
    <PaymentWatch paymentId={payment.id} unpaid={<News outcome="unpaid" payment={payment} mayPay={mayPay} />}>
      <News outcome="waiting" payment={payment} mayPay={mayPay} />
    </PaymentWatch>
  );
}

function News({ outcome, payment, mayPay }: PaymentNewsProps & { outcome: Outcome }) {
  const t = useTranslations("billing.news");
  return (
    <Alert tone={tones[outcome]} title={t(`${outcome}.title`)} live>
      <p>
        {t.rich(`${outcome}.text`, {
          plan: t(`plan.${tierCode(payment.tier)}`),
          amount: () => <Money minor={payment.amount} currency={currencyOf(payment.currency)} />,
        })}
      </p>
      {outcome === "succeeded" && payment.endedRenewal && <p className="mt-2">{t("endedRenewal")}</p>}
      {mayPay && <WaysOn outcome={outcome} payment={payment} />}
    </Alert>
  );
}

/** Nobody is left in front of a payment that came to nothing. */
function WaysOn({ outcome, payment }: { outcome: Outcome; payment: PaymentNewsProps["payment"] }) {
  const t = useTranslations("billing.news");
  if (outcome === "succeeded" || outcome === "waiting" || outcome === "review") return null;
  const isOpen = outcome === "unpaid" && payment.continueUrl !== null;
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {isOpen && (
        <ButtonLink size="sm" variant="primary" href={payment.continueUrl ?? ""}>
          {t("continue")}
        </ButtonLink>
      )}
      <ButtonLink
        size="sm"
        variant={isOpen ? "secondary" : "primary"}
        href={checkoutHref(payment.tier, payment.interval)}
      >
        {t(isOpen ? "otherWay" : "again")}
      </ButtonLink>
    </div>
  );
}

function outcomeOf(status: string): Outcome {
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
