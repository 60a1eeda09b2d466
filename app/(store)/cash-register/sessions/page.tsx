import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CashTabs } from "@/components/cash-register/cash-tabs";
import { SessionTable, SessionViewMenu } from "@/components/cash-register/session-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch } from "@/components/ui/empty-state";
import { ExportLinks } from "@/components/ui/export-links";
import { FilterSelect } from "@/components/ui/filter-select";
import { Wallet } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { PeriodFilter } from "@/components/ui/period-filter";
import { type FilterChip, FilterChips, Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView, type TableView } from "@/components/ui/table-view";
import { listSessions, sessionStatuses } from "@/lib/cash-register";
import { getLocale, getTranslations } from "@/lib/i18n";
import { type Member, requireMember } from "@/lib/security/member";
import { formatDay } from "@/lib/time";
import { type OpenView, openView, SavedViews } from "../../saved-views";
import { exportHref, queryOf, type SessionView } from "./query";

const PATH = "/cash-register/sessions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cashRegister"))("sessions.title") };
}

export default async function SessionsPage({ searchParams }: PageProps<"/cash-register/sessions">) {
  const member = await requireMember();
  if (!member.can("cash.operate") && !member.can("cash.review")) notFound();
  const t = await getTranslations("cashRegister");
  const parameters = await searchParams;
  const open = await openView(member, "cash_sessions", PATH, parameters);
  const view = readTableView(PATH, parameters);
  const query = queryOf(view);
  const [page, chips] = await Promise.all([listSessions(member, query), chipsOf(view, query, member)]);
  const severalBranches = member.branches.length > 1;
  return (
    <Page>
      <PageHeader
        title={t("sessions.title")}
        description={t("sessions.description")}
        actions={member.can("orders.export") && page.count > 0 && <ExportLinks href={exportHref(query)} />}
      />
      {member.can("cash.operate") && <CashTabs />}
      <Card flush>
        <Filters query={query} member={member} open={open} />
        <FilterChips chips={chips} clearHref={view.bare} />
        {page.rows.length > 0 && (
          <SessionTable rows={page.rows} view={view} severalBranches={severalBranches} />
        )}
        {page.rows.length === 0 && chips.length > 0 && <NoMatch clearHref={view.bare} />}
        {page.rows.length === 0 && chips.length === 0 && (
          <EmptyState
            icon={<Wallet aria-hidden />}
            title={t("sessions.emptyTitle")}
            description={t("sessions.emptyDescription")}
            actions={
              member.can("cash.operate") && (
                <ButtonLink href="/cash-register" variant="primary">
                  {t("sessions.openNow")}
                </ButtonLink>
              )
            }
          />
        )}
        {page.rows.length > 0 && <Pagination total={page.count} {...view.steps(page)} />}
      </Card>
    </Page>
  );
}

/** The filters that count now. */
async function chipsOf(view: TableView, query: SessionView, member: Member): Promise<FilterChip[]> {
  const [t, orders, status, locale] = await Promise.all([
    getTranslations("cashRegister"),
    getTranslations("orders"),
    getTranslations("common.status"),
    getLocale(),
  ]);
  const { from, to } = query;
  const day = (date: string | null) => (date ? formatDay(date, locale) : "…");
  const period = {
    label: orders("period"),
    value: orders("periodValue", { from: day(from), to: day(to) }),
    href: view.without("from", "to"),
  };
  const branch = query.branchId && (member.branches.find(({ id }) => id === query.branchId)?.name ?? "…");
  return [
    ...(from || to ? [period] : []),
    ...view.chip("status", t("sessions.statusFilter"), query.status && status(query.status)),
    ...view.chip("branch", t("sessions.branchFilter"), branch),
  ];
}

async function Filters({
  query,
  member,
  open,
}: {
  query: SessionView;
  member: Member;
  open: OpenView | null;
}) {
  const [t, orders, status] = await Promise.all([
    getTranslations("cashRegister"),
    getTranslations("orders"),
    getTranslations("common.status"),
  ]);
  const severalBranches = member.branches.length > 1;
  return (
    <TableToolbar
      actions={
        <>
          <SavedViews member={member} list="cash_sessions" path={PATH} open={open} />
          <SessionViewMenu severalBranches={severalBranches} />
        </>
      }
    >
      <PeriodFilter
        labels={{ from: orders("from"), to: orders("to") }}
        from={query.from ?? ""}
        to={query.to ?? ""}
      />
      <FilterSelect
        name="status"
        label={t("sessions.statusFilter")}
        options={sessionStatuses.map((value) => ({ value, label: status(value) }))}
      />
      {severalBranches && (
        <FilterSelect
          name="branch"
          label={t("sessions.branchFilter")}
          options={member.branches.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </TableToolbar>
  );
}
