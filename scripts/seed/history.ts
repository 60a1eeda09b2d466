import { businessDate } from "@/lib/time";
import type { AuditEntry } from "./audit";
import { inDaytime, type Moment, sellingMoments } from "./calendar";
import { type CashHistory, fillDrawers } from "./cash";
import type { Category, Product } from "./catalogue";
import words from "./data/words.json";
import type { Customer } from "./people";
import type { BranchPlan, HistoryPlan, Seller } from "./plan";
import { at, type Random } from "./random";
import { Shelves } from "./shelves";
import type { Stock } from "./stock";
import { fillBasket, ringUp, type Sale } from "./till";

export interface History {
  readonly sales: readonly Sale[];
  readonly stock: Stock;
  readonly cash: CashHistory;
  readonly audit: readonly AuditEntry[];
  /** Last receipt number of each branch. */
  readonly receiptNumbers: ReadonlyMap<string, number>;
}

interface Event {
  readonly at: Date;
  readonly play: () => void;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Plays the life of a shop in order of time: goods come in, are sold, moved and counted; drawers are closed. */
export function playHistory(random: Random, plan: HistoryPlan): History {
  const shelves = new Shelves(random.fork("shelves"), plan.organization, plan.manager);
  const shop = new Tills(random.fork("tills"), plan, shelves);
  for (const branch of plan.branches) shelves.open(branch.id, plan.products, branch.assortment, plan.from);
  const events = plan.branches.flatMap((branch) => [
    ...supplies(random, plan, shelves, branch),
    ...counts(random, plan, shelves, branch),
    ...selling(random, plan, shop, branch),
  ]);
  for (const event of events.sort(byTime)) {
    shop.voidUntil(event.at);
    event.play();
  }
  shop.voidUntil(plan.now);
  const cash = fillDrawers(random.fork("cash"), plan.organization, plan.branches, shop.sales, plan.now);
  return {
    sales: shop.sales,
    stock: shelves.stock,
    cash,
    audit: [...shelves.audit, ...shop.audit, ...cash.audit],
    receiptNumbers: shop.receiptNumbers,
  };
}

/** Every week for a branch that buys, every month for one that is supplied; none in the last days. */
function supplies(
  random: Random,
  { from, now }: HistoryPlan,
  shelves: Shelves,
  { id, suppliedBy }: BranchPlan,
): Event[] {
  const every = suppliedBy ? 28 : 7;
  const days = Math.floor((now.getTime() - from.getTime()) / DAY_MS);
  return Array.from({ length: Math.max(0, Math.floor((days - 6) / every)) }, (_, index) => {
    const day = new Date(from.getTime() + (index + 1) * every * DAY_MS);
    const moment = inDaytime(random, day, now);
    return {
      at: moment,
      play: () => (suppliedBy ? shelves.transfer(suppliedBy, id, moment) : shelves.receive(id, moment)),
    };
  });
}

/** Somebody counts a shelf every ten days or so. */
function counts(random: Random, { from, now }: HistoryPlan, shelves: Shelves, { id }: BranchPlan): Event[] {
  const span = now.getTime() - from.getTime();
  return Array.from({ length: Math.floor(span / (11 * DAY_MS)) }, () => {
    const moment = inDaytime(random, new Date(from.getTime() + Math.floor(random.next() * span)), now);
    return { at: moment, play: () => shelves.count(id, moment) };
  });
}

function selling(
  random: Random,
  { orders, from, now }: HistoryPlan,
  tills: Tills,
  branch: BranchPlan,
): Event[] {
  const count = Math.round(orders * branch.share);
  const days = Math.max(1, (now.getTime() - from.getTime()) / DAY_MS);
  const leastToday = Math.max(2, Math.min(14, Math.round((count / days) * 1.4)));
  const moments = sellingMoments(
    random.fork(`moments ${branch.share}`),
    branch,
    count,
    from,
    now,
    leastToday,
  );
  return moments.map((moment) => ({ at: moment.at, play: () => tills.sell(branch, moment) }));
}

/** The tills of a shop: sales in their order, with numbers, and a few that were voided. */
class Tills {
  readonly sales: Sale[] = [];
  readonly audit: AuditEntry[] = [];
  readonly receiptNumbers = new Map<string, number>();
  readonly #byCategory: ReadonlyMap<Category, readonly Product[]>;
  readonly #shifts = new Map<string, readonly Seller[]>();
  #voids: Event[] = [];

