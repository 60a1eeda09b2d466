import { useTranslations } from "next-intl";
import { tierCode } from "@/components/billing/names";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";

/** Staff work on the clock of the company's seat. */
export const CONSOLE_ZONE = "America/Santiago";

export interface OrganizationsTableProps {
  path: string;
  rows: readonly {
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
  }[];
}

/** Organizations with what tells at a glance whether they are well. */
export function OrganizationsTable({ rows, path }: OrganizationsTableProps) {
  const t = useTranslations("console");
  return (
    <Table caption={t("organizations.title")}>
      <TableHead>
        <Header>{t("organizations.name")}</Header>
        <Header>{t("state")}</Header>
        <Header>{t("tier")}</Header>
        <Header numeric>{t("dashboard.mrr")}</Header>
        <Header numeric hideBelow="lg">
          {t("organizations.people")}
        </Header>
        <Header numeric hideBelow="md">
          {t("organizations.orders30Days")}
        </Header>
        <Header hideBelow="lg">{t("organizations.lastOrder")}</Header>
        <Header hideBelow="lg">{t("organizations.since")}</Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead>
              <RowLink href={`${path}/${row.id}`}>{row.name}</RowLink>
              <span className="block text-xs font-normal text-ink-faint max-sm:inline">{row.slug}</span>
            </Cell>
            <Cell label={t("state")}>
              <StatusBadge status={row.status === "suspended" ? "suspended" : row.subscription} />
            </Cell>
            <Cell label={t("tier")}>{row.tier ? t(`tiers.${tierCode(row.tier)}`) : "—"}</Cell>
            <Cell label={t("dashboard.mrr")} numeric>
              <Money minor={row.mrr} />
            </Cell>
            <Cell numeric hideBelow="lg">
              {t("organizations.peopleAndBranches", { members: row.members, branches: row.branches })}
            </Cell>
            <Cell numeric hideBelow="md">
              {row.orders30Days}
            </Cell>
            <Cell hideBelow="lg">
              {row.lastOrderAt ? (
                <Moment value={row.lastOrderAt} timeZone={CONSOLE_ZONE} as="relative" />
              ) : (
                "—"
              )}
            </Cell>
            <Cell hideBelow="lg">
              <Moment value={row.createdAt} timeZone={CONSOLE_ZONE} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
