import { z } from "zod";
import { numberedPage } from "@/lib/paging";
import { businessDate, dayBounds } from "@/lib/time";
import { parseAmount } from "./parse-amount";
import { tierCodes } from "./vocabulary";

/** Staff count days on the clock of the company's seat. */
const ZONE = "America/Santiago";
const PERCENT = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/;

export const couponStates = ["active", "not_yet", "used_up", "ended", "retired"] as const;
export type CouponState = (typeof couponStates)[number];

/** Which coupons a list shows, as its address has it; anything unknown falls back. */
export const couponFilter = z.object({
  q: z.string().trim().max(200).catch("").default(""),
  state: z.enum(couponStates).nullable().catch(null).default(null),
  ...numberedPage,
});
export type CouponFilter = z.output<typeof couponFilter>;

/** As people type it: an amount, a count or a day; empty where it was left out. */
const typed = z.string().trim().max(20).default("");

const form = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9_-]{2,31}$/, { error: "consoleCoupons.problems.code" }),
  kind: z.enum(["percent", "amount"]),
  percent: typed,
  amountClp: typed,
  amountUsd: typed,
  duration: z.enum(["once", "repeating", "forever"]),
  repeats: typed,
  /** None ticked: all of them. */
  tiers: z.array(z.enum(tierCodes)).default([]),
  validFrom: typed,
  /** Counts whole. */
  validUntil: typed,
  maxRedemptions: typed,
  note: z.string().trim().min(1).max(200),
});
type Form = z.output<typeof form>;

/** A coupon as its form sends it, and as the database takes it: basis points, minor units, instants. */
export const couponForm = form
  .superRefine((input, context) => {
    for (const [field, key] of Object.entries(problemsOf(input)))
      context.addIssue({ code: "custom", path: [field], message: key });
  })
  .transform((input) => ({
    code: input.code,
    percentBp: input.kind === "percent" ? percentOf(input.percent) : null,
    amountClp: input.kind === "amount" ? parseAmount(input.amountClp, "CLP") : null,
    amountUsd: input.kind === "amount" ? parseAmount(input.amountUsd, "USD") : null,
    duration: input.duration,
    repeats: input.duration === "repeating" ? countOf(input.repeats, 2, 60) : null,
    tiers: input.tiers.length > 0 ? input.tiers : null,
    validFrom: input.validFrom ? dayBounds(input.validFrom, ZONE).startsAt.toISOString() : null,
    validUntil: input.validUntil ? dayBounds(input.validUntil, ZONE).endsAt.toISOString() : null,
    maxRedemptions: countOf(input.maxRedemptions, 1, 1_000_000),
    note: input.note,
  }));
export type NewCoupon = z.output<typeof couponForm>;

export const couponReference = z.object({ code: z.string().trim().min(1).max(40) });

/** Field → key of its sentence. */
function problemsOf(input: Form): Record<string, string> {
  return Object.fromEntries(
    [...discountProblems(input), ...lengthProblems(input), ...windowProblems(input)].map(([field, key]) => [
      field,
      key.includes(".") ? key : `consoleCoupons.problems.${key}`,
    ]),
  );
}

type Problem = readonly [field: keyof Form, key: string];

function discountProblems({ kind, percent, amountClp, amountUsd }: Form): Problem[] {
  if (kind === "percent") return percentOf(percent) === null ? [["percent", "percent"]] : [];
  if (amountClp === "" && amountUsd === "") return [["amountClp", "amount"]];
  return [
    ...(amountClp !== "" && parseAmount(amountClp, "CLP") === null
      ? [["amountClp", "amount.CLP"] as const]
      : []),
    ...(amountUsd !== "" && parseAmount(amountUsd, "USD") === null
      ? [["amountUsd", "amount.USD"] as const]
      : []),
  ];
}

function lengthProblems({ duration, repeats, maxRedemptions }: Form): Problem[] {
  return [
    ...(duration === "repeating" && countOf(repeats, 2, 60) === null
      ? [["repeats", "repeats"] as const]
      : []),
    ...(maxRedemptions !== "" && countOf(maxRedemptions, 1, 1_000_000) === null
      ? [["maxRedemptions", "maxRedemptions"] as const]
      : []),
  ];
}

function windowProblems({ validFrom, validUntil }: Form): Problem[] {
  const wrong = ([["validFrom", validFrom] as const, ["validUntil", validUntil] as const] as const).flatMap(
    ([field, day]) => (day === "" || isDay(day) ? [] : [[field, "format.date"] as const]),
  );
  if (wrong.length > 0 || validUntil === "") return wrong;
  if (validUntil < businessDate(new Date(), ZONE)) return [["validUntil", "past"]];
  return validFrom !== "" && validUntil < validFrom ? [["validUntil", "endsBefore"]] : [];
}

/** Basis points of what people write for a percentage (`25`, `12,5`, `30 %`); null outside of 1 to 100 %. */
function percentOf(text: string): number | null {
  const match = PERCENT.exec(text);
  if (!match) return null;
  const points = Number(`${match[1] ?? ""}${(match[2] ?? "").padEnd(2, "0")}`);
  return points >= 100 && points <= 10_000 ? points : null;
}

function countOf(text: string, least: number, most: number): number | null {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return count >= least && count <= most ? count : null;
}

/** A day of this century: years with more or fewer digits are slips of the hand. */
function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success && text.startsWith("20");
}
