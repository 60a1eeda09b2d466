import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

const PATH = "/admin/saas-management/webhooks";

/** The two pages about what gateways tell us. */
export function WebhooksTabs() {
  const t = useTranslations("consolePayments.webhooks");
  return (
    <Tabs
      label={t("tabs")}
      className="mb-6"
      tabs={[
        { href: PATH, label: t("log") },
        { href: `${PATH}/reconciliation`, label: t("reconciliation") },
      ]}
    />
  );
}
