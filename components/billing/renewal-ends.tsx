import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { gatewayCode } from "./offers";

/** What is about to be bought ends the automatic payment: it collects another plan. */
export function RenewalEnds({ gateway }: { gateway: string }) {
  const t = useTranslations("checkout");
  return (
    <Alert tone="warning" title={t("renewalEnds")}>
      {t("renewalEndsText", { gateway: t(`gateways.${gatewayCode(gateway)}.name`) })}
    </Alert>
  );
}
