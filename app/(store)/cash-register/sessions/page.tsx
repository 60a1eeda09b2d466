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
import { Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView } from "@/components/ui/table-view";
import { listSessions, type SessionFilter, sessionQuery, sessionStatuses } from "@/lib/cash-register";
import { getTranslations } from "@/lib/i18n";
import { requireMember } from "@/lib/security/member";
import { openView, SavedViews } from "../../saved-views";

const PATH = "/cash-register/sessions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cashRegister"))("sessions.title") };
}

export default async function SessionsPage({ searchParams }: PageProps<"/cash-register/sessions">) {
  const member = await requireMember();
  if (!member.can("cash.operate") && !member.can("cash.review")) notFound();
  const [t, status] = await Promise.all([getTranslations("cashRegister"), getTranslations("common.status")]);
  const parameters = await searchParams;
  const open = await openView(member, "cash_sessions", PATH, parameters);
  const view = readTableView(PATH, parameters);
  const query = sessionQuery.parse({
    status: view.param("status"),
    branchId: view.param("branch"),
    ...view.place,
  });
  const page = await listSessions(member, query);
  const severalBranches = member.branches.length > 1;
  const filtered = query.status !== null || query.branchId !== null;
  return (
    <Page>
      <PageHeader
        title={t("sessions.title")}
        description={t("sessions.description")}
        actions={member.can("orders.export") && page.count > 0 && <ExportLinks href={exportHref(query)} />}
      />
      {member.can("cash.operate") && <CashTabs />}
      <Card flush>
        <TableToolbar
          actions={
            <>
              <SavedViews member={member} list="cash_sessions" path={PATH} open={open} />
              <SessionViewMenu severalBranches={severalBranches} />
            </>
          }
        >
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
        {page.rows.length > 0 && (
          <SessionTable rows={page.rows} view={view} severalBranches={severalBranches} />
        )}
        {page.rows.length === 0 && filtered && <NoMatch clearHref={view.bare} />}
        {page.rows.length === 0 && !filtered && (
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

/** The address of the file with all rows of a filter. */
function exportHref({ status, branchId }: SessionFilter): string {
  const wanted = Object.entries({ status, branchId }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return `/api/exports/cash-sessions?${new URLSearchParams(wanted)}`;
}
