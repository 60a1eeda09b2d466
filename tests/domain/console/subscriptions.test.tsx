import { describe, expect, test } from "vitest";
import { SubscriptionCard } from "@/components/console/subscription-card";
import { SubscriptionsFacts } from "@/components/console/subscriptions-facts";
import { SubscriptionsFilters } from "@/components/console/subscriptions-filters";
import { SubscriptionsInvoices } from "@/components/console/subscriptions-invoices";
import { SubscriptionsPeriods } from "@/components/console/subscriptions-periods";
import { SubscriptionsRenewals } from "@/components/console/subscriptions-renewals";
import { SubscriptionsTable } from "@/components/console/subscriptions-table";
import { SubscriptionsTotals } from "@/components/console/subscriptions-totals";
import { readTableView } from "@/components/ui/table-view";
import type { SubscriptionDetail } from "@/lib/console";
import type { Language } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { allowed } from "../ui/allowed";
import { seen } from "../ui/seen";

const path = "/admin/saas-management/subscriptions";
const start = "2026-11-22T15:00:00Z";
const end = "2026-12-22T15:00:00Z";
const states = allowed("public.subscriptions", "status");

describe("the subscriptions of all shops", () => {
  const row = {
    organization_id: "o1",
    organization: "Óptica Vista",
    status: "active",
    tier: "pro",
    version: 2,
    billing_interval: "month" as const,
    next_due_at: new Date(end) as Date | null,
    collected_by: "mercadopago" as string | null,
    monthly_value: 39_990,
    cancel_at_period_end: false,
    held_because: null as string | null,
    is_test: false,
    clock_at: null as Date | null,
  };
  const table = (change: Partial<typeof row> = {}, language: Language = "es") =>
    seen(
      <SubscriptionsTable
        view={readTableView("/subscriptions", {})}
        path={path}
        rows={[{ ...row, ...change }]}
      />,
      { language },
    );
  const cells = (change: Partial<typeof row>) => table(change).rows[1];

  test("tell who has which plan, until when, who collects it and what it is worth", () => {
    expect(table().rows).toEqual([
      ["Óptica", "Estado", "Plan", "Vence", "Cobro", "Valor al mes"],
      ["Óptica Vista", "Activo", "Pro, versión 2, mensual", "22-12-2026", "Mercado Pago", "$39.990"],
    ]);
    expect(table().href("Óptica Vista")).toBe(`${path}/o1`);
  });

  test.each(states)("%s is a word in both languages, and its meaning a sentence", (status) => {
    expect(table({ status }).rows[1]?.[1]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
    expect(table({ status }, "en").rows[1]?.[1]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
    for (const language of ["es", "en"] as const)
      expect(translatorFor(language)(`consoleSubscriptions.meaning.${status}`)).toMatch(/ .*\.$/);
  });

  test("say what ends and what waits, but not that what ended is ending", () => {
    expect(cells({ cancel_at_period_end: true })?.[1]).toBe("Activo Terminando");
    expect(cells({ held_because: "payment_open" })?.[1]).toBe("Activo En espera");
    expect(cells({ cancel_at_period_end: true, status: "cancelled" })?.[1]).toBe("Cancelado");
  });

  test("are paid by link where nothing collects them, and by nothing once they ended", () => {
    expect(cells({ collected_by: null })?.[4]).toBe("Por enlace");
    expect(cells({ status: "cancelled" })?.[4]).toBe("—");
    expect(cells({ next_due_at: null })?.[3]).toBe("—");
  });

  test("mark shops for trying, and those that live by a clock of their own", () => {
    const shop = table({ is_test: true, clock_at: new Date(start) });
    expect(shop.rows[1]?.[0]).toBe("Óptica Vista Óptica de prueba Reloj");
    const tips = shop.all("span").flatMap(({ attributes }) => attributes["data-tip"] ?? []);
    expect(tips).toEqual(["No cuenta como ingreso.", "Vive a su propia hora: 22-11-2026, 12:00"]);
  });

  test("come to sums in which test shops stand apart", () => {
    const totals = {
      subscriptions: 9,
      trialing: 2,
      paying: 5,
      owing: 1,
      monthly_value: 199_950,
      test_monthly_value: 0,
    };
    const text = (test_monthly_value: number) =>
      seen(<SubscriptionsTotals totals={{ ...totals, test_monthly_value }} />).text;
    expect(text(0)).toContain("Deben 1 Atrasadas o en gracia Valor al mes $199.950 a precio de lista");
    expect(text(39_990)).toContain("$199.950 más $39.990 de ópticas de prueba");
  });

  test("can be narrowed by words, and the filter that is on is chosen", () => {
    const page = seen(
      <SubscriptionsFilters
        states={["trialing", "past_due", "grace"]}
        tiers={["basic", "pro"]}
        versions={[1, 2]}
        intervals={["month", "year"]}
        dueWithin={["7"]}
        sorts={["newest", "due"]}
      />,
      { at: `${path}?status=grace` },
    );
    const state = page.one("select", { "aria-label": "Estado" });
    expect(state.names("option")).toEqual(["Estado", "En prueba", "Pago atrasado", "En gracia"]);
    expect(state.one("option", { selected: "" }).name).toBe("En gracia");
    expect(page.one("select", { "aria-label": "Versión" }).names("option")).toContain("Versión 2");
    expect(page.one("input", { type: "search" }).name).toBe("Óptica, correo del dueño o id");
  });
});

describe("one subscription", () => {
  const subscription: SubscriptionDetail["subscription"] = {
    status: "active",
    tier_code: "pro",
    tier_version: 2,
    billing_interval: "month",
    trial_ends_at: null,
    current_period_start: start,
    current_period_end: end,
    cancel_at_period_end: false,
    ended_by_staff: false,
    next_tier_code: null,
    next_tier_version: null,
    next_interval: null,
    state_since: start,
    held_because: null,
    created_at: start,
    next_due_at: end,
    monthly_value: 39_990,
  };
  const detail: SubscriptionDetail = {
    organization: { id: "o1", name: "Óptica Vista", slug: "vista", isTest: false },
    subscription,
    now: start,
    clock: null,
    mayHaveClock: false,
    credits: [],
    coupons: [],
    periods: [],
    invoices: [],
    renewals: [],
    history: [],
    played: [],
  };

  test("tells its plan, its period and what may still be used up", () => {
    expect(seen(<SubscriptionsFacts detail={detail} />).facts).toMatchObject({
      Plan: "Pro, versión 2, mensual",
      "La prueba termina": "—",
      "Período pagado": "22-11-2026 – 22-12-2026",
      "Saldo a favor": "Ninguno",
      Cupones: "Ninguno",
    });
    const coupons = [
      { code: "FERIA", usesLeft: 1, redeemed: true },
      { code: "AMIGO", usesLeft: null, redeemed: true },
      { code: "HOY", usesLeft: 1, redeemed: false },
    ];
    const rich = seen(
      <SubscriptionsFacts detail={{ ...detail, coupons, credits: [{ currency: "USD", balance: 990 }] }} />,
    );
    expect(rich.facts).toMatchObject({
      "Saldo a favor": "US$9,90",
      Cupones: "FERIA · queda 1 uso AMIGO · sin límite de usos HOY · apartado por un pago abierto",
    });
  });

  test("lists its periods with the payment of each, by a name of its own", () => {
    const period = {
      payment_id: "p1",
      tier_code: "pro",
      tier_version: 2,
      billing_interval: "month" as const,
      period_start: start,
      period_end: end,
      ended_early: true,
      value: 39_990,
      currency: "CLP",
      gateway: "credit",
    };
    const page = seen(<SubscriptionsPeriods periods={[period]} />);
    expect(page.rows[1]?.slice(1)).toEqual([
      "22-12-2026, 12:00 Terminó antes",
      "Pro, versión 2, mensual",
      "$39.990",
      "Regalo Ver pago",
    ]);
    expect(page.href("Ver pago del período desde 22-11-2026, 12:00")).toBe(
      "/admin/saas-management/payments/p1",
    );
    expect(seen(<SubscriptionsPeriods periods={[]} />).all("table")).toEqual([]);
  });

  test.each(allowed("public.invoices", "status"))("a statement that is %s says so in words", (status) => {
    const invoice = {
      id: "i1",
      number: 17,
      total: 39_990,
      currency: "CLP",
      payment_id: null,
      period_start: start,
    };
    const known = (["open", "paid", "void", "refunded"] as const).find((code) => code === status) ?? "open";
    const page = (language: Language) =>
      seen(
        <SubscriptionsInvoices invoices={[{ ...invoice, period_end: end, issued_at: end, status: known }]} />,
        { language },
      ).rows[1];
    expect(known).toBe(status);
    expect(page("es")?.[3]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
    expect(page("en")?.[3]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
    expect(page("es")?.[5]).toBe("—");
  });

  const renewal = {
    id: "r1",
    gateway: "flow",
    status: "active",
    amount: 39_990,
    currency: "CLP",
    billing_interval: "month" as const,
    method_label: "Visa 4242" as string | null,
    next_charge_at: end as string | null,
    cancel_requested_at: null as string | null,
    checked_at: null as string | null,
  };
  const renewals = (change: Partial<typeof renewal>) =>
    seen(<SubscriptionsRenewals renewals={[{ ...renewal, ...change }]} />).one("li").name;

  test.each(allowed("public.auto_renewals", "status"))("a renewal that is %s says so in words", (status) => {
    expect(renewals({ status })).not.toContain(status);
    expect(renewals({ status })).toMatch(/^Flow \p{Lu}/u);
  });

  test("tells how and when it is collected, and that it is being ended", () => {
    expect(renewals({})).toBe(
      "Flow Activo $39.990 · Mensual Medio: Visa 4242 Próximo cobro: 22-12-2026, 12:00",
    );
    expect(renewals({ cancel_requested_at: start })).toContain("Activo terminándose");
    expect(renewals({ cancel_requested_at: start, status: "cancelled" })).not.toContain("terminándose");
    expect(seen(<SubscriptionsRenewals renewals={[]} />).text).toContain("paga cada período por enlace");
  });

  test("is summed up beside its organization, one that has none as ended", () => {
    const organization = {
      id: "o1",
      legal_name: null,
      rut: "76.086.428-5",
      email: null,
      phone: null,
      created_at: start,
    };
    const card = (has: boolean) =>
      seen(
        <SubscriptionCard
          detail={{
            organization,
            subscription: has ? { ...subscription, mrr: 39_990 } : null,
            orders30Days: 4,
            lastOrderAt: null,
          }}
        />,
      );
    expect(card(true).facts).toMatchObject({
      Estado: "Activo",
      Plan: "Pro, versión 2, mensual",
      "Última venta": "—",
    });
    expect(card(false).facts).toMatchObject({ Estado: "Cancelado", Plan: "—", "Ingreso mensual": "$0" });
    expect(card(true).href("Ver suscripción")).toBe(`${path}/o1`);
  });
});
