import type { Metadata } from "next";
import { OrganizationsTable, OrganizationsViewMenu } from "@/components/console/organizations-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch } from "@/components/ui/empty-state";
import { ExportLinks } from "@/components/ui/export-links";
import { FilterSelect } from "@/components/ui/filter-select";
import { Plus, Store } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView } from "@/components/ui/table-view";
import { listOrganizations, subscriptionStates, tierCodes } from "@/lib/console";
import { organizationFilter } from "@/lib/console/schema";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";

const PATH = "/admin/saas-management/organizations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("console"))("organizations.title") };
}

export default async function OrganizationsPage({
  searchParams,
}: PageProps<"/admin/saas-management/organizations">) {
  const staff = await requirePlatform();
  const parameters = await searchParams;
  const view = readTableView(PATH, parameters);
  const filter = organizationFilter.parse(parameters);
  const [{ rows, total }, t, c] = await Promise.all([
    listOrganizations(staff, filter),
    getTranslations("console"),
    getTranslations("common"),
  ]);
  const chips = [
    ...view.chip("q", c("actions.search"), filter.q),
    ...view.chip("status", t("state"), filter.status && c(`status.${filter.status}`)),
    ...view.chip("tier", t("tier"), filter.tier && t(`tiers.${filter.tier}`)),
  ];

  return (
    <Page>
      <PageHeader
        title={t("organizations.title")}
        description={t("organizations.description")}
        actions={
          <>
            <ExportLinks href={`${PATH}/export${view.href({}).slice(PATH.length)}`} />
            {staff.role === "super_admin" && (
              <ButtonLink
                variant="primary"
                href={`${PATH}/new`}
                icon={<Plus aria-hidden className="size-4" />}
              >
                {t("organizations.create")}
              </ButtonLink>
            )}
          </>
        }
      />
      <Card flush>
        <TableToolbar actions={<OrganizationsViewMenu />}>
          <SearchInput label={t("organizations.search")} />
          <FilterSelect
            name="status"
            label={t("state")}
            options={subscriptionStates.map((status) => ({ value: status, label: c(`status.${status}`) }))}
          />
          <FilterSelect
            name="tier"
            label={t("tier")}
            options={tierCodes.map((tier) => ({
              value: tier,
              label: t(`tiers.${tier}`),
            }))}
          />
          <FilterSelect
            name="sort"
            label={t("sort.label")}
            anyLabel={t("sort.newest")}
            options={(["oldest", "name", "mrr"] as const).map((sort) => ({
              value: sort,
              label: t(`sort.${sort}`),
            }))}
          />
        </TableToolbar>
        <FilterChips chips={chips} clearHref={view.bare} />
        {rows.length > 0 ? (
          <OrganizationsTable rows={rows} view={view} path={PATH} />
        ) : chips.length > 0 ? (
          <NoMatch clearHref={view.bare} />
        ) : (
          <EmptyState
            icon={<Store />}
            title={t("organizations.emptyTitle")}
            description={t("organizations.emptyDescription")}
          />
        )}
        <Pagination {...view.pages({ page: filter.page, size: filter.size, rows: rows.length, total })} />
      </Card>
    </Page>
  );
}
