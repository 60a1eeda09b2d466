import { describe, expect, test } from "vitest";
import { PaymentsActions } from "@/components/console/payments-actions";
import { PaymentsApprovals } from "@/components/console/payments-approvals";
import { PaymentsCard } from "@/components/console/payments-card";
import { PaymentsFacts, PaymentsNames } from "@/components/console/payments-facts";
import { PaymentsRefunds } from "@/components/console/payments-refunds";
import { PaymentsReview } from "@/components/console/payments-review";
import { PaymentsTable } from "@/components/console/payments-table";
import { PaymentsTotals } from "@/components/console/payments-totals";
import { readTableView } from "@/components/ui/table-view";
import type { Language } from "@/lib/i18n/locale";
import { allowed } from "../ui/allowed";
import { seen } from "../ui/seen";

const unpressed = () => Promise.reject(new Error("nobody pressed"));
const path = "/admin/saas-management/payments";
const at = "2026-11-22T02:30:00Z";

const row = {
  id: "p1",
  organization: "Óptica Vista",
  payer_email: "carolina@vista.cl",
  gateway: "mercadopago",
  status: "succeeded",
  amount: 39_990,
  currency: "CLP",
  refunded_amount: 0,
  test_mode: false,
  reference: "ours-1" as string | null,
  gateway_reference: "MP-1" as string | null,
  created_at: new Date(at),
};

