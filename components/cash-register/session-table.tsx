import { useLocale, useTranslations } from "next-intl";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import type { SessionRow } from "@/lib/cash-register";
import { formatMoney } from "@/lib/money";
import { formatDay } from "@/lib/time";
import { Difference } from "./difference";

export interface SessionTableProps {
  rows: readonly SessionRow[];
  view: TableView;
  severalBranches: boolean;
}

/** Drawers of one page of the list. */
export function SessionTable({ rows, view, severalBranches }: SessionTableProps) {
  const t = useTranslations("cashRegister.sessions");
  return (
    <ListTable
      caption={t("caption")}
      columns={useColumns(severalBranches)}
      rows={rows}
      view={view}
      href={({ id }) => `/cash-register/sessions/${id}`}
    />
  );
}

/** How the list is looked at. */
export function SessionViewMenu({ severalBranches }: Pick<SessionTableProps, "severalBranches">) {
  return <ViewMenu columns={columnChoices(useColumns(severalBranches))} />;
}

function useColumns(severalBranches: boolean): ListColumn<SessionRow>[] {
  const t = useTranslations("cashRegister.sessions");
  const locale = useLocale();
  const branch: ListColumn<SessionRow> = {
    key: "branch",
    heading: t("branch"),
    hideBelow: "lg",
    value: ({ branchName }) => branchName,
  };
  return [
    {
      key: "day",
      heading: t("day"),
      className: "whitespace-nowrap tabular",
      value: ({ businessDate }) => formatDay(businessDate, locale),
    },
    {
      key: "member",
      heading: t("member"),
      className: "max-w-48 truncate",
      value: ({ memberName }) => memberName,
    },
    ...(severalBranches ? [branch] : []),
    {
      key: "opened",
      heading: t("openedAt"),
      hideBelow: "lg",
      className: "tabular",
      value: ({ openedAt, timeZone }) => <Moment value={openedAt} timeZone={timeZone} as="time" />,
    },
    {
      key: "closed",
      heading: t("closedAt"),
      hideBelow: "lg",
      className: "tabular",
      value: ({ closedAt, timeZone }) =>
        closedAt ? <Moment value={closedAt} timeZone={timeZone} as="time" /> : "—",
    },
    {
      key: "counted",
      heading: t("counted"),
      numeric: true,
      labelled: true,
      value: ({ counted }) => (counted ? formatMoney(counted.cash, "CLP", locale) : "—"),
    },
    {
      key: "difference",
      heading: t("difference"),
      numeric: true,
      labelled: true,
      value: ({ cashDifference }) => (cashDifference === null ? "—" : <Difference pesos={cashDifference} />),
    },
    { key: "status", heading: t("status"), value: ({ status }) => <StatusBadge status={status} /> },
  ];
}
