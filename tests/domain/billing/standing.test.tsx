import { describe, expect, test } from "vitest";
import { CancelCard } from "@/components/billing/cancel-card";
import { StandingAlert } from "@/components/billing/standing-alert";
import { SubscriptionBanner } from "@/components/identity/subscription-banner";
import type { Language } from "@/lib/i18n/locale";
import type { SubscriptionNews } from "@/lib/subscriptions";
import { seen } from "../ui/seen";

const unpressed = () => Promise.reject(new Error("nobody pressed"));
const timeZone = "America/Santiago";
const checkout = "/billing/checkout?tier=pro&interval=month";

describe("the strip above every page", () => {
  const strip = (news: SubscriptionNews, mayPay = true, language: Language = "es") =>
    seen(<SubscriptionBanner news={news} mayPay={mayPay} />, { language });

  test.each([
    [0, "Tu prueba termina hoy. Elegir plan"],
    [1, "Te queda 1 día de prueba. Elegir plan"],
    [9, "Te quedan 9 días de prueba. Elegir plan"],
  ])("counts the last %i days of a trial", (days, text) => {
    expect(strip({ kind: "trial", days }).text).toBe(text);
    expect(strip({ kind: "trial", days }).href("Elegir plan")).toBe("/billing");
  });

  test.each(["readOnly", "pastDue", "grace", "suspended"] as const)(
    "when the shop is %s leads to the way out who may pay, and tells the others no more than the fact",
    (kind) => {
      expect(strip({ kind }).href("Ver suscripción")).toBe("/billing");
      expect(strip({ kind }, true, "en").href("See subscription")).toBe("/billing");
      const told = strip({ kind }, false);
      expect(told.all("a")).toEqual([]);
      expect(told.text.length).toBeGreaterThan(30);
    },
  );

  test("says four different things for four states", () => {
    const kinds = ["readOnly", "pastDue", "grace", "suspended"] as const;
    expect(new Set(kinds.map((kind) => strip({ kind }).text)).size).toBe(4);
  });
});

describe("what stands before the shop", () => {
  const subscription = {
    status: "active",
    tier: "pro",
    interval: "month",
    trialEndsAt: new Date("2026-11-25T15:00:00Z"),
    currentPeriodEnd: new Date("2026-12-24T15:00:00Z"),
    cancelAtPeriodEnd: false,
    endedByStaff: false,
    suspendsAt: new Date("2026-12-08T02:00:00Z"),
    next: null as { tier: string; interval: string } | null,
  };
  const alert = (change: Partial<typeof subscription>, { mayPay = true, suspended = false } = {}) =>
    seen(
      <StandingAlert
        subscription={{ ...subscription, ...change }}
        paidTimeLeft={null}
        suspended={suspended}
        timeZone={timeZone}
        mayPay={mayPay}
        actions={{ resume: unpressed, plan: unpressed }}
      />,
    );

  test("of a shop that was ended with paid time left says that it runs again", () => {
    const ended = seen(
      <StandingAlert
        subscription={null}
        paidTimeLeft={{ tier: "pro", until: new Date("2027-03-01T02:00:00Z") }}
        suspended={false}
        timeZone={timeZone}
        mayPay
        actions={{ resume: unpressed, plan: unpressed }}
      />,
    );
    expect(ended.text).toContain("Te queda tiempo pagado del plan Pro, hasta el 28-02-2027");
  });

  test("is nothing while it is paid", () => {
    expect(alert({}).text).toBe("");
    expect(alert({ status: "trialing" }).text).toBe("");
  });

  test("is a debt with its last day, on the shop's calendar, and the way to pay it", () => {
    const due = alert({ status: "past_due" });
    expect(due.text).toContain("Falta el pago de este período");
    expect(due.text).toContain("Paga antes del 07-12-2026 para que nada se interrumpa.");
    expect(due.href("Pagar ahora")).toBe(checkout);
    expect(alert({ status: "past_due" }, { mayPay: false }).all("a")).toEqual([]);
  });

  test("is the day of the suspension once the time of grace runs", () => {
    expect(alert({ status: "grace" }).text).toMatch(/^Tu óptica se suspende el 07-12-2026/);
    expect(alert({ status: "grace" }).href("Pagar ahora")).toBe(checkout);
  });

  test.each(["expired", "pending_payment", "suspended"])(
    "asks for a plan when it is %s, and keeps the data",
    (status) => {
      expect(alert({ status }).text).toMatch(/^Elige un plan para seguir Puedes mirar y exportar todo/);
    },
  );

  test("says first that the shop itself was suspended", () => {
    expect(alert({ status: "grace" }, { suspended: true }).text).toMatch(
      /^Tu óptica está suspendida Tus datos siguen/,
    );
  });

  test("is an end that was asked for, which who may pay can take back", () => {
    const ending = alert({ cancelAtPeriodEnd: true });
    expect(ending.text).toMatch(/^Tu suscripción termina el 24-12-2026/);
    expect(ending.names("button")).toEqual(["Seguir con Opttius"]);
    expect(alert({ cancelAtPeriodEnd: true }, { mayPay: false }).all("button")).toEqual([]);
    expect(alert({ cancelAtPeriodEnd: true, status: "trialing" }).text).toContain("termina el 25-11-2026");
  });

  test("is an end that staff ordered, which nobody takes back with a click: the way on is to pay", () => {
    const ending = alert({ cancelAtPeriodEnd: true, endedByStaff: true });
    expect(ending.text).toMatch(/^Tu suscripción termina el 24-12-2026 ?Lo terminó el equipo de Opttius/);
    expect(ending.all("button")).toEqual([]);
    expect(ending.href("Pagar ahora")).toBe(checkout);
  });

  test("is a smaller plan that was noted, with the way to keep the present one", () => {
    const next = alert({ next: { tier: "basic", interval: "year" } });
    expect(next.text).toBe("Plan Básico, anual Desde entonces: 24-12-2026 Quedarme con mi plan");
    expect(next.one("input", { name: "tier" }).attributes["value"]).toBe("pro");
    expect(alert({ next: { tier: "basic", interval: "year" } }, { mayPay: false }).all("form")).toEqual([]);
  });

  test("may be left by a button that asks first, and only while there is something to leave", () => {
    const leave = (change: Partial<typeof subscription>) =>
      seen(
        <CancelCard subscription={{ ...subscription, ...change }} timeZone={timeZone} action={unpressed} />,
      );
    expect(leave({}).names("button", { "aria-haspopup": "dialog" })).toEqual(["Cancelar suscripción"]);
    expect(leave({ cancelAtPeriodEnd: true }).text).toBe("");
  });
});