  constructor(
    private readonly random: Random,
    private readonly plan: HistoryPlan,
    private readonly shelves: Shelves,
  ) {
    this.#byCategory = Map.groupBy(plan.products, ({ category }) => category);
  }

  sell(branch: BranchPlan, { at: moment, date }: Moment): void {
    const seller = this.random.pick(this.#shiftOf(branch, date));
    const lines = this.#basket(branch.id, seller);
    const receiptNumber = (this.receiptNumbers.get(branch.id) ?? 0) + 1;
    this.receiptNumbers.set(branch.id, receiptNumber);
    const { organization } = this.plan;
    const counter = { organization, branch: branch.id, member: seller, receiptNumber, at: moment, date };
    const sale = ringUp(this.random, counter, lines.lines, lines.named ? this.#customerAt(moment) : null);
    this.#moveGoods(sale, -1, { kind: "sale", at: moment, by: seller.userId });
    this.sales.push(sale);
    if (this.random.chance(0.007) && this.plan.now.getTime() - moment.getTime() > DAY_MS) {
      const later = new Date(moment.getTime() + this.random.integer(3, 12) * MINUTE_MS);
      this.#voids.push({ at: later, play: () => this.#void(sale, later) });
    }
  }

  /** Voids the sales that were marked for it and whose moment has come. */
  voidUntil(moment: Date): void {
    const due = this.#voids.filter(({ at: when }) => when <= moment).sort(byTime);
    if (due.length === 0) return;
    this.#voids = this.#voids.filter((event) => !due.includes(event));
    for (const { play } of due) play();
  }

  #void(sale: Sale, moment: Date): void {
    const { manager } = this.plan;
    const reason = this.random.pick(words.voids);
    Object.assign(sale.order, {
      status: "voided",
      voided_at: moment,
      voided_by_name: manager.name,
      void_reason: reason,
    });
    for (const payment of [...sale.payments]) {
      const back = {
        id: this.random.uuid(),
        kind: "void",
        amount: -payment.amount,
        handed_over: null,
        created_at: moment,
      };
      sale.payments.push({ ...payment, ...back });
    }
    this.#moveGoods(sale, 1, { kind: "void", at: moment, by: manager.userId, reason });
    const { id, receipt_number, total } = sale.order;
    const changes = { receiptNumber: receipt_number, total };
    this.audit.push({
      at: moment,
      actor: manager,
      action: "order.voided",
      objectType: "orders",
      objectId: id,
      reason,
      changes,
    });
  }

  #moveGoods(
    sale: Sale,
    sign: 1 | -1,
    move: { kind: "sale" | "void"; at: Date; by: string; reason?: string },
  ): void {
    for (const { product, quantity } of sale.lines) {
      if (!product.tracksStock) continue;
      this.shelves.stock.move({
        ...move,
        branch: sale.order.branch_id,
        product,
        quantity: sign * quantity,
        order: sale.order.id,
      });
    }
  }

  #basket(branch: string, { maxDiscountBp }: Seller) {
    const available = (product: Product) =>
      product.tracksStock ? this.shelves.stock.level(branch, product) : 99;
    let basket = fillBasket(this.random, this.#byCategory, available, maxDiscountBp);
    // Services never run out, so that somebody always finds something.
    while (basket.lines.length === 0)
      basket = fillBasket(this.random, this.#byCategory, available, maxDiscountBp);
    return basket;
  }

  /** One or two people stand in a branch on a day. */
  #shiftOf({ id, sellers, zone }: BranchPlan, date: string): readonly Seller[] {
    const known = this.#shifts.get(`${id} ${date}`);
    if (known) return known;
    const present =
      date === businessDate(this.plan.now, zone) ? sellers.filter(({ today }) => today) : sellers;
    const first = this.random.weighted(present, ({ weight }) => weight);
    const second = this.random.weighted(present, ({ weight }) => weight);
    const shift = [...new Set([first, second])];
    this.#shifts.set(`${id} ${date}`, shift);
    return shift;
  }

  /** Mostly people who came lately, sometimes an old customer. */
  #customerAt(moment: Date): Customer | null {
    const { customers } = this.plan;
    const known = customers.findLastIndex(({ createdAt }) => createdAt <= moment) + 1;
    return known === 0 ? null : at(customers, Math.floor((1 - this.random.next() ** 2) * known));
  }
}

function byTime(a: Event, b: Event): number {
  return a.at.getTime() - b.at.getTime();
}
