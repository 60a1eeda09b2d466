import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EntryFrame } from "@/components/identity/entry-frame";
import { OrganizationList } from "@/components/identity/organization-list";
import { getTranslations } from "@/lib/i18n";
import { destinationOf, listOrganizations, standingOf } from "@/lib/identity";
import { safePath } from "@/lib/security/safe-path";
import { findCaller } from "@/lib/security/session";
import { chooseOrganizationAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity.organizations"))("title") };
}

export default async function OrganizationsPage({ searchParams }: PageProps<"/organizations">) {
  const { next } = await searchParams;
  const goingTo = safePath(typeof next === "string" ? next : null, "");
  const caller = await findCaller();
  const standing = caller && (await standingOf(caller));
  if (!standing) redirect("/login?next=/organizations");
  if (standing.twoFactor && !standing.steppedUp) redirect(destinationOf(standing, "/organizations"));

  const organizations = await listOrganizations(caller);
  if (organizations.length === 0) redirect("/no-access");
  const t = await getTranslations("identity.organizations");
  return (
    <EntryFrame title={t("title")} description={t("description")}>
      <OrganizationList
        organizations={organizations}
        action={chooseOrganizationAction}
        next={goingTo || undefined}
      />
    </EntryFrame>
  );
}
