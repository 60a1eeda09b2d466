import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { getTranslations } from "@/lib/i18n";
import { requireMember } from "@/lib/security/member";
import { settingsFor } from "./sections";

export async function generateMetadata(): Promise<Metadata> {
  const [t, common] = await Promise.all([getTranslations("settings"), getTranslations("common")]);
  return { title: { default: t("title"), template: `%s · ${t("title")} · ${common("appName")}` } };
}

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const member = await requireMember();
  const t = await getTranslations("settings");
  const tabs = settingsFor(member).map(({ key, href }) => ({
    href,
    label: t(`tabs.${key}`),
    deep: href !== "/settings",
  }));
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <Tabs label={t("tabs.label")} tabs={tabs} className="mb-6" />
      {member.organization.readOnly && (
        <Alert tone="warning" className="mb-6">
          {t("readOnly")}
        </Alert>
      )}
      {children}
    </Page>
  );
}
