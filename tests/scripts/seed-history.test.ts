import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRut, roundCash, splitTax } from "@/lib/chile";
import { businessDate } from "@/lib/time";
import { islandHours, mallHours, sellingMoments, streetHours, windowOf } from "@/scripts/seed/calendar";
import { ean13, makeProducts, priceAt } from "@/scripts/seed/catalogue";
import { playHistory } from "@/scripts/seed/history";
import { makeCustomers } from "@/scripts/seed/people";
import type { BranchPlan, Seller } from "@/scripts/seed/plan";
import { Random } from "@/scripts/seed/random";

const DAY_MS = 86_400_000;
const MONTH_MS = 40 * DAY_MS;

/** Moments at which somebody may start the demo: any time of day, holidays and clock changes among them. */
const starts = fc.oneof(
  fc
    .constantFrom(
      "2026-01-01T03:30:00Z",
      "2026-04-05T03:30:00Z", // the hour that Santiago lives twice
      "2026-09-06T04:30:00Z", // the midnight that does not exist
      "2026-09-18T12:00:00Z",
      "2026-11-23T00:30:00Z",
      "2026-12-25T23:00:00Z",
    )
    .map((text) => new Date(text)),
  fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
);

const seller = (name: string, more: Partial<Seller> = {}): Seller => ({
  userId: `user-${name}`,
  memberId: `member-${name}`,
  name,
  weight: 1,
  maxDiscountBp: 1000,
  today: true,
  staysOpen: false,
  ...more,
});

const branches: BranchPlan[] = [
  {
    id: "centro",
    zone: "America/Santiago",
    hours: streetHours,
    share: 0.7,
    assortment: 1,
    suppliedBy: null,
    sellers: [seller("Ana"), seller("Beto", { today: false })],
  },
  {
    id: "isla",
    zone: "Pacific/Easter",
    hours: islandHours,
    share: 0.3,
    assortment: 0.5,
    suppliedBy: "centro",
    sellers: [seller("Tiare", { staysOpen: true })],
  },
];

function play(now: Date, name = "una historia") {
  const random = new Random(name);
  const from = new Date(now.getTime() - MONTH_MS);
  const products = makeProducts(random.fork("products"), 60, from, now);
  const region = { organization: "vista", count: 40, region: "santiago", from, to: now } as const;
  const customers = makeCustomers(random.fork("customers"), region);
  const manager = { userId: "user-jefe", name: "Jefe" };
  const plan = { organization: "vista", branches, customers, products, orders: 160, manager, from, now };
  return { plan, ...playHistory(random.fork("history"), plan) };
}

