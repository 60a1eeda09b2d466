import { describe, expect, test } from "vitest";
import { FiguresCard } from "@/components/console/figures-card";
import { HealthCard } from "@/components/console/health-card";
import { seen } from "../ui/seen";

describe("the health of the service", () => {
  const health = {
    jobsWaiting: 0,
    oldestJobSeconds: null as number | null,
    jobsRetrying: 0,
    jobsFailed: 0,
    noticesWaiting: 0,
    oldestNoticeSeconds: null,
    noticesDead: 0,
    paymentsInReview: 0,
    securityEvents24h: { warning: 3 } as Record<string, number>,
    databaseBytes: 52_428_800,
  };
  const card = (change: Partial<typeof health> = {}) =>
    seen(
      <HealthCard
        health={{ ...health, ...change }}
        gateways={[
          { id: "mercadopago", state: "degraded" },
          { id: "nowpayments", state: "paused" },
        ]}
      />,
    );
  const isAlarm = (page: ReturnType<typeof card>, label: string) => {
    const index = page.all("dt").findIndex(({ text }) => text === label);
    return page.all("dd")[index]?.all("span")[0]?.attributes["class"]?.includes("bg-danger-soft");
  };

  test("stands in words, gateways by the names that people know", () => {
    expect(card().facts).toMatchObject({
      "Trabajos en cola": "Al día",
      "Trabajos que fallan": "Ninguno",
      "Avisos sin solución": "0",
      "Seguridad, 24 horas": "0 graves, 3 advertencias",
      "Base de datos": "50 MB",
      "Pasarelas de pago": "Mercado Pago · con problemas NOWPayments · en pausa",
    });
  });

  test("asks for a person when a queue stands still for five minutes, not before", () => {
    const waiting = (seconds: number) => card({ jobsWaiting: 4, oldestJobSeconds: seconds });
    expect(waiting(299).facts["Trabajos en cola"]).toBe("4 en espera, la más antigua hace 299 s");
    expect(isAlarm(waiting(299), "Trabajos en cola")).toBe(false);
    expect(isAlarm(waiting(300), "Trabajos en cola")).toBe(true);
    const later = card({ jobsWaiting: 4, oldestJobSeconds: null });
    expect(later.facts["Trabajos en cola"]).toBe("4 para más tarde");
    expect(isAlarm(later, "Trabajos en cola")).toBe(false);
    expect(isAlarm(card({ securityEvents24h: { error: 1 } }), "Seguridad, 24 horas")).toBe(true);
    expect(isAlarm(card(), "Seguridad, 24 horas")).toBe(false);
  });

  test("asks for a person when jobs fail, though nothing waits", () => {
    const failing = card({ jobsRetrying: 12, jobsFailed: 3 });
    expect(failing.facts).toMatchObject({
      "Trabajos en cola": "Al día",
      "Trabajos que fallan": "12 por reintentar, 3 sin éxito",
    });
    for (const change of [{ jobsRetrying: 1 }, { jobsFailed: 1 }])
      expect(isAlarm(card(change), "Trabajos que fallan")).toBe(true);
    expect(isAlarm(card(), "Trabajos que fallan")).toBe(false);
  });
});

test("each figure of the dashboard says what it counts, in both languages", () => {
  for (const language of ["es", "en"] as const) {
    const page = seen(<FiguresCard />, { language });
    expect(Object.keys(page.facts)).toHaveLength(6);
  }
  expect(seen(<FiguresCard />).facts["Ingreso mensual"]).toContain("a precio de lista");
});
