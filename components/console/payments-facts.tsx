import { useTranslations } from "next-intl";
import { tierCode } from "@/components/billing/names";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount, GatewayName } from "./payments-parts";

interface PaymentsFactsProps {
  detail: {
    payment: {
      id: string;
      gateway: string;
      amount: number;
      currency: string;
      refunded_amount: number;
      tier_code: string;
      tier_version: number;
      billing_interval: "month" | "year";
      reason: string | null;
      payer_email: string;
      gateway_status: string | null;
      checked_at: string | null;
      expires_at: string;
      paid_at: string | null;
      created_at: string;
      auto_renewal_id: string | null;
    };
    openedBy: string | null;
    received: { amount: number; currency: string } | null;
    names: readonly { kind: string; value: string; refundId: string | null }[];
  };
}

/** What is known of a payment. */
export function PaymentsFacts({ detail: { payment, openedBy, received } }: PaymentsFactsProps) {
  const t = useTranslations("consolePayments");
  const plan = useTranslations("console.tiers");
  const moment = (value: string | null) => value && <Moment value={value} timeZone={CONSOLE_ZONE} />;
  return (
    <Card title={t("detail.facts")}>
      <DescriptionList
        items={[
          { label: t("amount"), value: <Amount minor={payment.amount} currency={payment.currency} /> },
          {
            label: t("refunded"),
            value: <Amount minor={payment.refunded_amount} currency={payment.currency} />,
          },
          ...(received
            ? [
                {
                  label: t("detail.received"),
                  value: <Amount minor={received.amount} currency={received.currency} />,
                },
              ]
            : []),
          { label: t("gateway"), value: <GatewayName id={payment.gateway} /> },
          { label: t("detail.gatewayStatus"), value: payment.gateway_status },
          {
            label: t("detail.plan"),
            value: t("detail.planValue", {
              tier: plan(tierCode(payment.tier_code)),
              version: payment.tier_version,
              interval: payment.billing_interval,
            }),
          },
          { label: t("detail.opened"), value: moment(payment.created_at) },
          {
            label: t("detail.openedBy"),
            value: openedBy ?? (payment.auto_renewal_id && t("detail.renewal")),
          },
          { label: t("detail.payer"), value: payment.payer_email },
          { label: t("detail.paid"), value: moment(payment.paid_at) },
          { label: t("detail.expires"), value: moment(payment.expires_at) },
          { label: t("detail.asked"), value: moment(payment.checked_at) },
          { label: t("detail.reason"), value: payment.reason },
          { label: t("detail.id"), value: <Copyable text={payment.id} />, wide: true },
        ]}
      />
    </Card>
  );
}

/** Every name under which the gateway can be asked. */
export function PaymentsNames({ detail: { names } }: PaymentsFactsProps) {
  const t = useTranslations("consolePayments.detail");
  return (
    <Card title={t("names")} description={t("namesHint")}>
      {names.length === 0 ? (
        <p className="text-ink-soft">{t("noNames")}</p>
      ) : (
        <DescriptionList
          columns={1}
          items={names.map(({ kind, value, refundId }) => ({
            label: refundId ? `${kind} · ${t("ofRefund")}` : kind,
            value: <Copyable text={value} />,
          }))}
        />
      )}
    </Card>
  );
}

function Copyable({ text }: { text: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 text-sm break-all">{text}</code>
      <CopyButton text={text} />
    </span>
  );
}
