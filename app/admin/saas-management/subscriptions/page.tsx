import type { Metadata } from "next";
import { SubscriptionsFilters } from "@/components/console/subscriptions-filters";
import { SubscriptionsTable } from "@/components/console/subscriptions-table";
import { SubscriptionsTotals } from "@/components/console/subscriptions-totals";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch } from "@/components/ui/empty-state";
import { ExportLinks } from "@/components/ui/export-links";
import { CalendarSync } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { FilterChips, Pagination } from "@/components/ui/table-tools";
import { readTableView, type TableView } from "@/components/ui/table-view";
import {
  billingIntervals,
  dueWithin,
  listSubscriptions,
  subscriptionFilter,
  subscriptionSorts,
  subscriptionStates,
  tierCodes,
  totalSubscriptions,
} from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";

const PATH = "/admin/saas-management/subscriptions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consoleSubscriptions"))("title") };
}

export default async function SubscriptionsPage({
  searchParams,
}: PageProps<"/admin/saas-management/subscriptions">) {
  const staff = await requirePlatform();
  const parameters = await searchParams;
  const view = readTableView(PATH, parameters);
  const filter = subscriptionFilter.parse(parameters);
  const [rows, totals, chips, t] = await Promise.all([
    listSubscriptions(staff, filter),
    totalSubscriptions(staff, filter),
    chipsOf(view, filter),
    getTranslations("consoleSubscriptions"),
  ]);

  return (
    <Page>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<ExportLinks href={`${PATH}/export${view.href({}).slice(PATH.length)}`} />}
      />
      <div className="flex flex-col gap-6">
        <SubscriptionsTotals totals={totals} />
        <Card flush>
          <SubscriptionsFilters
            states={subscriptionStates}
            tiers={tierCodes}
            versions={totals.versions}
            intervals={billingIntervals}
            dueWithin={dueWithin}
            sorts={subscriptionSorts}
          />
          <FilterChips chips={chips} clearHref={view.bare} />
          {rows.length > 0 ? (
            <SubscriptionsTable rows={rows} view={view} path={PATH} />
          ) : totals.subscriptions > 0 ? (
            <EmptyState
              icon={<CalendarSync />}
              title={t("beyondTitle")}
              description={t("beyondDescription")}
              actions={<ButtonLink href={view.href({})}>{t("firstPage")}</ButtonLink>}
            />
          ) : chips.length > 0 ? (
            <NoMatch clearHref={view.bare} />
          ) : (
            <EmptyState icon={<CalendarSync />} title={t("emptyTitle")} description={t("emptyDescription")} />
          )}
          {rows.length > 0 && (
            <Pagination
              {...view.pages({
                page: filter.page,
                size: filter.size,
                rows: rows.length,
                total: totals.subscriptions,
              })}
            />
          )}
        </Card>
      </div>
    </Page>
  );
}

/** The filters in force, in words. */
async function chipsOf(view: TableView, filter: ReturnType<typeof subscriptionFilter.parse>) {
  const [t, tiers, c] = await Promise.all([
    getTranslations("consoleSubscriptions"),
    getTranslations("console.tiers"),
    getTranslations("common"),
  ]);
  return [
    ...view.chip("q", c("actions.search"), filter.q),
    ...view.chip("status", t("state"), filter.status && c(`status.${filter.status}`)),
    ...view.chip("tier", t("plan"), filter.tier && tiers(filter.tier)),
    ...view.chip("version", t("version"), filter.version !== null && String(filter.version)),
    ...view.chip("interval", t("interval"), filter.interval && t(`intervals.${filter.interval}`)),
    ...view.chip("days", t("days"), filter.days && t(`dueWithin.${filter.days}`)),
    ...view.chip("clock", t("clock"), filter.clock && t("yes")),
    ...view.chip("ending", t("ending"), filter.ending && t("yes")),
  ];
}
