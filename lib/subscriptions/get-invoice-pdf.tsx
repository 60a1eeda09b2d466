import "server-only";
import { renderToBuffer } from "@react-pdf/renderer";
import { type Language, localeTags } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { formatMoney, isCurrency } from "@/lib/money";
import type { Member } from "@/lib/security/member";
import { businessDate, formatDay } from "@/lib/time";
import { InvoicePdf } from "./invoice-pdf";
import { getInvoice } from "./invoices";

/**
 * A statement of the subscription on one A4 page, in the given language. No tax document, and says so.
 *
 * @throws AppError `not_found` for one that is not this shop's
 */
export async function getInvoicePdf(
  member: Pick<Member, "transaction" | "organization" | "branch">,
  id: string,
  language: Language,
): Promise<{ readonly filename: string; readonly content: Buffer }> {
  const invoice = await getInvoice(member, id);
  const shop = await member.transaction((db) =>
    db
      .selectFrom("organizations")
      .select(["name", "legal_name", "rut"])
      .where("id", "=", member.organization.id)
      .executeTakeFirstOrThrow(),
  );
  const t = translatorFor(language);
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const day = (instant: Date) => formatDay(businessDate(instant, timeZone), language);
  const currency = isCurrency(invoice.currency) ? invoice.currency : "CLP";
  const money = (minor: number) => formatMoney(minor, currency, language);
  const plan = t("billing.pdf.plan", { plan: t(`mails.tier.${invoice.tier}`), interval: invoice.interval });
  const content = await renderToBuffer(
    <InvoicePdf
      title={t("billing.pdf.title")}
      notice={t("billing.pdf.notice")}
      language={localeTags[language]}
      facts={[
        [t("billing.pdf.number"), String(invoice.number)],
        [t("billing.pdf.issued"), day(invoice.issuedAt)],
        [t("billing.pdf.organization"), shop.legal_name ?? shop.name],
        ...(shop.rut === null ? [] : [[t("billing.pdf.rut"), shop.rut] as const]),
        [t("billing.pdf.period"), `${day(invoice.periodStart)} – ${day(invoice.periodEnd)}`],
        [t("billing.pdf.state"), t(`billing.pdf.status.${invoice.status}`)],
      ]}
      lines={invoice.lines.map(({ kind, amount }) => [
        kind === "price" ? plan : t(`billing.lines.${kind}`),
        money(amount),
      ])}
      total={[t("billing.lines.total"), money(invoice.total)]}
      tax={[t("billing.pdf.tax"), money(invoice.tax)]}
    />,
  );
  return { filename: `opttius-${invoice.number}.pdf`, content };
}
