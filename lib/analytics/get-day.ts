import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/** What was sold within some hours; voided sales left out. */
export interface Takings {
  /** Whole pesos, IVA included. */
  readonly total: number;
  readonly tickets: number;
  readonly units: number;
}

export type Tender = "cash" | "debit" | "credit" | "transfer";

export interface LastSale {
  readonly id: string;
  readonly receiptNumber: number;
  readonly status: string;
  readonly customerName: string | null;
  readonly soldByName: string;
  readonly branchName: string;
  readonly timeZone: string;
  readonly total: number;
  readonly at: string;
}

/** The day of a branch so far, on its own clock. */
export interface Day {
  readonly today: Takings;
  /** The same weekday of last week until the same time of day. */
  readonly before: Takings;
  /** By hour of the day, 0 to 23, hours without a sale left out. */
  readonly hours: readonly { readonly hour: number; readonly total: number; readonly tickets: number }[];
  /** What stayed of each tender after change. */
  readonly tenders: Readonly<Record<Tender, number>>;
  readonly lastSales: readonly LastSale[];
}

/**
 * Today's figures of some branches, each counted on its own clock: a sale at 23:30 in Santiago belongs to that day,
 * although it is already tomorrow in UTC. Who lacks `orders.read` finds nothing in it.
 *
 * @param branchIds branches in which the member works; others are left out
 * @param now the moment that ends "so far"
 */
export function getDay(member: Member, branchIds: readonly string[], now = new Date()): Promise<Day> {
  return member.atOnce((db) => readDay(db, branchIds, now));
}

/** `getDay` within a transaction of the member's. */
export async function readDay(db: Kysely<DB>, branchIds: readonly string[], now: Date): Promise<Day> {
  const { rows } = await sql<{
    day: Day | null;
  }>`select private.day_figures(${branchIds}::uuid[], ${now}::timestamptz) as day`.execute(db);
  return rows[0]?.day ?? nothing;
}

const nothing: Day = {
  today: { total: 0, tickets: 0, units: 0 },
  before: { total: 0, tickets: 0, units: 0 },
  hours: [],
  tenders: { cash: 0, debit: 0, credit: 0, transfer: 0 },
  lastSales: [],
};
