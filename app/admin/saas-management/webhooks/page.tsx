import type { Metadata } from "next";
import { gatewayName } from "@/components/console/payments-parts";
import { WebhooksInbox } from "@/components/console/webhooks-inbox";
import { WebhooksTable, WebhooksViewMenu } from "@/components/console/webhooks-table";
import { WebhooksTabs } from "@/components/console/webhooks-tabs";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch } from "@/components/ui/empty-state";
import { FilterSelect } from "@/components/ui/filter-select";
import { Webhook } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { PeriodFilter } from "@/components/ui/period-filter";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView } from "@/components/ui/table-view";
import { listInbox, listNotices, NOTICES_COUNTED, noticeFilter, noticeStatuses, proofs } from "@/lib/console";
import { getLocale, getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { formatDay } from "@/lib/time";
import { gateways } from "@/lib/wiring/gateways";
import { replayDeadAction } from "./actions";

const PATH = "/admin/saas-management/webhooks";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consolePayments"))("webhooks.title") };
}

export default async function WebhooksPage({ searchParams }: PageProps<"/admin/saas-management/webhooks">) {
  const staff = await requirePlatform();
  const parameters = await searchParams;
  const view = readTableView(PATH, parameters);
  const filter = noticeFilter.parse(parameters);
  const [{ rows, total }, inbox, t, c, locale] = await Promise.all([
    listNotices(staff, filter),
    listInbox(staff),
    getTranslations("consolePayments"),
    getTranslations("common"),
    getLocale(),
  ]);
  const chips = [
    ...view.chip("q", c("actions.search"), filter.q),
    ...view.chip("gateway", t("gateway"), filter.gateway && gatewayName(filter.gateway)),
    ...view.chip("status", t("state"), filter.status && t(`noticeStatus.${filter.status}`)),
    ...view.chip("proof", t("proof.label"), filter.proof && t(`proof.${filter.proof}`)),
    ...view.chip("from", t("from"), filter.from && formatDay(filter.from, locale)),
    ...view.chip("to", t("to"), filter.to && formatDay(filter.to, locale)),
  ];

  return (
    <Page>
      <PageHeader title={t("webhooks.title")} description={t("webhooks.description")} />
      <WebhooksTabs />
      <div className="flex flex-col gap-6">
        <WebhooksInbox rows={inbox} replay={staff.role === "super_admin" ? replayDeadAction : null} />
        <Card flush>
          <TableToolbar actions={<WebhooksViewMenu />}>
            <SearchInput label={t("webhooks.search")} />
            <PeriodFilter
              labels={{ from: t("from"), to: t("to") }}
              from={filter.from ?? ""}
              to={filter.to ?? ""}
            />
            <FilterSelect
              name="gateway"
              label={t("gateway")}
              options={gateways.list().map(({ id }) => ({ value: id, label: gatewayName(id) }))}
            />
            <FilterSelect
              name="status"
              label={t("state")}
              options={noticeStatuses.map((value) => ({ value, label: t(`noticeStatus.${value}`) }))}
            />
            <FilterSelect
              name="proof"
              label={t("proof.label")}
              options={proofs.map((value) => ({ value, label: t(`proof.${value}`) }))}
            />
          </TableToolbar>
          <FilterChips chips={chips} clearHref={view.bare} />
          {rows.length > 0 ? (
            <WebhooksTable rows={rows} view={view} path={PATH} />
          ) : chips.length > 0 ? (
            <NoMatch clearHref={view.bare} />
          ) : (
            <EmptyState
              icon={<Webhook />}
              title={t("webhooks.emptyTitle")}
              description={t("webhooks.emptyDescription")}
            />
          )}
          <Pagination
            {...view.pages({
              page: filter.page,
              size: filter.size,
              rows: rows.length,
              total,
              counted: NOTICES_COUNTED,
            })}
          />
        </Card>
      </div>
    </Page>
  );
}
