import type { Metadata } from "next";
import { NearLimit } from "@/components/billing/near-limit";
import { CustomerTable, CustomerViewMenu } from "@/components/customers/customer-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch, NoPermission } from "@/components/ui/empty-state";
import { ExportLinks } from "@/components/ui/export-links";
import { FilterSelect } from "@/components/ui/filter-select";
import { UserPlus, Users } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView, type TableView } from "@/components/ui/table-view";
import { formatRut } from "@/lib/chile";
import { formatPhone } from "@/lib/chile/phone";
import { type CustomerQuery, type CustomerRow, customerQuery, listCustomers } from "@/lib/customers";
import { getTranslations } from "@/lib/i18n";
import { type Member, requireMember } from "@/lib/security/member";
import { type OpenView, openView, SavedViews } from "../saved-views";
import { archiveCustomersAction, customerIdsAction, restoreCustomersAction } from "./actions";
import { exportHref } from "./export-href";

const PATH = "/customers";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("title") };
}

export default async function CustomersPage({ searchParams }: PageProps<"/customers">) {
  const member = await requireMember();
  const t = await getTranslations("customers");
  const header = { title: t("title"), description: t("description") };
  if (!member.can("customers.read")) {
    return (
      <Page>
        <PageHeader {...header} />
        <Card>
          <NoPermission />
        </Card>
      </Page>
    );
  }
  const parameters = await searchParams;
  const open = await openView(member, "customers", PATH, parameters);
  const view = readTableView(PATH, parameters, { column: "name", direction: "asc" });
  const query = queryOf(view);
  const page = await listCustomers(member, query);
  const mayWrite = member.can("customers.write");
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const bulk = mayWrite
    ? {
        total: page.total,
        query: view.query,
        state: query.state,
        everyId: customerIdsAction,
        archive: archiveCustomersAction,
        restore: restoreCustomersAction,
      }
    : undefined;
  const filtered = query.search !== "" || query.state !== "active";
  const create = mayWrite && (
    <ButtonLink href="/customers/new" variant="primary" icon={<UserPlus aria-hidden />}>
      {t("new")}
    </ButtonLink>
  );
  return (
    <Page>
      <PageHeader
        {...header}
        actions={
          <>
            {member.can("customers.export") && page.total > 0 && <ExportLinks href={exportHref(query)} />}
            {create}
          </>
        }
      />
      {mayWrite && (
        <NearLimit metric="customers" usage={page.usage} mayUpgrade={member.can("billing.read")} />
      )}
      <Card flush>
        {(filtered || page.total > 0 || page.usage.used > 0) && (
          <Filters view={view} query={query} member={member} timeZone={timeZone} open={open} />
        )}
        {page.rows.length > 0 && (
          <CustomerTable bulk={bulk} rows={page.rows.map(forPeople)} view={view} timeZone={timeZone} />
        )}
        {page.rows.length === 0 && filtered && <NoMatch clearHref={view.bare} />}
        {page.rows.length === 0 && !filtered && (
          <EmptyState
            icon={<Users aria-hidden />}
            title={t("empty.title")}
            description={t("empty.description")}
            actions={create}
          />
        )}
        {page.rows.length > 0 && <Pagination total={page.total} {...view.steps(page)} />}
      </Card>
    </Page>
  );
}

async function Filters({
  view,
  query,
  member,
  timeZone,
  open,
}: {
  view: TableView;
  query: CustomerQuery;
  member: Member;
  timeZone: string;
  open: OpenView | null;
}) {
  const t = await getTranslations("customers");
  const chips = [
    ...view.chip("q", t("filters.search"), query.search),
    ...view.chip("state", t("filters.state"), query.state !== "active" && t(`filters.${query.state}`)),
  ];
  return (
    <>
      <TableToolbar
        actions={
          <>
            <SavedViews member={member} list="customers" path={PATH} open={open} />
            <CustomerViewMenu timeZone={timeZone} />
          </>
        }
      >
        <SearchInput label={t("search")} placeholder={t("searchPlaceholder")} />
        <FilterSelect
          name="state"
          label={t("filters.state")}
          anyLabel={t("filters.active")}
          options={(["archived", "all"] as const).map((value) => ({ value, label: t(`filters.${value}`) }))}
        />
      </TableToolbar>
      <FilterChips chips={chips} clearHref={view.bare} />
    </>
  );
}

function queryOf(view: TableView): CustomerQuery {
  return customerQuery.parse({
    search: view.param("q"),
    state: view.param("state"),
    column: view.sort?.column,
    direction: view.sort?.direction,
    ...view.place,
  });
}

function forPeople({ rut, documentNumber, phone, ...row }: CustomerRow) {
  return {
    ...row,
    documentNumber,
    document: rut ? formatRut(rut) : documentNumber,
    phone: phone && formatPhone(phone),
  };
}
