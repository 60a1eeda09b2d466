import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FileText } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { currencyOf, tierCode } from "./names";

interface InvoicesTableProps {
  invoices: readonly {
    id: string;
    number: number;
    status: "open" | "paid" | "void" | "refunded";
    tier: string;
    interval: string;
    periodStart: Date;
    periodEnd: Date;
    currency: string;
    total: number;
  }[];
  timeZone: string;
}

const tones = { open: "warning", paid: "success", void: "neutral", refunded: "info" } as const;

/** One statement for each period of the subscription, to be downloaded. */
export function InvoicesTable({ invoices, timeZone }: InvoicesTableProps) {
  const t = useTranslations("billing");
  return (
    <Card title={t("invoices")} flush>
      {invoices.length === 0 ? (
        <EmptyState icon={<FileText />} title={t("invoicesEmpty")} description={t("invoicesEmptyHint")} />
      ) : (
        <Table caption={t("invoices")}>
          <TableHead>
            <Header>{t("number")}</Header>
            <Header>{t("period")}</Header>
            <Header hideBelow="md">{t("plan")}</Header>
            <Header>{t("state")}</Header>
            <Header numeric>{t("amount")}</Header>
            <Header>
              <span className="sr-only">{t("download")}</span>
            </Header>
          </TableHead>
          <TableBody>
            {invoices.map((invoice) => (
              <Row key={invoice.id}>
                <Cell lead>{invoice.number}</Cell>
                <Cell label={t("period")}>
                  <Moment value={invoice.periodStart} timeZone={timeZone} as="day" /> –{" "}
                  <Moment value={invoice.periodEnd} timeZone={timeZone} as="day" />
                </Cell>
                <Cell label={t("plan")} hideBelow="md">
                  {t(`tiers.${tierCode(invoice.tier)}`)} · {t("interval", { interval: invoice.interval })}
                </Cell>
                <Cell label={t("state")}>
                  <Badge tone={tones[invoice.status]}>{t(`pdf.status.${invoice.status}`)}</Badge>
                </Cell>
                <Cell label={t("amount")} numeric>
                  <Money minor={invoice.total} currency={currencyOf(invoice.currency)} />
                </Cell>
                <Cell>
                  <a
                    href={`/api/invoices/${invoice.id}/pdf`}
                    download
                    className="text-brand-text underline underline-offset-2"
                    aria-label={t("downloadNumber", { number: invoice.number })}
                  >
                    {t("pdf.link")}
                  </a>
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