describe("the demo's generator", () => {
  test("gives the same shop for the same name and moment, and another one for another name", () => {
    const now = new Date("2026-11-23T00:30:00Z");
    expect(JSON.stringify(play(now).sales)).toBe(JSON.stringify(play(now).sales));
    expect(JSON.stringify(play(now, "otra historia").sales)).not.toBe(JSON.stringify(play(now).sales));
  });

  test("keeps one kind of data apart from another", () => {
    const [random, other] = [new Random("x"), new Random("x")];
    random.fork("customers").uuid();
    expect(random.fork("products").uuid()).toBe(other.fork("products").uuid());
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe("a history, whenever it is told", () => {
  test("never leaves the past, sells today in every branch, and counts receipts without a gap", () => {
    fc.assert(
      fc.property(starts, (now) => {
        const { sales, plan } = play(now);
        for (const { id, zone } of plan.branches) {
          const mine = sales.filter(({ order }) => order.branch_id === id).map(({ order }) => order);
          expect(mine.map((order) => order.receipt_number)).toEqual(mine.map((_, index) => index + 1));
          const times = mine.map((order) => order.created_at.getTime());
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(times.at(-1)).toBeLessThanOrEqual(now.getTime());
          expect(mine.at(-1)?.business_date).toBe(businessDate(now, zone));
          for (const order of mine) expect(order.business_date).toBe(businessDate(order.created_at, zone));
        }
      }),
      { numRuns: 25 },
    );
  });

  test("adds up: stock is never short, amounts follow the law, drawers hold what they should", () => {
    fc.assert(
      fc.property(starts, (now) => {
        const { sales, stock, cash } = play(now);
        expect(stock.levelRows().every(({ quantity }) => (quantity ?? 0) >= 0)).toBe(true);
        for (const { order, payments } of sales) {
          const { total = 0, exempt = 0, net, tax, cash_rounding: rounding, change } = order;
          expect({ net, tax }).toEqual({
            net: splitTax(total - exempt).net,
            tax: splitTax(total - exempt).tax,
          });
          const paid = payments.filter(({ kind }) => kind === "payment");
          expect(paid.reduce((sum, { amount }) => sum + amount, 0)).toBe(total + (rounding ?? 0));
          const byCash = paid.find(({ method }) => method === "cash");
          if (byCash) {
            expect(byCash.amount).toBe(roundCash(byCash.amount));
            expect(byCash.handed_over).toBe(byCash.amount + (change ?? 0));
          }
        }
        for (const session of cash.sessions) {
          const orders = sales.filter(({ order }) => order.cash_session_id === session.id);
          expect(orders.length).toBeGreaterThan(0);
          for (const { order } of orders) {
            expect(order.created_at >= (session.opened_at as Date)).toBe(true);
            expect(session.closed_at === null || order.created_at <= (session.closed_at as Date)).toBe(true);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  test("lets nobody sell on a day off, and leaves only the drawers open that it should", () => {
    fc.assert(
      fc.property(starts, (now) => {
        const { sales, cash } = play(now);
        const today = businessDate(now, "America/Santiago");
        const onDayOff = sales.filter(
          ({ order }) => order.member_id === "member-Beto" && order.business_date === today,
        );
        expect(onDayOff).toEqual([]);
        const open = cash.sessions.filter(({ status }) => status === "open");
        expect(open.every(({ member_name: name }) => name === "Tiare")).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

describe("opening hours", () => {
  test("hold sales: none before the shop opens, after it closes, or on a day closed by law", () => {
    const now = new Date("2026-10-05T23:30:00Z");
    const from = new Date(now.getTime() - 60 * DAY_MS);
    const branch = { zone: "America/Santiago", hours: mallHours };
    const moments = sellingMoments(new Random("horas"), branch, 600, from, now, 1);
    expect(moments).toHaveLength(600);
    const today = businessDate(now, branch.zone);
    for (const { at, date } of moments.filter((moment) => moment.date !== today)) {
      const { opensAt, closesAt } = windowOf(branch, date);
      expect(at >= opensAt && at <= closesAt).toBe(true);
      expect(["2026-09-18", "2026-09-19"]).not.toContain(date);
    }
  });

  test("are the branch's own: ten in the morning on the island is two hours later than on the mainland", () => {
    const mainland = windowOf({ zone: "America/Santiago", hours: mallHours }, "2026-11-20");
    const island = windowOf({ zone: "Pacific/Easter", hours: mallHours }, "2026-11-20");
    expect(island.opensAt.getTime() - mainland.opensAt.getTime()).toBe(2 * 3_600_000);
  });
});

describe("people and goods", () => {
  const to = new Date("2026-11-22T15:00:00Z");
  const from = new Date(to.getTime() - 365 * DAY_MS);

  test("have valid RUTs, each once, and addresses where they live", () => {
    const plan = { organization: "vista", count: 800, region: "concepcion", from, to } as const;
    const customers = makeCustomers(new Random("gente"), plan);
    const ruts = customers.map(({ rut }) => rut).filter((rut) => typeof rut === "string");
    expect(ruts.filter((rut) => !isRut(rut))).toEqual([]);
    expect(new Set(ruts).size).toBe(ruts.length);
    expect(customers.every(({ createdAt }) => createdAt >= from && createdAt <= to)).toBe(true);
    expect(customers.filter(({ kind }) => kind === "company").length).toBeGreaterThan(5);
    expect(customers.filter((customer) => customer.email?.match(/[^\x20-\x7e]| /))).toEqual([]);
    expect(customers.filter((customer) => customer.phone && !/^\+56\d{9}$/.test(customer.phone))).toEqual([]);
  });

  test.each([32, 48, 60, 300])("fill a catalogue of exactly %i products with codes of their own", (count) => {
    const products = makeProducts(new Random("cosas"), count, from, to);
    expect(products).toHaveLength(count);
    expect(new Set(products.map(({ sku }) => sku.toLowerCase())).size).toBe(count);
    const barcodes = products.map(({ barcode }) => barcode).filter((barcode) => barcode !== null);
    expect(new Set(barcodes).size).toBe(barcodes.length);
    for (const product of products) {
      const last = priceAt(product, to);
      expect(last % 1000).toBe(990);
      expect(product.cost).toBeLessThan(last);
      expect(product.category === "service" && product.tracksStock).toBe(false);
    }
  });

  test("remember what a price was before it changed", () => {
    const product = makeProducts(new Random("precios"), 300, from, to).find(
      ({ prices }) => prices.length > 1,
    );
    const [first, second] = product?.prices ?? [];
    if (!product || !first || !second) throw new Error("some price must have changed");
    expect(priceAt(product, new Date(second.from.getTime() - 1))).toBe(first.price);
    expect(priceAt(product, second.from)).toBe(second.price);
  });

  test("carry EAN-13 codes of Chile", () => {
    expect(ean13(1)).toBe("7800000000016");
    expect(ean13(70_002_552)).toHaveLength(13);
  });
});
