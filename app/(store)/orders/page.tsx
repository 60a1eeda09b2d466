import type { Metadata } from "next";
import { OrderTable, OrderViewMenu } from "@/components/orders/order-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch, NoPermission } from "@/components/ui/empty-state";
import { ExportLinks } from "@/components/ui/export-links";
import { FilterSelect } from "@/components/ui/filter-select";
import { History, Receipt, ScanBarcode } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { PeriodFilter } from "@/components/ui/period-filter";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView, type TableView } from "@/components/ui/table-view";
import { getLocale, getTranslations } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { listOrders, maySell, type OrderPage, orderStatuses } from "@/lib/sales";
import { type Member, requireMember } from "@/lib/security/member";
import { formatDay } from "@/lib/time";
import { type OpenView, openView, SavedViews } from "../saved-views";
import { exportHref, isFiltered, isUsual, type OrderView, queryOf, USUAL_DAYS } from "./query";

const PATH = "/orders";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders"))("title") };
}

export default async function OrdersPage({ searchParams }: PageProps<"/orders">) {
  const member = await requireMember();
  const t = await getTranslations("orders");
  const header = { title: t("title"), description: t("description") };
  if (!member.can("orders.read")) {
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
  const open = await openView(member, "orders", PATH, parameters);
  const view = readTableView(PATH, parameters);
  const query = queryOf(view, member);
  const page = await listOrders(member, query);
  return (
    <Page>
      <PageHeader
        {...header}
        actions={
          <>
            {member.can("orders.export") && page.count > 0 && <ExportLinks href={exportHref(query)} />}
            {maySell(member) && <NewSale label={t("newSale")} />}
          </>
        }
      />
      <Card flush>
        <Filters view={view} query={query} member={member} open={open} />
        {page.rows.length > 0 ? (
          <Rows page={page} view={view} severalBranches={member.branches.length > 1} />
        ) : (
          <Nothing view={view} query={query} member={member} />
        )}
      </Card>
    </Page>
  );
}

/** No rows: what was asked for is not there, the usual days went by without a sale, or nothing was ever sold. */
async function Nothing({ view, query, member }: { view: TableView; query: OrderView; member: Member }) {
  const t = await getTranslations("orders");
  if (!isUsual(view))
    return isFiltered(view) ? <NoMatch clearHref={view.bare} /> : <NoSales member={member} />;
  const { count } = await listOrders(member, { ...query, from: null });
  if (count === 0) return isFiltered(view) ? <NoMatch clearHref={view.bare} /> : <NoSales member={member} />;
  return (
    <EmptyState
      icon={<History aria-hidden />}
      title={t("olderTitle", { days: USUAL_DAYS })}
      description={t("older", { count })}
      actions={<ButtonLink href={view.href({ from: "all" })}>{t("showOlder")}</ButtonLink>}
    />
  );
}

async function NoSales({ member }: { member: Member }) {
  const t = await getTranslations("orders");
  return (
    <EmptyState
      icon={<Receipt aria-hidden />}
      title={t("empty.title")}
      description={t("empty.description")}
      actions={maySell(member) && <NewSale label={t("newSale")} />}
    />
  );
}

function NewSale({ label }: { label: string }) {
  return (
    <ButtonLink href="/pos" variant="primary" icon={<ScanBarcode aria-hidden />}>
      {label}
    </ButtonLink>
  );
}

async function Rows({
  page,
  view,
  severalBranches,
}: {
  page: OrderPage;
  view: TableView;
  severalBranches: boolean;
}) {
  const [t, locale] = await Promise.all([getTranslations("orders"), getLocale()]);
  return (
    <>
      <p className="px-5 pb-3 text-sm text-ink-soft tabular">
        {t("sum", { count: page.count, total: formatMoney(page.total, "CLP", locale) })}
      </p>
      <OrderTable rows={page.rows} view={view} severalBranches={severalBranches} />
      <Pagination {...view.steps(page)} />
    </>
  );
}

async function Filters({
  view,
  query,
  member,
  open,
}: {
  view: TableView;
  query: OrderView;
  member: Member;
  open: OpenView | null;
}) {
  const [t, status, locale] = await Promise.all([
    getTranslations("orders"),
    getTranslations("common.status"),
    getLocale(),
  ]);
  const severalBranches = member.branches.length > 1;
  const branch = member.branches.find(({ id }) => id === query.branchId);
  const day = (date: string | null) => (date ? formatDay(date, locale) : "…");
  const allDays = query.from === null && query.to === null;
  const chips = [
    ...view.chip("q", t("searchChip"), query.search),
    ...(view.param("from") || view.param("to")
      ? [
          {
            label: t("period"),
            value: allDays ? t("allDays") : t("periodValue", { from: day(query.from), to: day(query.to) }),
            href: view.href({ from: allDays ? null : "all", to: null }),
          },
        ]
      : []),
    ...view.chip("status", t("statusFilter"), query.status && status(query.status)),
    ...view.chip("branch", t("branchFilter"), branch?.name),
  ];
  return (
    <>
      <TableToolbar
        actions={
          <>
            <SavedViews member={member} list="orders" path={PATH} open={open} />
            <OrderViewMenu severalBranches={severalBranches} />
          </>
        }
      >
        <SearchInput label={t("search")} />
        <PeriodFilter
          labels={{ from: t("from"), to: t("to") }}
          from={query.from ?? ""}
          to={query.to ?? ""}
          allDays="all"
        />
        <FilterSelect
          name="status"
          label={t("statusFilter")}
          options={orderStatuses.map((value) => ({ value, label: status(value) }))}
        />
        {severalBranches && (
          <FilterSelect
            name="branch"
            label={t("branchFilter")}
            options={member.branches.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </TableToolbar>
      <FilterChips chips={chips} clearHref={view.bare} />
    </>
  );
}
