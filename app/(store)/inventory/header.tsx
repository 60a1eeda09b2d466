import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { ArrowLeftRight, PackagePlus, Scale } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { getTranslations } from "@/lib/i18n";
import type { Member } from "@/lib/security/member";

/** The head of the inventory's lists: where one is, and what one may do. */
export async function InventoryHeader({ member, extra }: { member: Member; extra?: ReactNode }) {
  const t = await getTranslations("inventory");
  const branch = member.branch?.name ?? "";
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description", { branch })}
        actions={
          <>
            {extra}
            {member.can("inventory.adjust") && (
              <ButtonLink href="/inventory/adjust" icon={<Scale aria-hidden />}>
                {t("actions.adjust")}
              </ButtonLink>
            )}
            {member.can("inventory.transfer") && member.branches.length > 1 && (
              <ButtonLink href="/inventory/transfer" icon={<ArrowLeftRight aria-hidden />}>
                {t("actions.transfer")}
              </ButtonLink>
            )}
            {member.can("inventory.receive") && (
              <ButtonLink href="/inventory/receive" variant="primary" icon={<PackagePlus aria-hidden />}>
                {t("actions.receive")}
              </ButtonLink>
            )}
          </>
        }
      />
      <Tabs
        label={t("tabs.label")}
        tabs={[
          { href: "/inventory", label: t("tabs.stock") },
          { href: "/inventory/documents", label: t("tabs.documents") },
        ]}
        className="mb-6"
      />
    </>
  );
}
