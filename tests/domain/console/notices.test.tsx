import { describe, expect, test } from "vitest";
import { GatewaysCard, type GatewayView } from "@/components/console/gateways-card";
import { GatewaysChanges } from "@/components/console/gateways-changes";
import { InvariantsCard, ReconciliationCard } from "@/components/console/webhooks-checks";
import { WebhooksInbox } from "@/components/console/webhooks-inbox";
import { WebhooksTable } from "@/components/console/webhooks-table";
import { WebhooksTabs } from "@/components/console/webhooks-tabs";
import { readTableView } from "@/components/ui/table-view";
import type { Language } from "@/lib/i18n/locale";
import { allowed } from "../ui/allowed";
import { seen } from "../ui/seen";

const unpressed = () => Promise.reject(new Error("nobody pressed"));
const at = new Date("2026-11-22T02:30:00Z");
const path = "/admin/saas-management/webhooks";

describe("what gateways told us", () => {
  const row = {
    id: 7,
    gateway: "mercadopago",
    kind: "payment",
    reference: "MP-1" as string | null,
    verified_by: "signature",
    status: "done",
    attempts: 2,
    received_at: at,
    next_attempt_at: new Date("2026-11-22T15:05:00Z"),
    last_error: null as string | null,
    organization: "Óptica Vista" as string | null,
  };
  const table = (change: Partial<typeof row> = {}, language: Language = "es") =>
    seen(<WebhooksTable view={readTableView("/webhooks", {})} path={path} rows={[{ ...row, ...change }]} />, {
      language,
    });

  test("stands with who it is about, how it proved that, and what became of it", () => {
    expect(table().rows[1]).toEqual([
      "21-11-2026, 23:30 #7",
      "Mercado Pago payment",
      "MP-1 Óptica Vista",
      "Firma válida",
      "Aplicado",
      "2",
      "—",
    ]);
    expect(table().href("21-11-2026, 23:30")).toBe(`${path}/7`);
    expect(table({ reference: null, organization: null }).rows[1]?.[2]).toBe("—");
  });

  test("tells when it is tried again only while it waits", () => {
    expect(table({ status: "received", last_error: "timeout" }).rows[1]?.slice(4)).toEqual([
      "En espera",
      "2 dentro de 5 minutos",
      "timeout",
    ]);
  });

  test.each(allowed("private.webhook_events", "status"))(
    "%s is what became of a notice, in words",
    (status) => {
      for (const language of ["es", "en"] as const)
        expect(table({ status }, language).rows[1]?.[4]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
    },
  );

  test.each(allowed("private.webhook_events", "verified_by"))("%s is a proof in words", (verified_by) => {
    for (const language of ["es", "en"] as const)
      expect(table({ verified_by }, language).rows[1]?.[3]).toMatch(/^\p{Lu}[\p{L}',: ]+$/u);
  });

  const inbox = (dead: number, mayWrite = true) =>
    seen(
      <WebhooksInbox
        rows={[{ gateway: "flow", waiting: 1, dead, refused: 2, last_notice_at: null }]}
        replay={mayWrite ? unpressed : null}
      />,
    );

  test("can be asked again where it was given up, by staff who may write", () => {
    expect(inbox(3).rows[1]).toEqual(["Flow", "1", "3", "2", "—", "Repetir sin solución"]);
    expect(inbox(0).all("button")).toEqual([]);
    expect(inbox(3, false).all("button")).toEqual([]);
    expect(seen(<WebhooksInbox rows={[]} replay={unpressed} />).text).toBe("");
  });

  test("has two pages, each at its own address", () => {
    const tabs = (at: string) => seen(<WebhooksTabs />, { at }).names("a", { "aria-current": "page" });
    expect(tabs(path)).toEqual(["Avisos"]);
    expect(tabs(`${path}/reconciliation`)).toEqual(["Conciliación"]);
  });
});

describe("what must always be true", () => {
  test("holds in words, and fails with how often and where", () => {
    const rule = { name: "ledger_balances", checked_at: at };
    const page = seen(
      <InvariantsCard
        rows={[
          { ...rule, violations: 0, sample: null },
          { ...rule, name: "one_period", violations: 3, sample: "o1" },
        ]}
      />,
    );
    expect(page.rows.slice(1)).toEqual([
      ["ledger_balances", "Se cumple", "—", "21-11-2026, 23:30"],
      ["one_period", "3", "o1", "21-11-2026, 23:30"],
    ]);
    expect(seen(<InvariantsCard rows={[]} />).text).toContain("Aún no se ha comprobado");
  });

  const finding = {
    organization: "Óptica Vista" as string | null,
    paymentId: "p1" as string | null,
    reference: "MP-1" as string | null,
    theirsMinor: 40_000 as number | null,
    oursMinor: 39_990 as number | null,
    currency: "CLP",
  };
  const day = {
    gateway: "flow",
    day: "2026-11-21",
    theirs: 4,
    ours: 3,
    unanswered: 0,
    failure: null as string | null,
  };
  const kinds = [
    "theirs_not_ours",
    "ours_not_theirs",
    "amount_differs",
    "refunded_there",
    "disputed_there",
  ] as const;

  test("a night's comparison agrees, could not be made, or names each difference", () => {
    const result = (
      findings: Parameters<typeof ReconciliationCard>[0]["days"][number]["findings"],
      failure: string | null = null,
    ) => seen(<ReconciliationCard days={[{ ...day, failure, findings }]} />);
    expect(result([]).rows[1]).toEqual(["21-11-2026", "Flow", "4", "3", "0", "Coincide"]);
    expect(result([], "timeout").rows[1]?.[5]).toBe("No se pudo: timeout");
    const differs = result([{ ...finding, kind: "amount_differs" }]);
    expect(differs.rows[1]?.[5]).toBe("1 diferencia El monto es otro: Óptica Vista $40.000 / $39.990");
    expect(differs.href("Óptica Vista")).toBe("/admin/saas-management/payments/p1");
    const unknown = result([{ ...finding, kind: "theirs_not_ours", paymentId: null, oursMinor: null }]);
    expect(unknown.rows[1]?.[5]).toMatch(/nosotros no lo sabemos: MP-1 \$40\.000 \/ —$/);
    expect(seen(<ReconciliationCard days={[]} />).text).toContain("La primera se hace esta noche.");
  });

  test("every difference that the database knows has its own words in both languages", () => {
    expect([...kinds].sort()).toEqual(allowed("private.reconciliation_findings", "kind").sort());
    for (const language of ["es", "en"] as const) {
      const told = kinds.map(
        (kind) =>
          seen(<ReconciliationCard days={[{ ...day, findings: [{ ...finding, kind }] }]} />, {
            language,
          }).one("li").text,
      );
      expect(new Set(told).size).toBe(kinds.length);
      for (const text of told) expect(text).not.toMatch(/_/);
    }
  });
});

describe("a gateway", () => {
  const gateway: GatewayView = {
    id: "mercadopago",
    state: "on",
    testMode: false,
    working: {
      mode: "production",
      source: "console",
      breakerOpen: false,
      currencies: ["CLP"],
      recurring: "native",
      refunds: "sync",
      partialRefund: true,
    },
    webhookUrl: "https://opttius.cl/api/webhooks/mercadopago",
    simulator: null,
    fields: ["accessToken", "webhookSecret"],
    sets: [
      {
        mode: "production",
        hints: { accessToken: "9f3a" },
        changedAt: at.toISOString(),
        changedBy: "Ana Paz",
      },
    ],
    chosen: "production",
    answeredAt: null,
    noticedAt: at,
    open: { live: 2, test: 1 },
  };
  const actions = { save: unpressed, use: unpressed, forget: unpressed, pause: unpressed, check: unpressed };
  const card = (change: Partial<GatewayView> = {}, mayWrite = true) =>
    seen(<GatewaysCard gateway={{ ...gateway, ...change }} actions={mayWrite ? actions : null} />);

  test("tells with what it works, what it can and when it was last heard", () => {
    expect(card().facts).toMatchObject({
      Modo: "Producción",
      "Credenciales de": "Esta consola",
      "Cobro automático": "Cobra sola",
      Devoluciones: "Inmediatas, parciales también",
      "Última respuesta": "—",
      "Último aviso": "hace 12 horas",
      "Pagos abiertos": "2 reales, 1 de prueba",
    });
    expect(card({ open: { live: 1, test: 0 } }).facts["Pagos abiertos"]).toBe("1 real, 0 de prueba");
    expect(card().names("button")).toContain("Copiar la dirección para avisos");
  });

  test.each([
    ["on", "Activa"],
    ["off", "Apagada"],
    ["degraded", "Con problemas"],
    ["paused", "En pausa"],
  ] as const)("that is %s says %s at its name", (state, word) => {
    expect(card({ state }).all("h2")[0]?.text).toBe(`Mercado Pago ${word}`);
  });

  test("that is off offers nothing to pause, and in test mode is marked", () => {
    const off = card({ state: "off", working: null, testMode: true });
    expect(off.all("h2")[0]?.text).toBe("Mercado Pago Apagada Prueba");
    expect(off.text).toContain("no se ofrece ni recibe avisos");
    expect(off.names("button")).not.toContain("Pausar");
    expect(card({ state: "paused" }).names("button")).toContain("Reanudar");
  });

  test("shows staff who may only look no way to change it, and nobody a secret", () => {
    expect(card({}, false).names("button")).toEqual(["Copiar la dirección para avisos"]);
    expect(card().text).toContain("9f3a");
    expect(card().all("input", { type: "password" })).toEqual([]);
  });

  test("keeps who changed what about it, in words", () => {
    const change = { id: 1, at: at.toISOString(), gateway: "flow", kind: "gateway.mode_switched" };
    const table = (
      kind: string,
      details: Parameters<typeof GatewaysChanges>[0]["changes"][number]["details"],
    ) => seen(<GatewaysChanges changes={[{ ...change, kind, details }]} />).rows[1]?.slice(1);
    expect(table("gateway.mode_switched", { by: "Ana Paz", mode: ["sandbox", null] })).toEqual([
      "Flow",
      "Ana Paz",
      "Cambió de modo",
      "pruebas → entorno",
    ]);
    expect(table("gateway.paused", { reason: "Caída" })).toEqual(["Flow", "—", "Pausó", "Caída"]);
    expect(seen(<GatewaysChanges changes={[]} />).text).toContain("Nadie ha cambiado nada aquí");
  });
});
