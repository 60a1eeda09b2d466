import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { getDay, getDesk } from "@/lib/analytics";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

interface HandMadeSale {
  at: string;
  /** The branch's calendar day. */
  date: string;
  total: number;
  units?: number;
  method?: string;
  branch?: string;
  status?: "completed" | "voided";
}

let numbers = 0;

/** Writes a sale as the migration role, at a moment of the test's choosing. */
async function sale(
  shop: Shop,
  { at, date, total, units = 1, method = "debit", branch = shop.branch, status = "completed" }: HandMadeSale,
) {
  await committed(async (db) => {
    const id = randomUUID();
    await db.insert("public.orders", {
      organization_id: shop.id,
      id,
      branch_id: branch,
      receipt_number: ++numbers,
      status,
      member_id: shop.seller.memberId,
      sold_by_name: shop.seller.name,
      business_date: date,
      item_count: units,
      gross: total,
      discount: 0,
      net: total,
      tax: 0,
      exempt: 0,
      total,
      idempotency_key: randomUUID(),
      request_hash: Buffer.from("00", "hex"),
      voided_at: status === "voided" ? at : null,
      void_reason: status === "voided" ? "prueba" : null,
      created_at: at,
    });
    await db.insert("public.order_payments", {
      organization_id: shop.id,
      branch_id: branch,
      order_id: id,
      method,
      amount: total,
      created_at: at,
    });
  });
}

/** Sunday 22 November 2026, 23:45 in Santiago: already Monday in UTC. */
const now = new Date("2026-11-23T02:45:00Z");

async function aHandMadeDay(): Promise<void> {
  await sale(vista, { at: "2026-11-22T13:05:00Z", date: "2026-11-22", total: 10_000, method: "cash" }); // 10:05
  await sale(vista, { at: "2026-11-22T13:40:00Z", date: "2026-11-22", total: 30_000, units: 3 }); // 10:40
  await sale(vista, { at: "2026-11-23T02:30:00Z", date: "2026-11-22", total: 5_000, method: "transfer" }); // 23:30
  await sale(vista, { at: "2026-11-22T14:00:00Z", date: "2026-11-22", total: 99_000, status: "voided" });
  await sale(vista, { at: "2026-11-22T02:30:00Z", date: "2026-11-21", total: 70_000 }); // yesterday, 23:30
  await sale(vista, { at: "2026-11-15T14:00:00Z", date: "2026-11-15", total: 20_000 }); // last Sunday, 11:00
  await sale(vista, { at: "2026-11-16T02:50:00Z", date: "2026-11-15", total: 40_000 }); // last Sunday, 23:50
  await sale(vista, {
    at: "2026-11-22T18:00:00Z",
    date: "2026-11-22",
    total: 8_000,
    branch: vista.secondBranch,
  });
  await sale(lumina, { at: "2026-11-22T18:00:00Z", date: "2026-11-22", total: 777_000 });
}

