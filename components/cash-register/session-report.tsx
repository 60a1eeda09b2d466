import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { AmountLine, DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { SessionReport } from "@/lib/cash-register";
import { formatMoney } from "@/lib/money";
import { Difference } from "./difference";

const methods = ["cash", "debit", "credit", "transfer"] as const;

/** A drawer's facts and, once it is closed, what was counted against what should have been there. */
export function SessionReportCards({ session }: { session: SessionReport }) {
  const t = useTranslations("cashRegister.report");
  const locale = useLocale();
  return (
    <>
      <Card>
        <DescriptionList
          columns={3}
          items={[
            { label: t("openedAt"), value: <Moment value={session.openedAt} timeZone={session.timeZone} /> },
            {
              label: t("closedAt"),
              value: session.closedAt && <Moment value={session.closedAt} timeZone={session.timeZone} />,
            },
            { label: t("openingFloat"), value: formatMoney(session.openingFloat, "CLP", locale) },
          ]}
        />
      </Card>
      {session.expected && session.counted && session.sums && (
        <>
          <TenderTable session={session} />
          <CashBalance session={session} />
        </>
      )}
    </>
  );
}

function TenderTable({ session: { expected, counted } }: { session: SessionReport }) {
  const t = useTranslations("cashRegister");
  const locale = useLocale();
  if (!expected || !counted) return null;
  return (
    <Card flush title={t("report.tenders")}>
      <Table caption={t("report.title")}>
        <TableHead>
          <Header>{t("report.tender")}</Header>
          <Header numeric>{t("report.expected")}</Header>
          <Header numeric>{t("report.counted")}</Header>
          <Header numeric>{t("report.difference")}</Header>
        </TableHead>
        <TableBody>
          {methods.map((method) => (
            <Row key={method}>
              <Cell lead>{t(`methods.${method}`)}</Cell>
              <Cell numeric label={t("report.expected")}>
                {formatMoney(expected[method], "CLP", locale)}
              </Cell>
              <Cell numeric label={t("report.counted")}>
                {formatMoney(counted[method], "CLP", locale)}
              </Cell>
              <Cell numeric label={t("report.difference")}>
                <Difference pesos={counted[method] - expected[method]} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

/** How the float became what should be in the drawer. */
function CashBalance({ session }: { session: SessionReport }) {
  const t = useTranslations("cashRegister.report");
  const locale = useLocale();
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  const cash = session.sums?.tenders.find(({ method }) => method === "cash");
  const moved = (kind: string) =>
    session.movements.reduce((sum, movement) => (movement.kind === kind ? sum + movement.amount : sum), 0);
  return (
    <Card title={t("cashBalance")}>
      <AmountLine label={t("openingFloat")} value={money(session.openingFloat)} />
      <AmountLine label={t("cashSales")} value={money(cash?.sold ?? 0)} />
      {cash && cash.voided !== 0 && <AmountLine label={t("cashVoided")} value={signed(cash.voided, money)} />}
      <AmountLine label={t("paidIn")} value={money(moved("paid_in"))} />
      <AmountLine label={t("paidOut")} value={`-${money(moved("paid_out"))}`} />
      <div className="mt-2 border-t border-line pt-2">
        <AmountLine strong label={t("cashExpected")} value={money(session.expected?.cash ?? 0)} />
      </div>
      <div className="mt-3 border-t border-line pt-3 text-sm">
        <AmountLine label={t("sales")} value={session.saleCount} />
        {session.voidCount > 0 && <AmountLine label={t("voids")} value={session.voidCount} />}
        <AmountLine label={t("rounding")} value={signed(session.sums?.rounding ?? 0, money)} />
      </div>
    </Card>
  );
}

function signed(pesos: number, money: (pesos: number) => string): string {
  return pesos === 0 ? money(0) : `${pesos > 0 ? "+" : "-"}${money(Math.abs(pesos))}`;
}
