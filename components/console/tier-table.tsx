import { useTranslations } from "next-intl";
import { tierCode } from "@/components/billing/names";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";

interface TierTableProps {
  tiers: readonly { tier: string; count: number; mrr: number }[];
  statuses: readonly { status: string; count: number }[];
}

/** How the organizations spread over tiers and states. */
export function TierTable({ tiers, statuses }: TierTableProps) {
  const t = useTranslations("console");
  return (
    <Card title={t("dashboard.tiers")} description={t("dashboard.tiersHint")} flush>
      <Table caption={t("dashboard.tiers")} keepShape>
        <TableHead>
          <Header>{t("tier")}</Header>
          <Header numeric>{t("dashboard.shops")}</Header>
          <Header numeric>{t("dashboard.mrr")}</Header>
        </TableHead>
        <TableBody>
          {tiers.map(({ tier, count, mrr }) => (
            <Row key={tier}>
              <Cell lead>{t(`tiers.${tierCode(tier)}`)}</Cell>
              <Cell numeric>{count}</Cell>
              <Cell numeric>
                <Money minor={mrr} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      <ul className="flex flex-wrap gap-x-4 gap-y-2 border-t border-line px-5 py-4">
        {statuses.map(({ status, count }) => (
          <li key={status} className="flex items-center gap-1.5 text-sm tabular">
            <StatusBadge status={status} /> {count}
          </li>
        ))}
      </ul>
    </Card>
  );
}
