import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ConsoleShell } from "@/components/shell/console-shell";
import { navigationOfConsole } from "@/components/shell/navigation";
import { SIDEBAR_COOKIE, sidebarOf } from "@/components/shell/theme";
import { ClientMessages, getLanguage, getTranslations, languageNames, setLocale } from "@/lib/i18n";
import { signOut } from "@/lib/identity";
import { movesTestMoney } from "@/lib/payments/test-mode";
import { requirePlatform } from "@/lib/security/member";
import { gateways } from "@/lib/wiring/gateways";

export async function generateMetadata(): Promise<Metadata> {
  const [t, common] = await Promise.all([getTranslations("console"), getTranslations("common")]);
  return { title: { default: t("title"), template: `%s · ${t("title")} · ${common("appName")}` } };
}

/** The console around every page of it. The layout is no wall: each page, action and function checks for itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const staff = await requirePlatform();
  const [t, language, jar] = await Promise.all([getTranslations("console"), getLanguage(), cookies()]);
  return (
    <ClientMessages>
      <ConsoleShell
        user={{ name: staff.fullName, email: staff.email, roleLabel: t(`staff.${staff.role}`) }}
        scope={staff.userId}
        navigation={navigationOfConsole()}
        sidebarState={sidebarOf(jar.get(SIDEBAR_COOKIE)?.value)}
        language={language}
        languages={languageNames}
        setLanguage={setLocale}
        signOut={signOut}
        testMode={movesTestMoney(gateways)}
      >
        {children}
      </ConsoleShell>
    </ClientMessages>
  );
}
