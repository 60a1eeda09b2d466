import { describe, expect, test } from "vitest";
import { CouponForm } from "@/components/billing/coupon-form";
import { FeatureLocked } from "@/components/billing/feature-locked";
import { PayForm } from "@/components/billing/pay-form";
import { Plans } from "@/components/billing/plans";
import { QuoteLines } from "@/components/billing/quote-lines";
import { Summary } from "@/components/billing/summary";
import type { Language } from "@/lib/i18n/locale";
import { type Seen, seen } from "../ui/seen";

const tiers = [
  {
    code: "basic",
    monthly: 19_990,
    yearly: 199_900,
    limits: { branches: 1, users: 2, customers: 500, products: 500 },
    agreed: [],
    features: [],
  },
  {
    code: "pro",
    monthly: 39_990,
    yearly: 399_900,
    limits: { branches: 3, users: 10, customers: 5_000, products: 5_000 },
    agreed: ["users"],
    features: ["pos", "assistant"],
  },
  {
    code: "premium",
    monthly: 79_990,
    yearly: 799_900,
    limits: { branches: null, users: null, customers: null, products: null },
    agreed: [],
    features: ["pos"],
  },
];

describe("the plans beside each other", () => {
  const plans = (props: Partial<Parameters<typeof Plans>[0]> = {}, language: Language = "es") =>
    seen(
      <Plans tiers={tiers} current={{ tier: "pro", status: "active" }} usage={[]} canPay mayPay {...props} />,
      { language },
    );
  const one = (page: Seen, name: string) => page.card(name);

  test("say what they cost, by month and by year", () => {
    expect(one(plans(), "Básico").text).toMatch(/\$19\.990 al mes \$199\.900 al año/);
    expect(one(plans({}, "en"), "Basic").text).toMatch(/\$19,990 a month \$199,900 a year/);
    expect(plans().text).toContain("Precios con IVA incluido.");
  });

  test("say what they hold, one as one and none as no limit", () => {
    expect(one(plans(), "Básico").names("li")).toEqual([
      "1 sucursal",
      "2 usuarios",
      "500 clientes",
      "500 productos",
    ]);
    expect(one(plans(), "Premium").names("li")).toEqual([
      "Sucursales sin límite",
      "Usuarios sin límite",
      "Clientes sin límite",
      "Productos sin límite",
      "Punto de venta",
    ]);
    expect(one(plans({}, "en"), "Basic").names("li")[0]).toBe("1 branch");
  });

  test("promise nothing that the program does not have yet", () => {
    expect(one(plans(), "Pro").names("li")).toContain("Punto de venta");
    expect(plans().text).not.toMatch(/assistant|Asistente/);
  });

  test("mark the one that the shop has, in words", () => {
    const marked = ["Básico", "Pro", "Premium"].filter((name) => one(plans(), name).text.includes("Tu plan"));
    expect(marked).toEqual(["Pro"]);
    expect(plans({ current: null }).text).not.toContain("Tu plan");
  });

  test("lead to the payment of just that plan and that period", () => {
    const pro = one(plans(), "Pro");
    expect(pro.href("Pagar otro mes")).toBe("/billing/checkout?tier=pro&interval=month");
    expect(pro.href("Elegir anual")).toBe("/billing/checkout?tier=pro&interval=year");
    expect(one(plans(), "Básico").href("Elegir mensual")).toBe("/billing/checkout?tier=basic&interval=month");
  });

  test("tell apart what was agreed with the shop from what a plan includes", () => {
    expect(one(plans(), "Pro").text).toContain("10 usuarios (acordado contigo)");
    expect(one(plans(), "Pro").text).not.toContain("3 sucursales (acordado");
    expect(one(plans(), "Básico").text).not.toContain("acordado");
  });

  test("are chosen, not renewed, while the shop tries one of them", () => {
    const trying = plans({ current: { tier: "pro", status: "trialing" } });
    expect(one(trying, "Pro").names("a")).toEqual(["Elegir mensual", "Elegir anual"]);
  });

  test("say before anybody pays what a plan is too small for, but not of one's own", () => {
    const usage = [
      { metric: "branches", used: 2 },
      { metric: "customers", used: 501 },
      { metric: "users", used: 2 },
    ];
    expect(one(plans({ usage }), "Básico").text).toContain(
      "Ya usas más de lo que incluye: Sucursales, Clientes.",
    );
    expect(one(plans({ usage }), "Premium").text).not.toContain("Ya usas más");
    const own = plans({ usage, current: { tier: "basic", status: "active" } });
    expect(one(own, "Básico").text).not.toContain("Ya usas más");
  });

  test("show no way to pay to who may not pay, and say who may", () => {
    const looking = plans({ mayPay: false });
    expect(looking.all("a")).toEqual([]);
    expect(looking.text).toContain("Solo quien es dueño puede cambiar o pagar el plan.");
    expect(plans().text).not.toContain("Solo quien es dueño");
  });

  test("show no way to pay where nothing can be paid with", () => {
    const closed = plans({ canPay: false }, "en");
    expect(closed.all("a")).toEqual([]);
    expect(closed.text).toContain("Paying online is not available on this installation.");
  });
});

