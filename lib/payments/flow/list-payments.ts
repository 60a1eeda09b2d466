import { z } from "zod";
import { addDays, businessDate } from "@/lib/time";
import type { PaymentState } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import type { FlowClient } from "./client";
import { toPaymentState } from "./map";

/** Flow dates its payments by the clock of Santiago and names no zone. */
export const FLOW_ZONE = "America/Santiago";
const PAGE = 100;
/** More pages than any day of ours: an answer that never ends must not keep a worker. */
const MOST_PAGES = 200;

const page = z.object({
  hasMore: z.union([z.number(), z.string(), z.boolean()]).transform((more) => Number(more) === 1),
  data: z.preprocess((data) => (typeof data === "string" ? parse(data) : data), z.array(z.unknown())),
});

/** A page of any of Flow's lists, or null when it is not of Flow's form. Some are documented as text that holds JSON. */
export function toPage(answer: unknown): { readonly hasMore: boolean; readonly data: unknown[] } | null {
  return page.safeParse(answer).data ?? null;
}

/** Every payment of the days that two instants lie in and of those between; Flow lists by whole days alone. */
export async function listPayments(
  client: FlowClient,
  from: Date,
  to: Date,
): Promise<Outcome<readonly PaymentState[]>> {
  const all: PaymentState[] = [];
  const last = businessDate(to, FLOW_ZONE);
  for (let day = businessDate(from, FLOW_ZONE); day <= last; day = addDays(day, 1)) {
    const listed = await listDay(client, day);
    if (!listed.ok) return listed;
    all.push(...listed.value);
  }
  return succeeded(all);
}

async function listDay(client: FlowClient, date: string): Promise<Outcome<PaymentState[]>> {
  const all: PaymentState[] = [];
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const answer = await client.get("payment/getPayments", { date, start: turn * PAGE, limit: PAGE });
    if (!answer.ok) return answer;
    const read = toPage(answer.value);
    const states = read?.data.flatMap((entry) => toPaymentState(entry) ?? []);
    if (!read || states?.length !== read.data.length)
      return failed("unavailable", "malformed", "getPayments answered in no known form");
    all.push(...states);
    if (!read.hasMore) return succeeded(all);
  }
  return failed("unavailable", "malformed", "getPayments does not end");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
