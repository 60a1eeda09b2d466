import { describe, expect, test } from "vitest";
import { describeReceipt } from "@/lib/receipts";
import { aReceipt } from "./a-receipt";

const pairs = (list: readonly { label: string; value: string }[]) =>
  Object.fromEntries(list.map(({ label, value }) => [label, value]));

describe("a receipt in words", () => {
  test("names the shop, its branch, the number and the day on the branch's clock", () => {
    const receipt = describeReceipt(aReceipt(), "es");
    expect(receipt.shop).toMatchObject({
      name: "Óptica Vista",
      details: [
        "Óptica Vista SpA",
        "RUT 76.086.428-5",
        "Venta de artículos ópticos",
        "Ahumada 12, Santiago",
        "Tel. +56 9 1234 5678",
      ],
    });
    expect(pairs(receipt.facts)).toEqual({
      "N°": "00000123",
      Fecha: "21-11-2026 23:30", // two hours and a half into the 22nd, in London
      Sucursal: "Centro",
      Vendedor: "José Peña",
      Cliente: "María José Núñez Ibáñez",
      RUT: "12.345.678-5",
    });
  });

  test("says plainly that it is no tax document", () => {
    expect(describeReceipt(aReceipt(), "es").notice).toMatch(/NO TRIBUTARIO\nNO ES BOLETA/);
    expect(describeReceipt(aReceipt(), "en").notice).toMatch(/NOT FOR TAX/);
  });

  test("shows each discount, net, exempt and tax apart, and what the customer handed over", () => {
    const receipt = describeReceipt(aReceipt(), "es");
    expect(receipt.lines[0]).toEqual({
      name: "Armazón clásico",
      detail: "2 × $50.000 · ARM-1",
      discount: "Descuento 12,5 %: -$12.500",
      total: "$87.500",
    });
    expect(receipt.lines[1]).toMatchObject({ detail: "1 × $15.000 · EXA-1 · exento", discount: null });
    expect(pairs(receipt.sums)).toEqual({
      Subtotal: "$115.000",
      Descuento: "-$12.500",
      Neto: "$73.529",
      Exento: "$15.000",
      "IVA 19 %": "$13.971",
      TOTAL: "$102.500",
    });
    expect(pairs(receipt.payments)).toEqual({ Efectivo: "$50.500", Débito: "$52.500", Vuelto: "$500" });
  });

  test.each([
    [4, "+$4"],
    [-5, "-$5"],
  ])("shows a rounding of %i pesos with its sign", (cashRounding, written) => {
    const { payments } = describeReceipt(aReceipt({ cashRounding }), "es");
    expect(pairs(payments)["Redondeo Ley 20.956"]).toBe(written);
  });

  test("leaves net and tax out of a sale that is exempt", () => {
    const exempt = { gross: 15_000, discount: 0, net: 0, tax: 0, exempt: 15_000, total: 15_000 };
    expect(pairs(describeReceipt(aReceipt(exempt), "es").sums)).toEqual({
      Exento: "$15.000",
      TOTAL: "$15.000",
    });
  });

  test("is a copy once it was printed, and void once it was voided", () => {
    expect(describeReceipt(aReceipt(), "es")).toMatchObject({ copy: false, voided: null });
    const voided = { at: new Date("2026-11-22T15:00:00Z"), by: "Ana Rojas", reason: "error de digitación" };
    expect(describeReceipt(aReceipt({ prints: 1, voided }), "es")).toMatchObject({
      copy: true,
      copyMark: "COPIA",
      voided: { mark: "ANULADA", detail: "Anulada el 22-11-2026 12:00 por Ana Rojas: error de digitación" },
    });
  });

  test("does without what a shop or a sale does not have", () => {
    const bare = aReceipt({
      customer: null,
      shop: {
        ...aReceipt().shop,
        legalName: null,
        rut: null,
        activity: null,
        address: null,
        comuna: null,
        phone: null,
        footer: null,
      },
      branch: { ...aReceipt().branch, address: null, comuna: null },
    });
    const receipt = describeReceipt(bare, "es");
    expect(receipt.shop.details).toEqual([]);
    expect(receipt.facts.map(({ label }) => label)).toEqual(["N°", "Fecha", "Sucursal", "Vendedor"]);
    expect(receipt.footer).toBe("¡Gracias por tu compra!");
  });
});
