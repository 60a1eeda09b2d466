import type { Metadata } from "next";
import { cookies } from "next/headers";
import { PreferencesCard } from "@/components/identity/preferences-card";
import { AboutCard, ApprovalCard, PasswordCard, SessionsCard } from "@/components/identity/profile-cards";
import { TwoFactorCard } from "@/components/identity/two-factor-card";
import { THEME_COOKIE, themeOf } from "@/components/shell/theme";
import { Page, PageHeader } from "@/components/ui/page-header";
import { getLanguage, getTranslations } from "@/lib/i18n";
import { twoFactorOf } from "@/lib/identity";
import { requireMember } from "@/lib/security/member";
import {
  beginTwoFactorAction,
  changeNameAction,
  changePasswordAction,
  removeTwoFactorAction,
  replaceRecoveryCodesAction,
  setApprovalCodeAction,
  signOutEverywhereAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") };
}

export default async function ProfilePage() {
  const member = await requireMember(undefined, { suspended: "allowed" });
  const [factor, t, language, jar] = await Promise.all([
    twoFactorOf(member),
    getTranslations("profile"),
    getLanguage(),
    cookies(),
  ]);
  return (
    <Page width="narrow">
      <PageHeader title={t("title")} description={t("description", { shop: member.organization.name })} />
      <div className="flex flex-col gap-6">
        <AboutCard action={changeNameAction} name={member.fullName} email={member.email} role={member.role} />
        <PreferencesCard language={language} theme={themeOf(jar.get(THEME_COOKIE)?.value)} />
        <PasswordCard action={changePasswordAction} email={member.email} />
        <TwoFactorCard
          factor={factor}
          email={member.email}
          begin={beginTwoFactorAction}
          remove={removeTwoFactorAction}
          replaceCodes={replaceRecoveryCodesAction}
        />
        {member.can("discounts.approve") && (
          <ApprovalCard action={setApprovalCodeAction} hasCode={member.hasPin} />
        )}
        <SessionsCard action={signOutEverywhereAction} />
      </div>
    </Page>
  );
}
