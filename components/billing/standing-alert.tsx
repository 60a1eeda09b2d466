import { useTranslations } from "next-intl";
import { ActButton } from "@/components/ui/act-button";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-outcome";
import { Moment } from "@/components/ui/moment";
import { ConfirmPlan } from "./confirm-plan";
import { checkoutHref, tierCode } from "./names";

interface StandingAlertProps {
  subscription: {
    status: string;
    tier: string;
    interval: string;
    trialEndsAt: Date | null;
    currentPeriodEnd: Date | null;
    cancelAtPeriodEnd: boolean;
    endedByStaff: boolean;
    suspendsAt: Date | null;
    next: { tier: string; interval: string } | null;
  } | null;
  /** Paid time that is left although the subscription ended. */
  paidTimeLeft: { tier: string; until: Date } | null;
  suspended: boolean;
  timeZone: string;
  mayPay: boolean;
  actions: { resume: FormAction<unknown>; plan: FormAction<unknown> };
}

/** What stands before the shop – a debt, an end, a smaller plan – and the way out of it. */
export function StandingAlert({
  subscription,
  paidTimeLeft,
  suspended,
  timeZone,
  mayPay,
  actions,
}: StandingAlertProps) {
  const t = useTranslations("billing");
  const shown = (value: Date | null) => value && <Moment value={value} timeZone={timeZone} as="day" />;
  if (suspended)
    return (
      <Alert tone="warning" title={t("suspendedTitle")}>
        {t("suspendedHint")}
      </Alert>
    );
  if (!subscription || ["expired", "pending_payment", "suspended"].includes(subscription.status))
    return (
      <Alert tone="warning" title={t("unpaidTitle")}>
        {t("unpaidHint")}
        {paidTimeLeft && (
          <p className="mt-2">
            {t.rich("paidTimeLeft", {
              plan: t(`tiers.${tierCode(paidTimeLeft.tier)}`),
              day: () => shown(paidTimeLeft.until),
            })}
          </p>
        )}
      </Alert>
    );
  const { status, tier, interval, next } = subscription;
  const ends = status === "trialing" ? subscription.trialEndsAt : subscription.currentPeriodEnd;
  const pay = mayPay && (
    <ButtonLink variant="primary" size="sm" href={checkoutHref(tier, interval)}>
      {t("payNow")}
    </ButtonLink>
  );
  if (status === "past_due" || status === "grace") {
    const isGrace = status === "grace";
    return (
      <Alert
        tone={isGrace ? "danger" : "warning"}
        title={
          isGrace ? t.rich("graceTitle", { day: () => shown(subscription.suspendsAt) }) : t("pastDueTitle")
        }
      >
        <p className="mb-3">
          {isGrace ? t("graceText") : t.rich("pastDueText", { day: () => shown(subscription.suspendsAt) })}
        </p>
        {pay}
      </Alert>
    );
  }
  if (subscription.cancelAtPeriodEnd) {
    const { endedByStaff } = subscription;
    return (
      <Alert tone="warning" title={t.rich("cancelPlannedTitle", { day: () => shown(ends) })}>
        <p className="mb-3">{t(endedByStaff ? "endedByStaffText" : "cancelPlannedText")}</p>
        {endedByStaff && pay}
        {mayPay && !endedByStaff && (
          <ActButton
            size="sm"
            variant="primary"
            act={{ action: actions.resume, id: "resume", done: t("resumed") }}
          >
            {t("resume")}
          </ActButton>
        )}
      </Alert>
    );
  }
  if (!next) return null;
  return (
    <Alert
      tone="info"
      title={t("planNext", { plan: t(`tiers.${tierCode(next.tier)}`), interval: next.interval })}
    >
      <p className="mb-3">
        {t("next")}: {shown(ends)}
      </p>
      {mayPay && (
        <ConfirmPlan
          action={actions.plan}
          tier={tier}
          interval={interval}
          acceptsExcess
          label={t("dropNext")}
          done={t("dropped")}
          variant="secondary"
        />
      )}
    </Alert>
  );
}
