import type { Metadata } from "next";
import { PaymentsApprovals } from "@/components/console/payments-approvals";
import { gatewayName } from "@/components/console/payments-parts";
import { PaymentsTable, PaymentsViewMenu } from "@/components/console/payments-table";
import { PaymentsTotals } from "@/components/console/payments-totals";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch } from "@/components/ui/empty-state";
import { ExportLinks } from "@/components/ui/export-links";
import { FilterSelect } from "@/components/ui/filter-select";
import { CreditCard } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { PeriodFilter } from "@/components/ui/period-filter";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView } from "@/components/ui/table-view";
import {
  countPayments,
  listApprovals,
  listPayments,
  paymentCurrencies,
  paymentFilter,
  paymentStatuses,
  totalPayments,
  worlds,
} from "@/lib/console";
import { getLocale, getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { formatDay } from "@/lib/time";
import { gateways } from "@/lib/wiring/gateways";
import { approveAction } from "./actions";

const PATH = "/admin/saas-management/payments";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consolePayments"))("title") };
}

export default async function PaymentsPage({ searchParams }: PageProps<"/admin/saas-management/payments">) {
  const staff = await requirePlatform();
  const parameters = await searchParams;
  const view = readTableView(PATH, parameters);
  const filter = paymentFilter.parse(parameters);
  const [rows, totals, waiting, t, c, locale] = await Promise.all([
    listPayments(staff, filter),
    totalPayments(staff, filter),
    listApprovals(staff),
    getTranslations("consolePayments"),
    getTranslations("common"),
    getLocale(),
  ]);
  const chips = [
    ...view.chip("q", c("actions.search"), filter.q),
    ...view.chip("status", t("state"), filter.status && c(`status.${filter.status}`)),
    ...view.chip("gateway", t("gateway"), filter.gateway && gatewayName(filter.gateway)),
    ...view.chip("currency", t("currency"), filter.currency),
    ...view.chip("world", t("world"), filter.world && t(`worlds.${filter.world}`)),
    ...view.chip("from", t("from"), filter.from && formatDay(filter.from, locale)),
    ...view.chip("to", t("to"), filter.to && formatDay(filter.to, locale)),
  ];

  return (
    <Page>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<ExportLinks href={`${PATH}/export${view.href({}).slice(PATH.length)}`} />}
      />
      <div className="flex flex-col gap-6">
        <PaymentsApprovals
          path={PATH}
          waiting={waiting}
          approve={staff.role === "super_admin" ? approveAction : null}
        />
        <PaymentsTotals totals={totals} />
        <Card flush>
          <TableToolbar actions={<PaymentsViewMenu />}>
            <SearchInput label={t("search")} />
            <PeriodFilter
              labels={{ from: t("from"), to: t("to") }}
              from={filter.from ?? ""}
              to={filter.to ?? ""}
            />
            <FilterSelect
              name="status"
              label={t("state")}
              options={paymentStatuses.map((value) => ({ value, label: c(`status.${value}`) }))}
            />
            <FilterSelect
              name="gateway"
              label={t("gateway")}
              options={gateways.list().map(({ id }) => ({ value: id, label: gatewayName(id) }))}
            />
            <FilterSelect
              name="currency"
              label={t("currency")}
              options={paymentCurrencies.map((value) => ({ value, label: value }))}
            />
            <FilterSelect
              name="world"
              label={t("world")}
              options={worlds.map((value) => ({ value, label: t(`worlds.${value}`) }))}
            />
          </TableToolbar>
          <FilterChips chips={chips} clearHref={view.bare} />
          {rows.length > 0 ? (
            <PaymentsTable rows={rows} view={view} path={PATH} />
          ) : chips.length > 0 ? (
            <NoMatch clearHref={view.bare} />
          ) : (
            <EmptyState icon={<CreditCard />} title={t("emptyTitle")} description={t("emptyDescription")} />
          )}
          <Pagination
            {...view.pages({
              page: filter.page,
              size: filter.size,
              rows: rows.length,
              total: countPayments(totals),
            })}
          />
        </Card>
      </div>
    </Page>
  );
}
