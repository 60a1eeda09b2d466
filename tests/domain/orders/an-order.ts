import type { Order, OrderRow } from "@/lib/sales";

type Item = Order["items"][number];
type Payment = Order["payments"][number];

export const anItem = (fields: Partial<Item> = {}): Item => ({
  id: "i1",
  productId: "p1",
  productName: "Lenga",
  sku: "LEN-1",
  quantity: 2,
  unitPrice: 50_000,
  discountBp: 0,
  discount: 0,
  total: 100_000,
  taxKind: "taxable",
  ...fields,
});

export const aPayment = (fields: Partial<Payment> = {}): Payment => ({
  id: fields.method ?? "cash",
  kind: "payment",
  method: "cash",
  amount: 100_000,
  handedOver: null,
  at: new Date("2026-11-22T02:30:00Z"),
  ...fields,
});

/** A sale of one line, paid in cash to the peso by nobody in particular; change what a test is about. */
export function anOrder(fields: Partial<Order> = {}): Order {
  return {
    id: "o1",
    receiptNumber: 123,
    status: "completed",
    branchId: "b1",
    branchName: "Centro",
    branchArchivedAt: null,
    timeZone: "America/Santiago",
    customerId: null,
    customerName: null,
    soldByName: "Felipe Rojas",
    cashSessionId: null,
    gross: 100_000,
    discount: 0,
    net: 84_034,
    tax: 15_966,
    exempt: 0,
    total: 100_000,
    cashRounding: 0,
    change: 0,
    note: null,
    prints: 0,
    voidedAt: null,
    voidedByName: null,
    voidReason: null,
    approvedAt: null,
    approvedByName: null,
    approvedDiscountBp: null,
    approvedDiscount: null,
    soldAt: new Date("2026-11-22T02:30:00Z"),
    items: [anItem()],
    payments: [aPayment()],
    movements: null,
    ...fields,
  };
}

/** The same as a line of the list. */
export const anOrderRow = (fields: Partial<OrderRow> = {}): OrderRow => ({
  id: "o1",
  receiptNumber: 123,
  status: "completed",
  branchName: "Centro",
  timeZone: "America/Santiago",
  customerName: "María José Núñez",
  soldByName: "Felipe Rojas",
  itemCount: 3,
  total: 12_990,
  soldAt: new Date("2026-11-22T02:30:00Z"),
  ...fields,
});
