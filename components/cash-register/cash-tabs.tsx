import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

/** One's own drawer, and every drawer that may be looked at. */
export function CashTabs() {
  const t = useTranslations("cashRegister.tabs");
  return (
    <Tabs
      label={t("label")}
      tabs={[
        { href: "/cash-register", label: t("mine") },
        { href: "/cash-register/sessions", label: t("sessions"), deep: true },
      ]}
      className="mb-6"
    />
  );
}
