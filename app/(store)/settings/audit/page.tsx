import type { Metadata } from "next";
import { ActivityPager } from "@/components/activity/activity-pager";
import { ActivityTable } from "@/components/activity/activity-table";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch } from "@/components/ui/empty-state";
import { FilterSelect } from "@/components/ui/filter-select";
import { History } from "@/components/ui/icons";
import { FilterChips, TableToolbar } from "@/components/ui/table-tools";
import { readTableView, type TableView } from "@/components/ui/table-view";
import {
  type AuditQuery,
  auditActions,
  auditObjects,
  auditQuery,
  describeEntry,
  listEntries,
} from "@/lib/audit";
import { getLocale, getPlainTranslator, getTranslations } from "@/lib/i18n";
import { type Colleague, listMembers } from "@/lib/members";
import { listBranches } from "@/lib/organizations";
import { requireMember } from "@/lib/security/member";

const PATH = "/settings/audit";
const FILTERS = ["person", "action", "object"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("tabs.audit") };
}

export default async function AuditPage({ searchParams }: PageProps<"/settings/audit">) {
  const member = await requireMember("audit.read");
  const view = readTableView(PATH, await searchParams);
  const query = queryOf(view);
  const [page, people, branches, words, t, locale] = await Promise.all([
    listEntries(member, query),
    listMembers(member),
    listBranches(member),
    getPlainTranslator(),
    getTranslations("activity"),
    getLocale(),
  ]);
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const names = new Map([
    ...branches.map(({ id, name }) => [id, name] as const),
    ...people.map(({ id, fullName }) => [id, fullName] as const),
  ]);
  const filtered = FILTERS.some((name) => query[name] !== null);
  return (
    <Card flush>
      <Filters view={view} query={query} people={people} />
      {page.entries.length > 0 && (
        <ActivityTable
          linked
          entries={page.entries.map((entry) => describeEntry(entry, { words, timeZone, locale, names }))}
          timeZone={timeZone}
        />
      )}
      {page.entries.length === 0 && filtered && <NoMatch clearHref={PATH} />}
      {page.entries.length === 0 && !filtered && (
        <EmptyState
          icon={<History aria-hidden />}
          title={t("emptyTitle")}
          description={t("emptyDescription")}
        />
      )}
      <ActivityPager
        newerHref={page.previous === null ? null : view.href({ before: String(page.previous) })}
        olderHref={page.next === null ? null : view.href({ after: String(page.next) })}
      />
    </Card>
  );
}

interface FiltersProps {
  view: TableView;
  query: AuditQuery;
  people: readonly Colleague[];
}

/** The filters with the words for their choices; an action belongs to the kind of record that is chosen, if one is. */
async function Filters({ view, query, people }: FiltersProps) {
  const [t, words] = await Promise.all([getTranslations("activity.filters"), getPlainTranslator()]);
  const actions = Object.entries(auditActions).flatMap(([object, names]) =>
    query.object === null || query.object === object ? [...names] : [],
  );
  const options = {
    person: people.map(({ userId, fullName }) => ({ value: userId, label: fullName })),
    object: auditObjects.map((value) => ({ value, label: words(`activity.objects.${value}`) })),
    action: actions.map((value) => ({ value, label: words(`activity.actions.${value}`) })),
  };
  const chips = FILTERS.flatMap((name) => {
    const chosen = query[name];
    return view.chip(name, t(name), options[name].find(({ value }) => value === chosen)?.label ?? chosen);
  });
  return (
    <>
      <TableToolbar>
        <FilterSelect name="person" label={t("person")} options={options.person} />
        <FilterSelect name="object" label={t("object")} options={options.object} />
        <FilterSelect name="action" label={t("action")} options={options.action} />
      </TableToolbar>
      <FilterChips chips={chips} clearHref={view.without(...FILTERS)} />
    </>
  );
}

function queryOf(view: TableView): AuditQuery {
  const parameters = [...FILTERS, "after", "before"].map((name) => [name, view.param(name) || null]);
  return auditQuery.parse(Object.fromEntries(parameters));
}
