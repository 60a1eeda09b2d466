import type { Receipt } from "@/lib/receipts";

/** A sale of two lines with everything on it that a receipt can have; change what a test is about. */
export function aReceipt(change: Partial<Receipt> = {}): Receipt {
  return {
    orderId: "0b1f0f5e-6f0c-4f5b-9a51-0d7c1f7b2f11",
    number: 123,
    prints: 0,
    voided: null,
    shop: {
      name: "Óptica Vista",
      legalName: "Óptica Vista SpA",
      rut: "76086428-5",
      activity: "Venta de artículos ópticos",
      address: "Av. Providencia 1234",
      comuna: "Providencia",
      phone: "+56912345678",
      footer: "Garantía de 6 meses",
      logo: null,
    },
    branch: {
      name: "Centro",
      address: "Ahumada 12",
      comuna: "Santiago",
      phone: null,
      timeZone: "America/Santiago",
    },
    soldAt: new Date("2026-11-22T02:30:00Z"),
    sellerName: "José Peña",
    customer: { name: "María José Núñez Ibáñez", rut: "12345678-5" },
    lines: [
      {
        name: "Armazón clásico",
        sku: "ARM-1",
        quantity: 2,
        unitPrice: 50_000,
        discountBp: 1_250,
        discount: 12_500,
        total: 87_500,
        taxKind: "taxable",
      },
      {
        name: "Examen de la vista",
        sku: "EXA-1",
        quantity: 1,
        unitPrice: 15_000,
        discountBp: 0,
        discount: 0,
        total: 15_000,
        taxKind: "exempt",
      },
    ],
    gross: 115_000,
    discount: 12_500,
    net: 73_529,
    tax: 13_971,
    exempt: 15_000,
    total: 102_500,
    cashRounding: 0,
    change: 500,
    payments: [
      { method: "cash", amount: 50_000, handedOver: 50_500 },
      { method: "debit", amount: 52_500, handedOver: null },
    ],
    ...change,
  };
}
