import "server-only";
import { formatRut } from "@/lib/chile";
import { formatPhone } from "@/lib/chile/phone";
import type { Language } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { formatMoney } from "@/lib/money";
import { formatInstant } from "@/lib/time";
import { type Barcode, code128 } from "./barcode";
import type { Receipt, ReceiptLine } from "./read-receipt";

/** A label and its value, both written for the reader. */
export interface ReceiptPair {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
}

/** A receipt in words: what paper, screen, PDF and mail show alike. */
export interface ReceiptText {
  readonly orderId: string;
  readonly number: string;
  readonly shop: {
    readonly name: string;
    readonly details: readonly string[];
    readonly logo: Receipt["shop"]["logo"];
  };
  readonly title: string;
  /** That this is no tax document. */
  readonly notice: string;
  readonly facts: readonly ReceiptPair[];
  readonly lines: readonly {
    readonly name: string;
    readonly detail: string;
    readonly discount: string | null;
    readonly total: string;
  }[];
  readonly sums: readonly ReceiptPair[];
  readonly payments: readonly ReceiptPair[];
  readonly footer: string;
  /** Whether it was printed before: the next print is a copy. */
  readonly copy: boolean;
  /** What a copy says. */
  readonly copyMark: string;
  readonly voided: { readonly mark: string; readonly detail: string } | null;
  readonly barcode: Barcode;
}

/** A receipt number as it is printed and scanned: `00000123`. */
export function receiptNumber(number: number): string {
  return String(number).padStart(8, "0");
}

/** Writes a receipt for a reader, with its date on the clock of the branch. */
export function describeReceipt(receipt: Receipt, language: Language): ReceiptText {
  const plain = translatorFor(language);
  const t = (key: string, values?: Record<string, string | number>) => plain(`receipts.${key}`, values);
  const money = (pesos: number) => formatMoney(pesos, "CLP", language);
  const writer: Writer = { t, money, language };
  const number = receiptNumber(receipt.number);
  return {
    orderId: receipt.orderId,
    number,
    shop: { name: receipt.shop.name, details: shopDetails(receipt, writer), logo: receipt.shop.logo },
    title: t("title"),
    notice: t("notice"),
    facts: facts(receipt, number, writer),
    lines: receipt.lines.map((line) => describeLine(line, writer)),
    sums: sums(receipt, writer),
    payments: payments(receipt, writer),
    footer: receipt.shop.footer ?? t("thanks"),
    copy: receipt.prints > 0,
    copyMark: t("copy"),
    voided: describeVoiding(receipt, writer),
    barcode: code128(number),
  };
}

interface Writer {
  readonly t: (key: string, values?: Record<string, string | number>) => string;
  readonly money: (pesos: number) => string;
  readonly language: Language;
}

function shopDetails({ shop, branch }: Receipt, { t }: Writer): string[] {
  const place = (address: string | null, comuna: string | null) =>
    [address, comuna].filter(Boolean).join(", ");
  const ownPlace = place(branch.address, branch.comuna) || place(shop.address, shop.comuna);
  const phone = branch.phone ?? shop.phone;
  return [
    shop.legalName === shop.name ? "" : (shop.legalName ?? ""),
    shop.rut === null ? "" : t("rut", { rut: formatRut(shop.rut) }),
    shop.activity ?? "",
    ownPlace,
    phone ? t("phone", { phone: formatPhone(phone) }) : "",
  ].filter(Boolean);
}

function facts(
  { branch, soldAt, sellerName, customer }: Receipt,
  number: string,
  { t, language }: Writer,
): ReceiptPair[] {
  return [
    { label: t("number"), value: number, strong: true },
    { label: t("date"), value: formatInstant(soldAt, branch.timeZone, language).replace(", ", " ") },
    { label: t("branch"), value: branch.name },
    { label: t("seller"), value: sellerName },
    ...(customer ? [{ label: t("customer"), value: customer.name }] : []),
    ...(customer?.rut ? [{ label: t("customerRut"), value: formatRut(customer.rut) }] : []),
  ];
}

function describeLine(line: ReceiptLine, { t, money }: Writer): ReceiptText["lines"][number] {
  const exempt = line.taxKind === "exempt" ? ` · ${t("exemptLine")}` : "";
  return {
    name: line.name,
    detail: `${line.quantity} × ${money(line.unitPrice)} · ${line.sku}${exempt}`,
    discount:
      line.discount === 0
        ? null
        : t("lineDiscount", { percent: line.discountBp / 100, amount: `-${money(line.discount)}` }),
    total: money(line.total),
  };
}

function sums({ gross, discount, net, exempt, tax, total }: Receipt, { t, money }: Writer): ReceiptPair[] {
  return [
    ...(discount > 0
      ? [
          { label: t("subtotal"), value: money(gross) },
          { label: t("discount"), value: `-${money(discount)}` },
        ]
      : []),
    ...(net > 0 || exempt === 0 ? [{ label: t("net"), value: money(net) }] : []),
    ...(exempt > 0 ? [{ label: t("exempt"), value: money(exempt) }] : []),
    ...(net > 0 || exempt === 0 ? [{ label: t("tax"), value: money(tax) }] : []),
    { label: t("total"), value: money(total), strong: true },
  ];
}

/** What was handed over in cash, what entered by other means, the rounding of the law and the change. */
function payments(receipt: Receipt, { t, money }: Writer): ReceiptPair[] {
  const { cashRounding, change } = receipt;
  return [
    ...(cashRounding === 0
      ? []
      : [{ label: t("rounding"), value: `${cashRounding < 0 ? "-" : "+"}${money(Math.abs(cashRounding))}` }]),
    ...receipt.payments.map(({ method, amount, handedOver }) => ({
      label: t(`methods.${method}`),
      value: money(handedOver ?? amount),
    })),
    ...(change > 0 ? [{ label: t("change"), value: money(change), strong: true }] : []),
  ];
}

function describeVoiding({ voided, branch }: Receipt, { t, language }: Writer): ReceiptText["voided"] {
  if (!voided) return null;
  const at = formatInstant(voided.at, branch.timeZone, language).replace(", ", " ");
  return { mark: t("voided"), detail: t("voidedDetail", { at, by: voided.by, reason: voided.reason }) };
}
