import { useTranslations } from "next-intl";
import { tierCode } from "@/components/billing/names";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";

/** Staff work on the clock of the company's seat. */
export const CONSOLE_ZONE = "America/Santiago";

interface OrganizationLine {
  id: string;
  slug: string;
  name: string;
  status: string;
  subscription: string;
  tier: string | null;
  mrr: number;
  members: number;
  branches: number;
  orders30Days: number;
  lastOrderAt: Date | null;
  createdAt: Date;
}

export interface OrganizationsTableProps {
  path: string;
  view: TableView;
  rows: readonly OrganizationLine[];
}

/** Organizations with what tells at a glance whether they are well. */
export function OrganizationsTable({ rows, view, path }: OrganizationsTableProps) {
  const t = useTranslations("console.organizations");
  return (
    <ListTable
      caption={t("title")}
      columns={useColumns()}
      rows={rows}
      view={view}
      href={({ id }) => `${path}/${id}`}
      mark={({ slug }) => (
        <span className="block text-xs font-normal text-ink-faint max-sm:inline">{slug}</span>
      )}
    />
  );
}

/** How the list is looked at. */
export function OrganizationsViewMenu() {
  return <ViewMenu columns={columnChoices(useColumns())} />;
}

function useColumns(): ListColumn<OrganizationLine>[] {
  const t = useTranslations("console");
  return [
    { key: "name", heading: t("organizations.name"), value: ({ name }) => name },
    {
      key: "state",
      heading: t("state"),
      labelled: true,
      value: ({ status, subscription }) => (
        <StatusBadge status={status === "suspended" ? "suspended" : subscription} />
      ),
    },
    {
      key: "tier",
      heading: t("tier"),
      labelled: true,
      value: ({ tier }) => (tier ? t(`tiers.${tierCode(tier)}`) : "—"),
    },
    {
      key: "mrr",
      heading: t("dashboard.mrr"),
      numeric: true,
      labelled: true,
      value: ({ mrr }) => <Money minor={mrr} />,
    },
    {
      key: "people",
      heading: t("organizations.people"),
      numeric: true,
      hideBelow: "lg",
      value: ({ members, branches }) => t("organizations.peopleAndBranches", { members, branches }),
    },
    {
      key: "orders",
      heading: t("organizations.orders30Days"),
      numeric: true,
      hideBelow: "md",
      value: ({ orders30Days }) => orders30Days,
    },
    {
      key: "lastOrder",
      heading: t("organizations.lastOrder"),
      hideBelow: "lg",
      value: ({ lastOrderAt }) =>
        lastOrderAt ? <Moment value={lastOrderAt} timeZone={CONSOLE_ZONE} as="relative" /> : "—",
    },
    {
      key: "since",
      heading: t("organizations.since"),
      hideBelow: "xl",
      value: ({ createdAt }) => <Moment value={createdAt} timeZone={CONSOLE_ZONE} />,
    },
  ];
}
