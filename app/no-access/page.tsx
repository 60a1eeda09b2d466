import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ActionButton } from "@/components/identity/action-button";
import { EntryFrame } from "@/components/identity/entry-frame";
import { ButtonLink } from "@/components/ui/button";
import { getTranslations } from "@/lib/i18n";
import { destinationOf, signOut, standingOf } from "@/lib/identity";
import { findMember } from "@/lib/security/member";
import { findCaller } from "@/lib/security/session";

export async function generateMetadata(): Promise<Metadata> {
  const [suspended, t] = await Promise.all([suspendedShop(), getTranslations("identity.noAccess")]);
  return { title: suspended ? t("suspendedTitle", { shop: suspended }) : t("title") };
}

/** Where a signed-in person ends up whose shop is closed to them, with every way on. */
export default async function NoAccessPage() {
  const caller = await findCaller();
  const standing = caller && (await standingOf(caller));
  if (!standing) redirect("/login");
  const suspended = await suspendedShop();
  const destination = destinationOf(standing, null);
  if (!suspended && destination !== "/no-access") redirect(destination);

  const t = await getTranslations("identity");
  const title = suspended ? t("noAccess.suspendedTitle", { shop: suspended }) : t("noAccess.title");
  const text = suspended ? t("noAccess.suspended") : t("noAccess.description", { email: caller.email });
  return (
    <EntryFrame title={title} description={text}>
      <div className="flex flex-col gap-3">
        {!suspended && <p className="mb-3 text-ink-soft">{t("noAccess.removed")}</p>}
        {standing.organizations > 1 && (
          <ButtonLink href="/organizations" size="lg" block>
            {t("noAccess.switch")}
          </ButtonLink>
        )}
        {!suspended && (
          <ButtonLink href="/signup" size="lg" block>
            {t("noAccess.create")}
          </ButtonLink>
        )}
        <ActionButton variant="ghost" size="lg" block action={signOut}>
          {t("signOut")}
        </ActionButton>
      </div>
    </EntryFrame>
  );
}

/** The name of the shop in which the person works, where it is suspended. */
async function suspendedShop(): Promise<string | null> {
  const member = await findMember();
  return member?.organization.status === "suspended" ? member.organization.name : null;
}
