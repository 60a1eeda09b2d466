import { z } from "zod";
import { AppError } from "@/lib/errors";
import { getLocale, getPlainTranslator } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { searchEverything } from "@/lib/search";
import { limitSearch } from "@/lib/security/read-limits";
import { memberRoute } from "@/lib/security/route";
import { formatDay } from "@/lib/time";

const question = z.object({ q: z.string().trim().max(100).default("") });

/** The quick search of every page: `{ groups: [{ kind, label, items: [{ id, title, subtitle, href }] }] }`. */
export const GET = memberRoute(async (member, request) => {
  const parsed = question.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!parsed.success) throw AppError.fromValidation(parsed.error);
  if (parsed.data.q === "") return { body: { groups: [] } };
  await limitSearch(member.userId);
  const found = await searchEverything(member, parsed.data.q);
  const [locale, t] = await Promise.all([getLocale(), getPlainTranslator()]);
  const { currency } = member.organization;

  const groups = [
    {
      kind: "customers",
      items: found.customers.map(({ id, name, rut, phone }) => ({
        id,
        title: name,
        subtitle: joined(rut, phone),
        href: `/customers/${id}`,
      })),
    },
    {
      kind: "products",
      items: found.products.map(({ id, name, sku, price }) => ({
        id,
        title: name,
        subtitle: joined(sku, formatMoney(price, currency, locale)),
        href: `/products/${id}`,
      })),
    },
    {
      kind: "orders",
      items: found.orders.map((order) => ({
        id: order.id,
        title: t("search.order", {
          number: String(order.receiptNumber),
          customer: order.customerName ?? "none",
        }),
        subtitle: joined(
          order.branchName,
          formatDay(order.businessDate, locale),
          formatMoney(order.total, currency, locale),
        ),
        href: `/orders/${order.id}`,
      })),
    },
  ] as const;
  return {
    body: {
      groups: groups
        .filter(({ items }) => items.length > 0)
        .map((group) => ({ ...group, label: t(`search.groups.${group.kind}`) })),
    },
  };
});

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(" · ");
}
