import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { AmountLine } from "@/components/ui/description-list";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { formatMoney } from "@/lib/money";
import type { Order } from "@/lib/sales";

/** What was sold, and how it adds up. */
export function OrderItems({ order }: { order: Order }) {
  const t = useTranslations("orders.detail");
  const locale = useLocale();
  const format = useFormatter();
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  return (
    <Card flush title={t("lines")}>
      <Table caption={t("lines")}>
        <TableHead>
          <Header>{t("product")}</Header>
          <Header numeric>{t("quantity")}</Header>
          <Header numeric>{t("unitPrice")}</Header>
          <Header numeric>{t("discount")}</Header>
          <Header numeric>{t("lineTotal")}</Header>
        </TableHead>
        <TableBody>
          {order.items.map((item) => (
            <Row key={item.id}>
              <Cell lead>
                <span>
                  {item.productName}
                  <span className="block text-xs font-normal text-ink-soft">
                    {item.taxKind === "exempt" ? `${item.sku} · ${t("exempt")}` : item.sku}
                  </span>
                </span>
              </Cell>
              <Cell numeric label={t("quantity")}>
                {item.quantity}
              </Cell>
              <Cell numeric label={t("unitPrice")}>
                {money(item.unitPrice)}
              </Cell>
              <Cell numeric label={t("discount")}>
                {item.discount > 0
                  ? `-${money(item.discount)} (${format.number(item.discountBp / 100)} %)`
                  : "—"}
              </Cell>
              <Cell numeric label={t("lineTotal")} className="font-medium">
                {money(item.total)}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      <div className="ml-auto max-w-80 px-5 py-4">
        {order.discount > 0 && <AmountLine label={t("amounts.gross")} value={money(order.gross)} />}
        {order.discount > 0 && (
          <AmountLine label={t("amounts.discount")} value={`-${money(order.discount)}`} />
        )}
        <AmountLine label={t("amounts.net")} value={money(order.net)} />
        {order.exempt > 0 && <AmountLine label={t("amounts.exempt")} value={money(order.exempt)} />}
        <AmountLine label={t("amounts.tax")} value={money(order.tax)} />
        <AmountLine strong label={t("amounts.total")} value={money(order.total)} />
      </div>
    </Card>
  );
}
