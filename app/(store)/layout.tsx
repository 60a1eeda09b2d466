import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SubscriptionBanner } from "@/components/identity/subscription-banner";
import { type NavigationItem, navigationFor } from "@/components/shell/navigation";
import { StoreShell } from "@/components/shell/store-shell";
import { SIDEBAR_COOKIE, sidebarOf } from "@/components/shell/theme";
import { Store } from "@/components/ui/icons";
import { MenuItem } from "@/components/ui/menu";
import { ClientMessages, getLanguage, getTranslations, languageNames, setLocale } from "@/lib/i18n";
import { signOut } from "@/lib/identity";
import { movesTestMoney } from "@/lib/payments/test-mode";
import { type Member, requireMember } from "@/lib/security/member";
import { subscriptionNews } from "@/lib/subscriptions";
import { gateways } from "@/lib/wiring/gateways";
import { switchBranchAction } from "./actions";

/** The shop around every page of it. Suspended shops come this far for the sake of /billing; pages ask for more. */
export default async function StoreLayout({ children }: { children: ReactNode }) {
  const member = await requireMember(undefined, { suspended: "allowed" });
  const [t, language, jar] = await Promise.all([getTranslations("identity"), getLanguage(), cookies()]);
  const news = subscriptionNews(member);

  return (
    <ClientMessages>
      <StoreShell
        user={{ name: member.fullName, email: member.email, roleLabel: t(`roles.${member.role}`) }}
        scope={member.memberId}
        organizationName={member.organization.name}
        branches={member.branches}
        branch={member.branch}
        navigation={navigationOf(member)}
        sidebarState={sidebarOf(jar.get(SIDEBAR_COOKIE)?.value)}
        language={language}
        languages={languageNames}
        setLanguage={setLocale}
        switchBranch={switchBranchAction}
        signOut={signOut}
        profileHref="/profile"
        userMenu={
          member.organizationCount > 1 && (
            <MenuItem href="/organizations" icon={<Store aria-hidden className="size-4" />}>
              {t("switchOrganization")}
            </MenuItem>
          )
        }
        testMode={movesTestMoney(gateways)}
        banner={news && <SubscriptionBanner news={news} mayPay={member.can("billing.read")} />}
      >
        {children}
      </StoreShell>
    </ClientMessages>
  );
}

/** The pages that this member can enter; while the shop is suspended, the way to the debt alone. */
function navigationOf(member: Member): NavigationItem[] {
  const features = member.subscription?.features ?? [];
  const all = navigationFor({ can: (permission) => member.can(permission), features });
  return member.organization.status === "suspended" ? all.filter(({ key }) => key === "billing") : all;
}
