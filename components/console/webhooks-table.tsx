import { useTranslations } from "next-intl";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import { Moment } from "@/components/ui/moment";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import { CONSOLE_ZONE } from "./organizations-table";
import { gatewayName } from "./payments-parts";
import { NoticeStatus, ProofBadge } from "./webhooks-parts";

interface NoticeLine {
  id: number;
  gateway: string;
  kind: string;
  reference: string | null;
  verified_by: string;
  status: string;
  attempts: number;
  received_at: Date;
  next_attempt_at: Date;
  last_error: string | null;
  organization: string | null;
}

interface WebhooksTableProps {
  path: string;
  view: TableView;
  rows: readonly NoticeLine[];
}

/** Notices, the newest first. */
export function WebhooksTable({ rows, view, path }: WebhooksTableProps) {
  const t = useTranslations("consolePayments.webhooks");
  return (
    <ListTable
      caption={t("title")}
      columns={useColumns()}
      rows={rows}
      view={view}
      href={({ id }) => `${path}/${id}`}
      mark={({ id }) => <span className="block text-xs font-normal text-ink-faint">#{id}</span>}
    />
  );
}

/** How the list is looked at. */
export function WebhooksViewMenu() {
  return <ViewMenu columns={columnChoices(useColumns())} />;
}

function useColumns(): ListColumn<NoticeLine>[] {
  const t = useTranslations("consolePayments");
  return [
    {
      key: "when",
      heading: t("webhooks.when"),
      value: (row) => <Moment value={row.received_at} timeZone={CONSOLE_ZONE} />,
    },
    {
      key: "gateway",
      heading: t("gateway"),
      labelled: true,
      value: ({ gateway, kind }) => (
        <>
          {gatewayName(gateway)}
          <span className="block text-xs text-ink-faint">{kind}</span>
        </>
      ),
    },
    {
      key: "reference",
      heading: t("reference"),
      labelled: true,
      value: ({ reference, organization }) => (
        <>
          <span className="block max-w-32 truncate font-mono xl:max-w-48 text-xs">{reference ?? "—"}</span>
          {organization && <span className="block text-xs text-ink-faint">{organization}</span>}
        </>
      ),
    },
    {
      key: "proof",
      heading: t("proof.label"),
      hideBelow: "lg",
      value: (row) => <ProofBadge proof={row.verified_by} />,
    },
    {
      key: "state",
      heading: t("state"),
      labelled: true,
      value: ({ status }) => <NoticeStatus status={status} />,
    },
    {
      key: "attempts",
      heading: t("webhooks.attempts"),
      numeric: true,
      hideBelow: "lg",
      value: (row) => (
        <>
          {row.attempts}
          {row.status === "received" && (
            <span className="block text-xs text-ink-faint">
              <Moment value={row.next_attempt_at} timeZone={CONSOLE_ZONE} as="relative" />
            </span>
          )}
        </>
      ),
    },
    {
      key: "error",
      heading: t("webhooks.error"),
      hideBelow: "xl",
      value: (row) => (
        <span className="block max-w-64 truncate text-sm text-ink-soft">{row.last_error ?? "—"}</span>
      ),
    },
  ];
}
