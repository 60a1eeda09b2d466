import type { Metadata } from "next";
import { TiersTable } from "@/components/console/tiers-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Plus } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { listTiers, type TierVersion } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { termsOf } from "./terms";

const PATH = "/admin/saas-management";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consoleTiers"))("title") };
}

export default async function TiersPage() {
  const staff = await requirePlatform();
  const [tiers, t, names] = await Promise.all([
    listTiers(staff),
    getTranslations("consoleTiers"),
    getTranslations("console.tiers"),
  ]);
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="flex flex-col gap-6">
        {tiers.map(({ code, versions }) => (
          <Card
            key={code}
            flush
            title={names(code)}
            actions={
              staff.role === "super_admin" && (
                <ButtonLink
                  href={`${PATH}/tiers/${code}/new`}
                  size="sm"
                  icon={<Plus aria-hidden />}
                  aria-label={t("newVersionOf", { name: names(code) })}
                >
                  {t("newVersion")}
                </ButtonLink>
              )
            }
          >
            <TiersTable
              name={names(code)}
              versions={versions.map(shown)}
              shopsHref={(version) => `${PATH}/subscriptions?tier=${code}&version=${version}`}
            />
          </Card>
        ))}
      </div>
    </Page>
  );
}

function shown(row: TierVersion) {
  return {
    ...termsOf(row),
    availableFrom: row.available_from,
    retiredAt: row.retired_at,
    onSale: row.on_sale,
    shops: row.shops,
    paying: row.paying,
    monthlyValue: row.monthly_value,
  };
}
