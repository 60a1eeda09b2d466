import type { Metadata } from "next";
import { CouponsTable, CouponsViewMenu } from "@/components/console/coupons-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch } from "@/components/ui/empty-state";
import { FilterSelect } from "@/components/ui/filter-select";
import { Plus, TicketPercent } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView } from "@/components/ui/table-view";
import { couponFilter, couponStates, listCoupons } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";

const PATH = "/admin/saas-management/coupons";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consoleCoupons"))("title") };
}

export default async function CouponsPage({ searchParams }: PageProps<"/admin/saas-management/coupons">) {
  const staff = await requirePlatform();
  const parameters = await searchParams;
  const view = readTableView(PATH, parameters);
  const filter = couponFilter.parse(parameters);
  const [{ rows, total }, t, c] = await Promise.all([
    listCoupons(staff, filter),
    getTranslations("consoleCoupons"),
    getTranslations("common"),
  ]);
  const chips = [
    ...view.chip("q", c("actions.search"), filter.q),
    ...view.chip("state", t("state"), filter.state && t(`states.${filter.state}`)),
  ];
  const create = staff.role === "super_admin" && (
    <ButtonLink variant="primary" href={`${PATH}/new`} icon={<Plus aria-hidden className="size-4" />}>
      {t("create")}
    </ButtonLink>
  );

  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} actions={create} />
      <Card flush>
        <TableToolbar actions={<CouponsViewMenu />}>
          <SearchInput label={t("search")} />
          <FilterSelect
            name="state"
            label={t("state")}
            options={couponStates.map((value) => ({ value, label: t(`states.${value}`) }))}
          />
        </TableToolbar>
        <FilterChips chips={chips} clearHref={view.bare} />
        {rows.length > 0 ? (
          <CouponsTable rows={rows} view={view} path={PATH} />
        ) : chips.length > 0 ? (
          <NoMatch clearHref={view.bare} />
        ) : (
          <EmptyState
            icon={<TicketPercent />}
            title={t("emptyTitle")}
            description={t("emptyDescription")}
            actions={create}
          />
        )}
        <Pagination {...view.pages({ page: filter.page, size: filter.size, rows: rows.length, total })} />
      </Card>
    </Page>
  );
}
