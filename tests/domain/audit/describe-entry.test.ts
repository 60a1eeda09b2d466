import { describe, expect, test } from "vitest";
import { type AuditEntry, auditActions, describeEntry } from "@/lib/audit";
import { translatorFor } from "@/lib/i18n/translator";

const branch = "11111111-1111-4111-8111-111111111111";
const stranger = "22222222-2222-4222-8222-222222222222";
const teller = {
  words: translatorFor("es"),
  timeZone: "Pacific/Easter",
  locale: "es-CL",
  names: new Map([[branch, "Centro"]]),
};
const tell = (fields: Partial<AuditEntry>) =>
  describeEntry(
    {
      seq: 1,
      at: new Date("2026-11-22T17:05:00Z"),
      actorName: "Felipe Rojas",
      via: "shop",
      action: "customers.updated",
      objectType: "customers",
      objectId: stranger,
      reason: null,
      changes: {},
      ...fields,
    },
    teller,
  );

describe("an act of the trail, told for people", () => {
  test("names changed fields where no values are kept", () => {
    expect(tell({ changes: { phone: true, birth_on: true } })).toMatchObject({
      sentence: "cambió un cliente",
      details: ["Cambió: teléfono, fecha de nacimiento"],
      href: `/customers/${stranger}`,
    });
  });

  test("says what was before and what is after, in the shop's words", () => {
    const changes = {
      role: ["cashier", "seller"],
      status: ["active", "removed"],
      name: [null, "Nueva"],
      tier: ["pro", "pro"],
      granted: [],
    };
    expect(tell({ action: "member.updated", changes }).details).toEqual([
      "rol: Caja → Ventas",
      "estado: Activo → Retirado",
      "nombre: vacío → Nueva",
    ]);
  });

  test("writes pesos, shares, instants on the branch's clock, and yes or no", () => {
    const changes = {
      total: 12990,
      discountBp: 1500,
      archived_at: [null, "2026-11-22T17:05:00+00:00"],
      allBranches: true,
      trial: false,
    };
    expect(tell({ action: "member.updated", changes }).details).toEqual([
      "total: $12.990",
      "descuento: 15 %",
      "archivado: vacío → 22-11-2026, 12:05",
      "todas las sucursales: sí",
      "prueba: no",
    ]);
  });

  test("names the pesos of an approved discount, and the drawer that gave money back", () => {
    expect(
      tell({ action: "discount.approved", changes: { discountBp: 5000, discount: 200000 } }).details,
    ).toEqual(["descuento: 50 %", "monto del descuento: $200.000"]);
    expect(tell({ action: "order.voided", changes: { cash: 3990, drawer: "Ana Paz" } }).details).toEqual([
      "efectivo: $3.990",
      "caja: Ana Paz",
    ]);
  });

  test("tells that a receipt went out by mail, and roughly where to", () => {
    expect(
      tell({
        action: "order.receipt_mailed",
        objectType: "orders",
        changes: { receiptNumber: 12, email: "m…@correo.cl" },
      }),
    ).toMatchObject({
      sentence: "envió un comprobante por correo",
      details: ["comprobante: 12", "correo: m…@correo.cl"],
      href: `/orders/${stranger}`,
    });
  });

  test("tells the parts of a count that are not nothing", () => {
    expect(
      tell({ changes: { counted: { cash: 20000, debit: 0, credit: 5000 }, expected: { cash: 0 } } }).details,
    ).toEqual(["contado: efectivo $20.000, crédito $5.000", "esperado: vacío"]);
  });

  test("puts names to ids, and keeps silent about those that have none", () => {
    expect(
      tell({ changes: { branch, payment: stranger, branches: [branch], granted: ["orders.void"] } }).details,
    ).toEqual(["sucursal: Centro", "sucursales: Centro", "permisos agregados: Anular ventas"]);
  });

  test("shows what it has no words for under its own name", () => {
    expect(tell({ action: "lens.ground", objectType: "lenses", changes: { sphere: -1 } })).toMatchObject({
      sentence: "lens.ground",
      details: ["sphere: -1"],
      href: null,
    });
  });

  test.each(["es", "en"] as const)("every act that a person can filter by has its words (%s)", (language) => {
    const words = translatorFor(language);
    const missing = Object.entries(auditActions).flatMap(([object, actions]) =>
      [`activity.objects.${object}`, ...actions.map((action) => `activity.actions.${action}`)].filter(
        (key) => !words.has(key),
      ),
    );
    expect(missing).toEqual([]);
  });
});