describe("what the shop has", () => {
  const subscription = {
    status: "active",
    tier: "pro",
    interval: "year",
    trialEndsAt: new Date("2026-11-25T15:00:00Z"),
    currentPeriodEnd: new Date("2027-01-02T03:30:00Z"),
  };
  const summary = (change: Partial<typeof subscription> = {}, suspended = false) =>
    seen(
      <Summary
        billing={{
          subscription: { ...subscription, ...change },
          usage: [{ metric: "users", used: 8, max: 10 }],
        }}
        suspended={suspended}
        timeZone="America/Santiago"
      />,
    );

  test("is its plan, its state and until when it is paid, on the shop's clock", () => {
    expect(summary().facts).toEqual({
      Plan: "Pro · anual",
      Estado: "Activo",
      "Pagado hasta": "02-01-2027, 00:30",
    });
  });

  test("is a trial with its own end while it tries", () => {
    expect(summary({ status: "trialing" }).facts).toMatchObject({
      Estado: "En prueba",
      "La prueba termina": "25-11-2026, 12:00",
    });
  });

  test("is suspended as soon as the shop is, whatever it paid", () => {
    expect(summary({}, true).facts["Estado"]).toBe("Suspendido");
    const none = seen(
      <Summary billing={{ subscription: null, usage: [] }} suspended={false} timeZone="UTC" />,
    );
    expect(none.facts).toEqual({ Plan: "—", Estado: "Cancelado", "Pagado hasta": "—" });
  });

  test("shows what is used of each limit", () => {
    expect(summary().card("Uso").names("li")).toEqual([
      "Sucursales 0 · sin límite",
      "Usuarios 8 de 10",
      "Clientes 0 · sin límite",
      "Productos 0 · sin límite",
    ]);
  });

  test("and a page that its plan leaves out says what for, and leads to the plans who may see them", () => {
    const locked = (mayUpgrade: boolean) => seen(<FeatureLocked feature="pos" mayUpgrade={mayUpgrade} />);
    expect(locked(true).text).toMatch(/^Punto de venta: no está en tu plan/);
    expect(locked(true).href("Ver planes")).toBe("/billing");
    expect(locked(false).all("a")).toEqual([]);
    expect(locked(false).text).toContain("Pide a quien es dueño de la óptica");
  });

  test("its receipts are never called what only the tax office's document may be called", () => {
    expect(seen(<FeatureLocked feature="pos" mayUpgrade />).text).not.toMatch(/boleta/i);
  });
});

describe("the payment", () => {
  const offer = {
    gateway: "flow",
    currency: "CLP",
    total: 39_990,
    price: 39_990,
    renews: true,
    isDown: false,
  } as const;
  const paypal = {
    ...offer,
    gateway: "paypal",
    currency: "USD",
    total: 4_990,
    price: 4_990,
    renews: false,
  } as const;
  const pay = (props: Partial<Parameters<typeof PayForm>[0]> = {}, language: Language = "es") =>
    seen(
      <PayForm
        offers={[offer, paypal]}
        tier="pro"
        interval="month"
        coupon={null}
        mayRenew
        firstChargeOn={null}
        {...props}
      />,
      { language },
    );

  test("names each way with its price in its currency, the first one chosen", () => {
    expect(pay().one("fieldset").names("label")).toEqual([
      "Flow $39.990 Webpay, tarjetas chilenas y transferencia",
      "PayPal US$49,90 Tarjeta internacional o cuenta PayPal, en dólares",
    ]);
    expect(pay().one("input", { type: "radio", checked: "" }).attributes["value"]).toBe("flow");
    expect(pay().names("button")).toEqual(["Pagar $39.990 con Flow"]);
    expect(pay({}, "en").names("button")).toEqual(["Pay $39,990 with Flow"]);
  });

  test("says of a way that does not answer that it does not, before anybody tries", () => {
    const down = pay({ offers: [paypal, { ...offer, isDown: true }] });
    expect(down.one("fieldset").names("label")[1]).toBe("Flow $39.990 No responde ahora");
  });

  test("offers to renew only where the way can, and says from when it collects", () => {
    expect(pay().text).toContain("Flow cobra $39.990 cada mes, desde hoy.");
    expect(pay({ firstChargeOn: "02-01-2027" }).text).toContain(
      "desde el 02-01-2027. Hasta entonces ya está pagado.",
    );
    expect(pay({ offers: [paypal] }).all("input", { type: "checkbox" })).toEqual([]);
    expect(pay({ mayRenew: false }).all("input", { type: "checkbox" })).toEqual([]);
  });

  test("of nothing is no payment, and without any way none is offered", () => {
    expect(pay({ offers: [{ ...offer, total: 0 }] }).names("button")).toEqual(["Activar sin pagar"]);
    expect(pay({ offers: [] }).text).toBe("El pago en línea no está disponible en esta instalación.");
  });

  test("shows how the price comes about, line by line", () => {
    const lines = [
      { kind: "price", amount: 39_990 },
      { kind: "coupon", amount: -10_000 },
      { kind: "proration", amount: -5_000 },
      { kind: "credit", amount: -4_990 },
    ];
    const quote = seen(<QuoteLines lines={lines} total={20_000} currency="CLP" />);
    expect(Object.keys(quote.facts)).toEqual([
      "Plan",
      "Cupón",
      "Lo que queda de tu período",
      "Saldo a favor",
      "Total",
    ]);
    expect(quote.facts["Total"]).toBe("$20.000");
    expect(quote.facts["Cupón"]).toMatch(/[-−]/);
  });

  test("takes a coupon, and says at its field why one does not count", () => {
    const field = (problem: string | null) =>
      seen(<CouponForm tier="pro" interval="year" coupon="FERIA" problem={problem} />);
    const refused = field("Este cupón ya no sirve.");
    const input = refused.one("input", { id: "coupon", "aria-invalid": "true" }).attributes;
    expect(refused.one("p", { id: input["aria-describedby"] ?? "", role: "alert" }).text).toBe(
      "Este cupón ya no sirve.",
    );
    expect(input["value"]).toBe("FERIA");
    expect(refused.one("label", { for: "coupon" }).text).toBe("Cupón");
    expect(field(null).all("input", { "aria-invalid": "true" })).toEqual([]);
    expect(field(null).one("input", { name: "interval" }).attributes["value"]).toBe("year");
  });
});
