import { useTranslations } from "next-intl";
import { ActButton } from "@/components/ui/act-button";
import type { FormAction } from "@/components/ui/form";
import { Archive, ArchiveRestore } from "@/components/ui/icons";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { Branch } from "@/lib/organizations";
import { HoursText } from "./hours-text";

export interface BranchTableProps {
  /** All active, or all archived. */
  branches: readonly Branch[];
  archive: FormAction<void>;
  restore: FormAction<void>;
  /** May see the plans, where a limit refuses it. */
  mayUpgrade: boolean;
  /** May send goods elsewhere, where they keep a branch from being archived. */
  mayTransfer: boolean;
}

/** Branches of the shop with where and when they are open. */
export function BranchTable({ branches, ...acts }: BranchTableProps) {
  const t = useTranslations("settings");
  return (
    <Table caption={t("branches.caption")}>
      <TableHead>
        <Header>{t("branches.name")}</Header>
        <Header>{t("branches.place")}</Header>
        <Header hideBelow="lg">{t("branches.hours")}</Header>
        <Header>
          <span className="sr-only">{t("branches.actions")}</span>
        </Header>
      </TableHead>
      <TableBody>
        {branches.map((branch) => (
          <Row key={branch.id}>
            <Cell lead>
              {branch.archivedAt ? (
                branch.name
              ) : (
                <RowLink href={`/settings/branches/${branch.id}`}>{branch.name}</RowLink>
              )}
              {branch.timeZone !== "America/Santiago" && <ZoneNote zone={branch.timeZone} />}
            </Cell>
            <Cell>{[branch.address, branch.comuna].filter(Boolean).join(", ")}</Cell>
            <Cell hideBelow="lg" className="text-ink-soft">
              <HoursText hours={branch.hours} />
            </Cell>
            <Cell className="text-right max-sm:ml-auto">
              <ArchiveOrRestore branch={branch} {...acts} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function ZoneNote({ zone }: { zone: string }) {
  const t = useTranslations("settings.timeZones");
  const known = zone === "America/Punta_Arenas" || zone === "America/Coyhaique" || zone === "Pacific/Easter";
  return <span className="block text-sm font-normal text-ink-soft">{known ? t(zone) : zone}</span>;
}

function ArchiveOrRestore({
  branch: { id, name, archivedAt },
  archive,
  restore,
  mayUpgrade,
  mayTransfer,
}: { branch: Branch } & Omit<BranchTableProps, "branches">) {
  const t = useTranslations("settings.branches");
  const away = { href: `/inventory/transfer?from=${id}`, label: t("transfer") };
  const archiving = { action: archive, done: t("archived", { name }) };
  const restoring = { action: restore, done: t("restored", { name }) };
  const rest = { id, ...(mayUpgrade && { plans: { href: "/billing", label: t("plans") } }) };
  const look = { size: "sm", variant: "ghost", className: "relative z-1" } as const;
  return archivedAt ? (
    <ActButton
      {...look}
      aria-label={`${t("restore")}: ${name}`}
      icon={<ArchiveRestore aria-hidden />}
      act={{ ...rest, ...restoring, undo: { ...archiving, label: t("undo") } }}
    >
      {t("restore")}
    </ActButton>
  ) : (
    <ActButton
      {...look}
      aria-label={`${t("archive")}: ${name}`}
      icon={<Archive aria-hidden />}
      act={{
        ...rest,
        ...archiving,
        ...(mayTransfer && { ways: { "branch.has_stock": away } }),
        undo: { ...restoring, label: t("undo") },
      }}
    >
      {t("archive")}
    </ActButton>
  );
}
