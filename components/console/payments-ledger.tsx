import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { BookOpen } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { getPlainTranslator, getTranslations } from "@/lib/i18n";
import { accountName, postingName } from "./ledger-names";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount } from "./payments-parts";

interface PaymentsLedgerProps {
  lines: readonly {
    transaction: string;
    kind: string;
    at: string;
    account: string;
    /** Debit positive, credit negative. */
    amount: number;
    currency: string;
  }[];
}

/** What a payment wrote into the ledger. */
export async function PaymentsLedger({ lines }: PaymentsLedgerProps) {
  const [t, words] = await Promise.all([getTranslations("consolePayments.ledger"), getPlainTranslator()]);
  return (
    <Card title={t("title")} description={t("description")} flush>
      {lines.length === 0 ? (
        <EmptyState icon={<BookOpen />} title={t("emptyTitle")} description={t("emptyDescription")} />
      ) : (
        <Table caption={t("title")} keepShape>
          <TableHead>
            <Header>{t("when")}</Header>
            <Header>{t("entry")}</Header>
            <Header>{t("account")}</Header>
            <Header numeric>{t("debit")}</Header>
            <Header numeric>{t("credit")}</Header>
          </TableHead>
          <TableBody>
            {lines.map((line, index) => {
              // A transaction is named once, at its first line.
              const isFirst = line.transaction !== lines[index - 1]?.transaction;
              return (
                <Row key={`${line.transaction} ${line.account} ${index}`}>
                  <Cell>{isFirst && <Moment value={line.at} timeZone={CONSOLE_ZONE} />}</Cell>
                  <Cell>{isFirst && postingName(line.kind, words)}</Cell>
                  <Cell>{accountName(line.account, words)}</Cell>
                  <Cell numeric>
                    {line.amount > 0 && <Amount minor={line.amount} currency={line.currency} />}
                  </Cell>
                  <Cell numeric>
                    {line.amount < 0 && <Amount minor={-line.amount} currency={line.currency} />}
                  </Cell>
                </Row>
              );
            })}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
