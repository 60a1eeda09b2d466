import { describe, expect, test } from "vitest";
import { InvoicesTable } from "@/components/billing/invoices-table";
import { PaymentNews } from "@/components/billing/payment-news";
import { PaymentsTable } from "@/components/billing/payments-table";
import { RenewalCard } from "@/components/billing/renewal-card";
import { RenewalEnds } from "@/components/billing/renewal-ends";
import { RenewalNews } from "@/components/billing/renewal-news";
import { allowed } from "../ui/allowed";
import { seen } from "../ui/seen";

const unpressed = () => Promise.reject(new Error("nobody pressed"));
const timeZone = "America/Santiago";
const checkout = "/billing/checkout?tier=pro&interval=month";

describe("the payments of a shop", () => {
  const payment = {
    id: "p1",
    gateway: "mercadopago",
    status: "succeeded",
    amount: 39_990,
    currency: "CLP",
    tier: "pro",
    interval: "month",
    createdAt: new Date("2026-11-22T02:30:00Z"),
    continueUrl: null as string | null,
  };
  const table = (change: Partial<typeof payment> = {}, mayPay = true) =>
    seen(<PaymentsTable payments={[{ ...payment, ...change }]} timeZone={timeZone} mayPay={mayPay} />);

  test("that no gateway had to collect says what paid it", () => {
    expect(table({ gateway: "credit" }).rows[1]).toContain("Saldo o descuento");
    expect(table({ gateway: "somebody-new" }).rows[1]).toContain("Otro medio");
  });

  test("stand with their day, plan, state, way and amount", () => {
    expect(table().rows).toEqual([
      ["Fecha", "Plan", "Estado", "Medio", "Monto"],
      ["21-11-2026, 23:30", "Pro · mensual", "Pagado", "Mercado Pago", "$39.990"],
    ]);
    expect(table({ gateway: "paypal", currency: "USD", amount: 4_990, interval: "year" }).rows[1]).toEqual([
      "21-11-2026, 23:30",
      "Pro · anual",
      "Pagado",
      "PayPal",
      "US$49,90",
    ]);
  });

  test.each(allowed("public.payments", "status"))("%s is a state in words", (status) => {
    expect(table({ status }).rows[1]?.[2]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
  });

  test("that are open can be gone on with, by who may pay", () => {
    const open = { status: "pending", continueUrl: "https://pay.example/1" };
    expect(table(open).href("Seguir con el pago")).toBe("https://pay.example/1");
    expect(table(open, false).all("a")).toEqual([]);
  });

  test("are a lesson while there are none", () => {
    const none = seen(<PaymentsTable payments={[]} timeZone={timeZone} mayPay />);
    expect(none.text).toBe("Pagos Aún no hay pagos Aquí quedará cada pago de tu suscripción.");
    expect(none.all("table")).toEqual([]);
  });

  test.each([
    ["open", "Por pagar", "To be paid"],
    ["paid", "Pagado", "Paid"],
    ["void", "Anulado", "Void"],
    ["refunded", "Devuelto", "Refunded"],
  ] as const)("a statement that is %s says %s, and downloads under its number", (status, es, en) => {
    const invoice = {
      id: "i1",
      number: 17,
      status,
      tier: "pro",
      interval: "month",
      periodStart: new Date("2026-11-22T15:00:00Z"),
      periodEnd: new Date("2026-12-22T15:00:00Z"),
      currency: "CLP",
      total: 39_990,
    };
    const page = seen(<InvoicesTable invoices={[invoice]} timeZone={timeZone} />);
    expect(page.rows[1]).toEqual(["17", "22-11-2026 – 22-12-2026", "Pro · mensual", es, "$39.990", "PDF"]);
    expect(page.href("Descargar el detalle 17 en PDF")).toBe("/api/invoices/i1/pdf");
    const english = seen(<InvoicesTable invoices={[invoice]} timeZone={timeZone} />, { language: "en" });
    expect(english.rows[1]?.[3]).toBe(en);
  });
});

describe("what became of a payment", () => {
  const news = (
    status: string,
    { mayPay = true, continueUrl = null as string | null, endedRenewal = false } = {},
  ) =>
    seen(
      <PaymentNews
        payment={{
          id: "p",
          status,
          amount: 39_990,
          currency: "CLP",
          tier: "pro",
          interval: "month",
          continueUrl,
          endedRenewal,
        }}
        mayPay={mayPay}
      />,
    ).one("div", { role: "alert" });

  test.each(allowed("public.payments", "status"))(
    "that is %s is said at once, with its amount or its plan",
    (status) => {
      expect(news(status).text).toMatch(/plan Pro/);
      expect(news(status).text).toContain("$39.990");
    },
  );

  test("that ended the automatic payment of another plan says so", () => {
    expect(news("succeeded", { endedRenewal: true }).text).toContain("terminó tu pago automático anterior");
    expect(news("succeeded").text).not.toContain("automático");
    expect(news("failed", { endedRenewal: true }).text).not.toContain("automático");
  });

  test.each(["failed", "cancelled", "expired"])("leaves nobody before a payment that is %s", (status) => {
    expect(news(status).href("Intentar otra vez")).toBe(checkout);
    expect(news(status, { mayPay: false }).all("a")).toEqual([]);
  });

  test.each(["succeeded", "refunded", "review", "disputed", "processing"])(
    "offers no second payment when it is %s",
    (status) => {
      expect(news(status).all("a")).toEqual([]);
    },
  );

  test("warns not to pay again what somebody looks at", () => {
    expect(news("review").text).toContain("no pagues de nuevo");
    expect(news("disputed").text).toContain("Tu pago está en revisión");
  });
});

describe("automatic payment", () => {
  const renewal = {
    id: "r1",
    gateway: "flow",
    status: "active",
    amount: 39_990,
    currency: "CLP",
    methodLabel: "Visa •••• 4242" as string | null,
    nextChargeAt: new Date("2026-12-22T02:30:00Z") as Date | null,
    isEnding: false,
  };
  const card = (change: Partial<typeof renewal> | null, { mayPay = true, canRenew = true } = {}) =>
    seen(
      <RenewalCard
        renewal={change && { ...renewal, ...change }}
        subscription={{ tier: "pro", interval: "month", status: "active" }}
        timeZone={timeZone}
        mayPay={mayPay}
        canRenew={canRenew}
        action={unpressed}
      />,
    );

  test("says who collects, from which card, how much and when", () => {
    expect(card({}).facts).toEqual({
      Medio: "Flow",
      Estado: "Activo",
      Tarjeta: "Visa •••• 4242",
      "Cada período": "$39.990",
      "Próximo cobro": "21-12-2026",
    });
    expect(card({}).names("button")).toEqual(["Terminar pago automático"]);
    expect(card({}, { mayPay: false }).all("button")).toEqual([]);
  });

  test("that the gateway paused says so in words", () => {
    expect(card({ status: "paused" }).facts["Estado"]).toBe("En pausa");
    expect(card({ status: "past_due" }).facts["Estado"]).toBe("Pago atrasado");
  });

  test("that is being checked is no reason to begin another: it says so and can be ended", () => {
    const checked = card({ status: "review" });
    expect(checked.facts["Estado"]).toBe("En revisión");
    expect(checked.text).toContain("Flow puede seguir cobrando");
    expect(checked.names("button")).toEqual(["Terminar pago automático"]);
    expect(checked.all("a")).toEqual([]);
    expect(card({ status: "review", isEnding: true }).text).not.toContain("puede seguir cobrando");
    expect(card({}).text).not.toContain("puede seguir cobrando");
  });

  test("that is being ended is not ended twice", () => {
    expect(card({ isEnding: true }).facts["Estado"]).toBe("Terminándose en Flow");
    expect(card({ isEnding: true }).all("button")).toEqual([]);
  });

  test("can be begun where it is not, if anything here collects by itself", () => {
    expect(card(null).href("Activar pago automático")).toBe(checkout);
    expect(card({ status: "cancelled" }).href("Activar pago automático")).toBe(checkout);
    expect(card(null, { mayPay: false }).all("a")).toEqual([]);
    expect(card(null, { canRenew: false }).text).toBe("");
  });

  test("that another plan will end is told before it is bought", () => {
    const told = seen(<RenewalEnds gateway="flow" />).text;
    expect(told).toContain("Tu pago automático termina con esta compra");
    expect(told).toContain("Flow deja de cobrar");
  });

  test.each(allowed("public.auto_renewals", "status"))(
    "tells at once what came of setting it up: %s",
    (status) => {
      const told = seen(<RenewalNews status={status} />).one("div", { role: "alert" }).text;
      const outcome =
        { active: "activado", creating: "confirmando", pending: "confirmando", review: "en revisión" }[
          status
        ] ?? "no se activó";
      expect(told).toContain(outcome);
      if (status === "review") expect(told).not.toContain("No se cobró");
    },
  );
});
