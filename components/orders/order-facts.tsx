import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { AmountLine } from "@/components/ui/description-list";
import { formatMoney } from "@/lib/money";
import type { Order } from "@/lib/sales";

const link = "font-medium text-brand-text hover:underline";

/** How a sale was paid, for whom, into which drawer, and what it did to the stock. */
export function OrderFacts({ order, mayReadCustomer }: { order: Order; mayReadCustomer: boolean }) {
  const t = useTranslations("orders.detail");
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <Card title={t("payments")}>
        <Payments order={order} />
        {order.cashSessionId && (
          <p className="mt-3 border-t border-line pt-3 text-sm">
            <Link href={`/cash-register/sessions/${order.cashSessionId}`} className={link}>
              {t("viewDrawer")}
            </Link>
          </p>
        )}
      </Card>
      <Card title={t("customer")}>
        {order.customerId && mayReadCustomer ? (
          <Link href={`/customers/${order.customerId}`} className={link}>
            {order.customerName}
          </Link>
        ) : (
          <p className="text-ink-soft">{order.customerName ?? t("noCustomer")}</p>
        )}
        {order.note && (
          <p className="mt-3 border-t border-line pt-3 text-sm whitespace-pre-line">{order.note}</p>
        )}
      </Card>
      {order.movements && order.movements.length > 0 && (
        <Card title={t("movements")} className="md:col-span-2">
          <Movements movements={order.movements} />
        </Card>
      )}
    </div>
  );
}

function Payments({ order }: { order: Order }) {
  const t = useTranslations("orders.detail");
  const methods = useTranslations("receipts.methods");
  const locale = useLocale();
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  return (
    <>
      {order.payments.map(({ id, kind, method, amount, handedOver }) => (
        <AmountLine
          key={id}
          label={
            <>
              {kind === "void" ? `${t("givenBack")} · ` : ""}
              {methods.has(method as "cash") ? methods(method as "cash") : method}
              {handedOver !== null && handedOver !== amount && (
                <span className="ml-2 text-sm text-ink-faint">
                  {t("handedOver", { amount: money(handedOver) })}
                </span>
              )}
            </>
          }
          value={money(amount)}
        />
      ))}
      {order.cashRounding !== 0 && (
        <AmountLine
          label={t("amounts.rounding")}
          value={`${order.cashRounding > 0 ? "+" : "-"}${money(Math.abs(order.cashRounding))}`}
        />
      )}
      {order.change > 0 && <AmountLine label={t("amounts.change")} value={money(order.change)} />}
    </>
  );
}

function Movements({ movements }: { movements: NonNullable<Order["movements"]> }) {
  const t = useTranslations("orders.detail");
  return (
    <ul className="divide-y divide-line text-sm">
      {movements.map(({ id, kind, productId, productName, quantity, balanceAfter }) => (
        <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
          <span className="min-w-0">
            <Link href={`/products/${productId}`} className="hover:underline">
              {productName}
            </Link>
            <span className="ml-2 text-ink-faint">
              {t(kind === "void" ? "movement.void" : "movement.sale")}
            </span>
          </span>
          <span className="text-ink-soft tabular">
            <span className="mr-3 font-medium text-ink">
              {quantity > 0 ? `+${quantity}` : `−${-quantity}`}
            </span>
            {t("balance", { quantity: balanceAfter })}
          </span>
        </li>
      ))}
    </ul>
  );
}
