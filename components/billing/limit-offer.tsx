import { useTranslations } from "next-intl";
import { LimitOfferLink } from "./plans-link";

interface LimitOfferProps {
  /** Whose draft it is: the member's id. Left out in a dialog, which stays open behind the plans. */
  scope?: string;
  /** May see the plans. */
  mayUpgrade: boolean;
}

/** Inside a form that makes something which the plan limits: what to do when it is refused. */
export function LimitOffer({ scope, mayUpgrade }: LimitOfferProps) {
  const t = useTranslations("billing.limits");
  return (
    <LimitOfferLink scope={scope ?? null} label={t("plans")} otherwise={mayUpgrade ? null : t("askOwner")} />
  );
}
