import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import { Moment } from "@/components/ui/moment";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import type { DocumentRow } from "@/lib/inventory";

export interface DocumentTableProps {
  rows: readonly DocumentRow[];
  view: TableView;
  /** Names by branch id. */
  branches: ReadonlyMap<string, string>;
  timeZone: string;
}

const documentTones = {
  receive: "success",
  transfer: "info",
  adjust: "warning",
} as const satisfies Record<DocumentRow["kind"], Tone>;

/** Papers behind goods that moved by hand. */
export function DocumentTable({ rows, view, ...setting }: DocumentTableProps) {
  const t = useTranslations("inventory.documents");
  return (
    <ListTable
      caption={t("caption")}
      columns={useColumns(setting)}
      rows={rows}
      view={view}
      href={({ id }) => `/inventory/documents/${id}`}
    />
  );
}

type Setting = Pick<DocumentTableProps, "branches" | "timeZone">;

/** How the list is looked at. */
export function DocumentViewMenu(setting: Setting) {
  return <ViewMenu columns={columnChoices(useColumns(setting))} />;
}

function useColumns({ branches, timeZone }: Setting): ListColumn<DocumentRow>[] {
  const t = useTranslations("inventory");
  const soft = "text-ink-soft";
  return [
    {
      key: "when",
      heading: t("documents.when"),
      className: "whitespace-nowrap tabular",
      value: ({ at }) => <Moment value={at} timeZone={timeZone} />,
    },
    {
      key: "kind",
      heading: t("documents.kind"),
      side: true,
      value: ({ kind }) => <Badge tone={documentTones[kind]}>{t(`kind.${kind}`)}</Badge>,
    },
    { key: "branch", heading: t("documents.branch"), className: soft, value: route },
    {
      key: "note",
      heading: t("documents.note"),
      hideBelow: "lg",
      className: `max-w-64 truncate ${soft}`,
      value: ({ note }) => note,
    },
    {
      key: "by",
      heading: t("documents.by"),
      hideBelow: "lg",
      className: soft,
      value: ({ createdByName }) => createdByName,
    },
    {
      key: "products",
      heading: t("documents.products"),
      numeric: true,
      hideBelow: "md",
      className: soft,
      value: ({ products }) => products,
    },
    {
      key: "units",
      heading: t("documents.units"),
      numeric: true,
      labelled: true,
      value: ({ units }) => units,
    },
  ];

  function route({ branchId, toBranchId }: DocumentRow): string {
    const from = branches.get(branchId) ?? "";
    const to = toBranchId && branches.get(toBranchId);
    return to ? t("documents.route", { from, to }) : from;
  }
}