describe("the payments of all shops", () => {
  const table = (change: Partial<typeof row> = {}, language: Language = "es") =>
    seen(<PaymentsTable view={readTableView("/payments", {})} path={path} rows={[{ ...row, ...change }]} />, {
      language,
    });
  const cells = (change: Partial<typeof row>) => table(change).rows[1];

  test("are told on Santiago's clock by the gateway's own name", () => {
    expect(table().rows).toEqual([
      ["Óptica", "Fecha", "Pasarela", "Referencia", "Estado", "Devuelto", "Monto"],
      [
        "Óptica Vista carolina@vista.cl",
        "21-11-2026, 23:30",
        "Mercado Pago",
        "MP-1",
        "Pagado",
        "—",
        "$39.990",
      ],
    ]);
    expect(table().href("Óptica Vista")).toBe(`${path}/p1`);
  });

  test("that moved no money say so, and gifts are no gateway", () => {
    expect(cells({ test_mode: true })?.[2]).toBe("Mercado Pago Prueba");
    expect(cells({ gateway: "credit" })?.[2]).toBe("Regalo");
  });

  test("keep the name that is known, and the money that went back", () => {
    expect(cells({ gateway_reference: null })?.[3]).toBe("ours-1");
    expect(cells({ gateway_reference: null, reference: null })?.[3]).toBe("—");
    expect(cells({ refunded_amount: 10_000, status: "partially_refunded" })?.slice(4, 6)).toEqual([
      "Devuelto en parte",
      "$10.000",
    ]);
    expect(cells({ currency: "EUR", amount: 1_250 })?.[6]).toBe("1250 EUR");
  });

  test.each(allowed("public.payments", "status"))(
    "%s is a word in both languages, never the code",
    (status) => {
      expect(table({ status }).rows[1]?.[4]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
      expect(table({ status }, "en").rows[1]?.[4]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
    },
  );

  test("come to a sum in each currency, test money never among the real", () => {
    const sum = { payments: 4, paid_payments: 3, paid_amount: 119_970, refunded_amount: 19_990 };
    const totals = seen(
      <PaymentsTotals
        totals={[
          { ...sum, currency: "CLP", test_mode: false },
          { ...sum, currency: "USD", test_mode: true },
        ]}
      />,
    ).one("section", { "aria-label": "Totales del filtro" });
    expect(totals.text).toContain("CLP, neto $99.980 3 pagados de 4; devuelto $19.990");
    expect(totals.text).toContain("USD, neto de prueba Prueba US$999,80");
    expect(seen(<PaymentsTotals totals={[]} />).text).toBe("");
  });

  test("of one organization name the gateway as people know it", () => {
    const card = (gateway: string) =>
      seen(<PaymentsCard payments={[{ ...row, gateway, created_at: at }]} />).rows[1];
    expect(card("mercadopago")).toEqual(["21-11-2026, 23:30", "Mercado Pago", "Pagado", "$39.990"]);
    expect(card("credit")?.[1]).toBe("Regalo");
    expect(seen(<PaymentsCard payments={[]} />).text).toContain("Sin pagos");
  });
});

describe("money that needs two people", () => {
  const asked = {
    kind: "refund" as const,
    id: "w1",
    payment_id: "p1",
    organization: "Óptica Vista",
    amount: 500_000,
    currency: "CLP",
    reason: "Cobro doble",
    asked_by: "Rodrigo Díaz" as string | null,
    asked_by_me: false,
    asked_at: new Date(at),
    test_mode: false,
  };
  const approvals = (change: Partial<typeof asked> = {}, mayWrite = true) =>
    seen(
      <PaymentsApprovals
        path={path}
        waiting={[{ ...asked, ...change }]}
        approve={mayWrite ? unpressed : null}
      />,
    );

  test("is said yes or no to by somebody else than asked", () => {
    expect(approvals().names("button")).toEqual(["Aprobar", "Rechazar"]);
    expect(approvals().text).toContain("Devolución Pedido por Rodrigo Díaz: Cobro doble");
    const mine = approvals({ asked_by_me: true });
    expect(mine.all("button")).toEqual([]);
    expect(mine.text).toContain("Lo pediste tú: debe aprobarlo otra persona.");
    expect(approvals({}, false).all("button")).toEqual([]);
  });

  test("names nobody whom the trail does not know, and is absent while nothing waits", () => {
    expect(approvals({ asked_by: null }).text).toContain("Pedido por alguien");
    expect(seen(<PaymentsApprovals path={path} waiting={[]} approve={unpressed} />).text).toBe("");
  });

  const refund = {
    id: "r1",
    amount: 10_000,
    currency: "CLP",
    status: "awaiting_approval",
    reason: "Cobro doble",
    requestedBy: "Rodrigo Díaz",
    requestedByMe: false,
    createdAt: at,
    decision: null as { approved: boolean; by: string | null; reason: string | null } | null,
  };
  const refunds = (change: Partial<typeof refund> = {}, byHand: string | null = null) =>
    seen(<PaymentsRefunds refunds={[{ ...refund, ...change }]} approve={unpressed} byHand={byHand} />);

  test("waits beside the refund that asks for it, and no longer once that is decided", () => {
    expect(refunds().one("li").name).toMatch(
      /^\$10\.000 Espera aprobación .* Rodrigo Díaz: Cobro doble Aprobar Rechazar$/,
    );
    const done = refunds({
      status: "succeeded",
      decision: { approved: true, by: "Ana Paz", reason: "Visto" },
    });
    expect(done.text).toContain("Aprobó Ana Paz: Visto");
    expect(done.all("button")).toEqual([]);
    const declined = refunds({ status: "cancelled", decision: { approved: false, by: null, reason: null } });
    expect(declined.text).toContain("Rechazó alguien");
  });

  test.each(allowed("public.refunds", "status"))("a refund that is %s says so in words", (status) => {
    expect(refunds({ status }).one("li").text).not.toContain(status);
  });

  test("goes back by hand where the gateway gives nothing back", () => {
    expect(refunds({}, "NOWPayments").text).toContain("NOWPayments no devuelve dinero desde aquí");
    expect(refunds().text).not.toContain("no devuelve dinero");
  });
});

describe("a payment that is not the money we asked for", () => {
  const decision = {
    id: "d1",
    status: "awaiting_approval",
    amount: 20_000,
    currency: "CLP",
    reason: "Coincide",
    by: "Rodrigo",
    byMe: true,
  };
  const review = (status = "review", decisions: (typeof decision)[] = [], mayWrite = true) =>
    seen(
      <PaymentsReview
        payment={{ id: "p1", status, currency: "CLP", reason: "monto distinto" }}
        received={{ amount: 20_000, currency: "CLP" }}
        decisions={decisions}
        resolve={mayWrite ? unpressed : null}
        approve={mayWrite ? unpressed : null}
      />,
    );

  test("asks staff who may write to decide, and tells the others why it waits", () => {
    expect(review().names("button")).toEqual(["Aceptar", "No aceptar"]);
    expect(review("review", [], false).text).toMatch(
      /^En revisión: monto distinto Llegó dinero que no es el que pedimos/,
    );
    expect(review("review", [], false).all("button")).toEqual([]);
    expect(review("succeeded").text).toBe("");
  });

  test("waits for somebody else once one person decided", () => {
    const waiting = review("review", [decision]);
    expect(waiting.text).toContain("$20.000 · Pedido por Rodrigo: Coincide");
    expect(waiting.text).toContain("debe aprobarlo otra persona");
    expect(waiting.all("button")).toEqual([]);
  });
});

describe("what is known of a payment", () => {
  const payment = {
    ...row,
    created_at: at,
    tier_code: "pro",
    tier_version: 2,
    billing_interval: "year" as const,
    reason: null,
    gateway_status: "approved",
    checked_at: null,
    expires_at: at,
    paid_at: at,
    auto_renewal_id: "a1" as string | null,
  };
  const names = [
    { kind: "payment", value: "MP-1", refundId: null },
    { kind: "refund", value: "MP-2", refundId: "r1" },
  ];
  const detail = {
    payment,
    openedBy: null as string | null,
    received: { amount: 40_000, currency: "CLP" },
    names,
  };

  test("stands in words, with what was received where it was another sum", () => {
    const facts = seen(<PaymentsFacts detail={detail} />).facts;
    expect(facts).toMatchObject({
      Monto: "$39.990",
      Recibido: "$40.000",
      Plan: "Pro, versión 2, anual",
      "Abierto por": "Cobro automático",
      Pagado: "21-11-2026, 23:30",
      "La pasarela respondió": "—",
      Motivo: "—",
    });
    expect(seen(<PaymentsFacts detail={{ ...detail, received: null }} />).facts).not.toHaveProperty(
      "Recibido",
    );
    expect(seen(<PaymentsFacts detail={{ ...detail, openedBy: "Carolina" }} />).facts["Abierto por"]).toBe(
      "Carolina",
    );
  });

  test("can be asked after by each of its names", () => {
    const page = seen(<PaymentsNames detail={detail} />);
    expect(page.facts).toEqual({ payment: "MP-1", "refund · de una devolución": "MP-2" });
    expect(page.names("button")).toEqual(["Copiar", "Copiar"]);
    expect(seen(<PaymentsNames detail={{ ...detail, names: [] }} />).text).toContain("aún no le dio nombre");
  });

  test("offers to ask and to give back only what can be", () => {
    const acts = (askable: boolean, refundable: { amount: number; currency: string } | null) =>
      seen(
        <PaymentsActions
          paymentId="p1"
          refundable={refundable}
          payerAccepts={null}
          orderKey="k"
          askable={askable}
          ask={unpressed}
          refund={unpressed}
        />,
      ).names("button");
    expect(acts(true, { amount: 1, currency: "CLP" })).toEqual(["Preguntar ahora", "Devolver"]);
    expect(acts(true, null)).toEqual(["Preguntar ahora"]);
    expect(acts(false, { amount: 1, currency: "EUR" })).toEqual([]);
  });
});
