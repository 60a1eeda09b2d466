import { describe, expect, test } from "vitest";
import { DayFigures } from "@/components/home/day-figures";
import { DrawerCard } from "@/components/home/drawer-card";
import { HoursCard } from "@/components/home/hours-card";
import { LowStockCard } from "@/components/home/low-stock-card";
import { SalesCard } from "@/components/home/sales-card";
import { TendersCard } from "@/components/home/tenders-card";
import type { Day, LastSale } from "@/lib/analytics";
import { markup, shown } from "./shown";

const day = (fields: Partial<Day> = {}): Day => ({
  today: { total: 300_000, tickets: 4, units: 9 },
  before: { total: 200_000, tickets: 5, units: 9 },
  hours: [],
  tenders: { cash: 0, debit: 0, credit: 0, transfer: 0 },
  lastSales: [],
  ...fields,
});

const sale = (fields: Partial<LastSale> = {}): LastSale => ({
  id: "5d3c2c5e-6a9e-4d05-8f3e-0a6f7b1f2c3d",
  receiptNumber: 3302,
  status: "completed",
  customerName: "María José Núñez",
  soldByName: "Felipe Rojas",
  branchName: "Hanga Roa",
  timeZone: "Pacific/Easter",
  total: 12_990,
  at: "2026-11-23T02:30:00Z",
  ...fields,
});

describe("the figures of a day", () => {
  test("stand beside those of the same weekday, up, down and unchanged", () => {
    const text = shown(<DayFigures day={day()} weekday="domingo" currency="CLP" />);
    expect(text).toContain("Ventas de hoy $300.000 +50% vs. domingo pasado");
    expect(text).toContain("Transacciones 4 −20% vs. domingo pasado");
    expect(text).toContain("Venta promedio $75.000 +88% vs. domingo pasado");
    expect(text).toContain("Unidades vendidas 9 Igual que el domingo pasado");
  });

  test("say it when there is nothing to compare with, and divide nothing by nothing", () => {
    const none = { total: 0, tickets: 0, units: 0 };
    const text = shown(
      <DayFigures day={day({ today: none, before: none })} weekday="lunes" currency="CLP" />,
    );
    expect(text).toContain("Venta promedio $0 Sin ventas el lunes pasado");
    expect(text).not.toMatch(/NaN|Infinity/);
  });

  test("speak English", () => {
    expect(shown(<DayFigures day={day()} weekday="Sunday" currency="CLP" />, "en")).toContain(
      "Sales today $300,000 +50% vs. last Sunday",
    );
  });
});

describe("the hours of a day", () => {
  const hours = [
    { hour: 8, total: 10_000, tickets: 1 },
    { hour: 21, total: 30_000, tickets: 2 },
  ];

  test("are a drawing whose figures can be heard, widened by early and late sales", () => {
    const text = shown(<HoursCard hours={hours} maySell />);
    expect(text).toContain("08 : $10.000, 1 venta");
    expect(text).toContain("12 : $0, 0 ventas");
    expect(text).toContain("21 : $30.000, 2 ventas");
    expect(text).not.toContain("22 : $0");
  });

  test("lead to the till while there is none, for who may sell", () => {
    expect(markup(<HoursCard hours={[]} maySell />)).toContain('href="/pos"');
    expect(markup(<HoursCard hours={[]} maySell={false} />)).not.toContain('href="/pos"');
  });
});

describe("the other cards", () => {
  test("tell sales on the clock of their branch, voided ones too", () => {
    const text = shown(
      <SalesCard sales={[sale(), sale({ id: "other", customerName: null, status: "voided" })]} showsBranch />,
    );
    expect(text).toContain("María José Núñez N° 3302 · Hanga Roa $12.990 21:30");
    expect(text).toContain("Sin cliente Anulada");
    expect(shown(<SalesCard sales={[sale()]} showsBranch={false} />)).toContain("Felipe Rojas");
    expect(shown(<SalesCard sales={[]} showsBranch />)).toContain("Las ventas aparecerán aquí.");
  });

  test("draw tenders in proportion, and money that went back as nothing", () => {
    const tenders = { cash: 50_000, debit: 100_000, credit: 0, transfer: -10_000 };
    const html = markup(<TendersCard amounts={tenders} />);
    expect([...html.matchAll(/--share:([\d.]+)/g)].map(([, share]) => Number(share))).toEqual([0.5, 1, 0, 0]);
    expect(shown(<TendersCard amounts={{ cash: 0, debit: 0, credit: 0, transfer: 0 }} />)).toContain(
      "Sin pagos todavía.",
    );
  });

  test("say how many are left, and how many more there are", () => {
    const products = [
      { id: "a", name: "Lenga", sku: "L", quantity: 0, lowStockAt: 2 },
      { id: "b", name: "Quisco", sku: "Q", quantity: 1, lowStockAt: 2 },
      { id: "c", name: "Duna", sku: "D", quantity: -1, lowStockAt: 2 },
    ];
    const text = shown(<LowStockCard low={{ count: 8, products }} />);
    expect(text).toContain("Lenga agotado Quisco queda 1 Duna agotado y 5 más");
    expect(shown(<LowStockCard low={{ count: 0, products: [] }} />)).toContain("Todo está sobre su mínimo.");
  });

  test("ask for the drawer to be opened, or lead to it", () => {
    const card = { openDrawers: null, maySell: true, timeZone: "America/Santiago" };
    const closed = shown(<DrawerCard drawer={null} {...card} />);
    expect(closed).toContain("Cerrada");
    expect(closed).toContain("Abrir caja");
    const drawer = { id: "x", openedAt: "2026-11-22T13:05:00Z" };
    const open = shown(<DrawerCard drawer={drawer} {...card} openDrawers={2} />);
    expect(open).toContain("Abierta desde las 10:05 .");
    expect(open).toContain("2 cajas abiertas en la sucursal");
    expect(shown(<DrawerCard drawer={drawer} {...card} maySell={false} />)).not.toContain("Vender");
  });
});