describe("the day of a branch", () => {
  test("counts the sale of 23:30 that is already tomorrow in UTC, and no voided one", async () => {
    await aHandMadeDay();
    const day = await getDay(await atWork(vista.seller), [vista.branch], now);
    expect(day.today).toEqual({ total: 45_000, tickets: 3, units: 5 });
    expect(day.hours).toEqual([
      { hour: 10, total: 40_000, tickets: 2 },
      { hour: 23, total: 5_000, tickets: 1 },
    ]);
    expect(day.tenders).toEqual({ cash: 10_000, debit: 30_000, credit: 0, transfer: 5_000 });
    expect(day.lastSales.map(({ total }) => total)).toEqual([5_000, 99_000, 30_000, 10_000, 70_000, 40_000]);
  });

  test("is compared with the same weekday until the same time of day", async () => {
    await aHandMadeDay();
    const member = await atWork(vista.seller);
    expect((await getDay(member, [vista.branch], now)).before).toEqual({
      total: 20_000,
      tickets: 1,
      units: 1,
    });
    const later = new Date("2026-11-23T02:55:00Z");
    expect((await getDay(member, [vista.branch], later)).before.total).toBe(60_000);
  });

  test("adds branches up, each on its own clock", async () => {
    await aHandMadeDay();
    await database().owner.query("update public.branches set time_zone = 'Pacific/Easter' where id = $1", [
      vista.secondBranch,
    ]);
    // 22:30 on Easter Island on the day that Santiago has already left.
    await sale(vista, {
      at: "2026-11-23T03:30:00Z",
      date: "2026-11-22",
      total: 2_000,
      branch: vista.secondBranch,
    });
    const afterMidnight = new Date("2026-11-23T03:40:00Z");
    const owner = await atWork(vista.owner);
    const day = await getDay(owner, [vista.branch, vista.secondBranch], afterMidnight);
    expect(day.today).toMatchObject({ total: 10_000, tickets: 2 });
    expect(day.hours.at(-1)).toEqual({ hour: 22, total: 2_000, tickets: 1 });
    expect(day.lastSales[0]).toMatchObject({ total: 2_000, timeZone: "Pacific/Easter", branchName: "Mall" });
  });

  test("is empty for a branch where the member does not work, a neighbour's branch, and who may not see sales", async () => {
    await aHandMadeDay();
    for (const [person, branch] of [
      [vista.seller, vista.secondBranch],
      [vista.owner, lumina.branch],
      [vista.optometrist, vista.branch],
      [vista.workshop, vista.branch],
    ] as const) {
      const day = await getDay(await atWork(person), [branch], now);
      expect(day).toMatchObject({ today: { total: 0, tickets: 0 }, hours: [], lastSales: [] });
    }
  });

  test("leaves branches out that are not the member's, and keeps the rest", async () => {
    await aHandMadeDay();
    const asked = [vista.branch, vista.secondBranch, lumina.branch];
    const seller = await getDay(await atWork(vista.seller), asked, now);
    expect(seller.today).toEqual({ total: 45_000, tickets: 3, units: 5 });
    const owner = await getDay(await atWork(vista.owner), asked, now);
    expect(owner.today).toEqual({ total: 53_000, tickets: 4, units: 6 });
    expect(owner.lastSales.map(({ total }) => total)).not.toContain(777_000);
  });
});

describe("the desk in the morning", () => {
  test("shows a seller the own drawer and what runs out", async () => {
    await database().owner.query("update public.products set low_stock_at = 10 where id = $1", [vista.frame]);
    await committed((db) =>
      db.as(vista.seller).query("select private.open_cash_session($1, 20000)", [vista.branch]),
    );
    const desk = await getDesk(await atWork(vista.seller));
    expect(desk).toMatchObject({
      low: { count: 1, products: [{ id: vista.frame, quantity: 10, lowStockAt: 10 }] },
      openDrawers: 1,
      customers: null,
      limits: [],
    });
    expect(desk.drawer).not.toBeNull();
    expect((await getDesk(await atWork(vista.cashier))).drawer).toBeNull();
  });

  test("shows people without sales who came, and nothing of money or stock that is not theirs", async () => {
    const desk = await getDesk(await atWork(vista.optometrist));
    expect(desk).toMatchObject({ low: null, drawer: null, openDrawers: 0 });
    expect(desk.customers?.map(({ name }) => name)).toEqual(["María José Núñez Ibáñez"]);
    expect(await getDesk(await atWork(vista.workshop))).toMatchObject({
      customers: null,
      openDrawers: 0,
      low: { count: 0 },
    });
  });

  test("is bare for who works in no branch yet", async () => {
    await database().owner.query("delete from public.member_branches where member_id = $1", [
      vista.seller.memberId,
    ]);
    const member = await atWork(vista.seller);
    expect(await getDesk(member)).toMatchObject({ low: { count: 0 }, drawer: null, openDrawers: 0 });
    expect((await getDay(member, [], now)).today.tickets).toBe(0);
  });

  test("warns when a limit of the tier is nearly used", async () => {
    await database().owner.query(
      "update public.usage_counters set max_count = 500, n = 498 where organization_id = $1 and metric = 'customers'",
      [vista.id],
    );
    expect((await getDesk(await atWork(vista.owner))).limits).toEqual([
      { metric: "customers", used: 498, max: 500 },
    ]);
  });
});
