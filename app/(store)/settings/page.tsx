import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { LogoForm } from "@/components/settings/logo-form";
import { ShopForm } from "@/components/settings/shop-form";
import { formatPhone } from "@/lib/chile/phone";
import { getTranslations } from "@/lib/i18n";
import { getOrganization } from "@/lib/organizations";
import { requireMember } from "@/lib/security/member";
import { changeLogoAction, removeLogoAction, updateOrganizationAction } from "./actions";
import { settingsFor } from "./sections";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("tabs.shop")} · ${t("title")}` };
}

export default async function ShopPage() {
  const member = await requireMember();
  const [first] = settingsFor(member);
  if (!first) notFound();
  if (first.key !== "shop") redirect(first.href);
  const organization = await getOrganization(member);
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[2fr_1fr]">
      <ShopForm
        organization={organization}
        phone={organization.phone ? formatPhone(organization.phone) : ""}
        action={updateOrganizationAction}
      />
      <LogoForm organization={organization} change={changeLogoAction} remove={removeLogoAction} />
    </div>
  );
}
