import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { FormAction } from "@/components/ui/form-outcome";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { collecting } from "@/lib/subscriptions/schema";
import { checkoutHref, currencyOf } from "./names";
import { gatewayCode } from "./offers";

interface RenewalCardProps {
  renewal: {
    id: string;
    gateway: string;
    status: string;
    amount: number;
    currency: string;
    methodLabel: string | null;
    nextChargeAt: Date | null;
    isEnding: boolean;
  } | null;
  subscription: { tier: string; interval: string; status: string } | null;
  timeZone: string;
  mayPay: boolean;
  /** Some gateway of this installation collects by itself. */
  canRenew: boolean;
  action: FormAction<unknown>;
}

/** Who collects each period, by which card and when; how to begin and to end that. */
export function RenewalCard({ renewal, subscription, timeZone, mayPay, canRenew, action }: RenewalCardProps) {
  const t = useTranslations("billing");
  if (!renewal || !collecting.includes(renewal.status)) {
    if (!subscription || !canRenew) return null;
    return (
      <Card
        title={t("method")}
        actions={
          mayPay && (
            <ButtonLink size="sm" href={checkoutHref(subscription.tier, subscription.interval)}>
              {t("methodSet")}
            </ButtonLink>
          )
        }
      >
        <p className="text-ink-soft">{t("methodNone")}</p>
      </Card>
    );
  }
  const gateway = t(`gateways.${gatewayCode(renewal.gateway)}`);
  return (
    <Card
      title={t("method")}
      actions={
        mayPay &&
        !renewal.isEnding && (
          <ConfirmButton
            size="sm"
            variant="quietDanger"
            label={t("stopRenewal")}
            title={t("stopRenewal")}
            description={t("stopRenewalText", { gateway })}
            confirmLabel={t("stopRenewal")}
            action={action}
            values={{ id: renewal.id }}
            successMessage={t("stopRenewalDone")}
          />
        )
      }
    >
      {renewal.status === "review" && !renewal.isEnding && (
        <Alert tone="warning" className="mb-4">
          {t("renewalReview", { gateway })}
        </Alert>
      )}
      <DescriptionList
        columns={3}
        items={[
          { label: t("gateway"), value: gateway },
          {
            label: t("state"),
            value: renewal.isEnding ? t("stopping", { gateway }) : <StatusBadge status={renewal.status} />,
          },
          { label: t("card"), value: renewal.methodLabel },
          {
            label: t("each"),
            value: <Money minor={renewal.amount} currency={currencyOf(renewal.currency)} />,
          },
          {
            label: t("nextCharge"),
            value: renewal.nextChargeAt && (
              <Moment value={renewal.nextChargeAt} timeZone={timeZone} as="day" />
            ),
          },
        ]}
      />
    </Card>
  );
}
