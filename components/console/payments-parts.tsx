import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Money } from "@/components/ui/money";
import { isCurrency } from "@/lib/money";

const gatewayNames: Readonly<Record<string, string>> = {
  flow: "Flow",
  mercadopago: "Mercado Pago",
  paypal: "PayPal",
  nowpayments: "NOWPayments",
};

/** The name under which people know a gateway. */
export function gatewayName(id: string): string {
  return gatewayNames[id] ?? id;
}

/** What a payment went through; a gift went through none. */
export function GatewayName({ id }: { id: string }) {
  const t = useTranslations("consolePayments");
  return id === "credit" ? t("credit") : gatewayName(id);
}

/** Money in whichever currency a gateway named: one that we do not count in is shown as it came. */
export function Amount({ minor, currency }: { minor: number; currency: string }) {
  if (isCurrency(currency)) return <Money minor={minor} currency={currency} />;
  return (
    <span className="whitespace-nowrap tabular">
      {minor} {currency}
    </span>
  );
}

/** Says that a payment moved no money. */
export function TestBadge() {
  const t = useTranslations("consolePayments");
  return (
    <span data-tip={t("testHint")}>
      <Badge tone="accent">{t("test")}</Badge>
    </span>
  );
}
