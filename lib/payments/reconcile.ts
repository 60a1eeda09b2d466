import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { log } from "@/lib/log";
import { compare, type Finding, type OurPayment, took } from "./compare-payments";
import type { Gateways } from "./factory";
import type { Gateway, PaymentState, Reference } from "./gateway";

/** What one night's comparison with one gateway came to. */
export interface Reconciliation {
  readonly gateway: string;
  /** Payments that the gateway took money for, and those of ours that it should know. */
  readonly theirs: number;
  readonly ours: number;
  readonly unanswered: number;
  readonly findings: readonly Finding[];
  /** Why nothing is known, where the gateway's list could not be read. */
  readonly failure: string | null;
}

interface Interval {
  readonly from: Date;
  readonly to: Date;
}

const DAYS = 3;
const DAY_MS = 86_400_000;
/** Questions to one gateway at once; its bulkhead would refuse more. */
const AT_ONCE = 4;

/**
 * Compares the last three whole days (UTC) with every gateway that is on, both ways, and keeps one row a gateway and
 * day. Where a gateway has a list it is read; everything of ours that is not in it, and everything where there is no
 * list, is asked about by name. Idempotent: a later run replaces what an earlier one found of a day.
 *
 * @param now when the night is; its own day is not looked at, because it has not ended
 */
export async function reconcileGateways(gateways: Gateways, now: Date): Promise<readonly Reconciliation[]> {
  const to = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const days = { from: new Date(to.getTime() - DAYS * DAY_MS), to };
  const results: Reconciliation[] = [];
  for (const { id } of gateways.list()) {
    const found = gateways.find(id);
    if (found.state !== "on") continue;
    const result = await reconcileGateway(found.gateway, days);
    log.info({ ...result, findings: result.findings.length }, "a gateway was compared with our payments");
    results.push(result);
  }
  return results;
}

async function reconcileGateway(gateway: Gateway, days: Interval): Promise<Reconciliation> {
  const ours = await paymentsOf(gateway.id, days);
  const listed = gateway.listPayments ? await gateway.listPayments(days.from, days.to) : null;
  if (listed && !listed.ok) {
    const failure = `${listed.failure.kind}: ${listed.failure.code}`;
    return keep(gateway.id, days, ours, { findings: [], theirs: [], unanswered: ours.length, failure });
  }
  const inList = await matchList(gateway.id, listed?.value ?? [], ours);
  // A list may date otherwise than we do, or lag: what is not in it is asked about before it is missed.
  const missing = ours.filter(
    (one) => !inList.seen.has(one.paymentId) && (one.isPaid || !gateway.listPayments),
  );
  const asked = await askAbout(gateway, missing);
  return keep(gateway.id, days, ours, {
    findings: [...inList.findings, ...asked.findings],
    theirs: [...inList.theirs, ...asked.theirs],
    unanswered: asked.unanswered,
    failure: null,
  });
}

interface Compared {
  readonly findings: readonly Finding[];
  /** What the gateway took money for. */
  readonly theirs: readonly PaymentState[];
}

/** Finds whose each listed payment is, ours of other days included. */
async function matchList(
  gateway: string,
  listed: readonly PaymentState[],
  ours: readonly OurPayment[],
): Promise<Compared & { readonly seen: ReadonlySet<string> }> {
  const theirs = listed.filter((state) => took(state) && state.objection === null);
  const owners = await ownersOf(gateway, theirs.flatMap(namesOf));
  const byId = new Map([...ours, ...owners.payments].map((one) => [one.paymentId, one]));
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const state of theirs) {
    const id = namesOf(state)
      .map((name) => owners.byName.get(nameKey(name)))
      .find((owner) => owner !== undefined);
    const mine = id === undefined ? undefined : byId.get(id);
    if (mine) seen.add(mine.paymentId);
    const finding = mine ? compare(mine, state) : unknownThere(state);
    if (finding) findings.push(finding);
  }
  return { findings, theirs, seen };
}

/** Money that nobody of ours is known to have paid. Its own names are kept, so that a renewal's can be asked about. */
function unknownThere(state: PaymentState): Finding {
  const [name] = namesOf(state);
  return {
    kind: "theirs_not_ours",
    organizationId: null,
    paymentId: null,
    day: state.updatedAt,
    reference: name?.value ?? null,
    referenceKind: name?.kind ?? null,
    theirsMinor: state.amountPaidMinor,
    oursMinor: null,
    currency: state.currency,
  };
}

async function askAbout(
  gateway: Gateway,
  payments: readonly OurPayment[],
): Promise<Compared & { readonly unanswered: number }> {
  const findings: Finding[] = [];
  const theirs: PaymentState[] = [];
  let unanswered = 0;
  const waiting = [...payments];
  const ask = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const answer = await gateway.fetchStatus(one.names);
      if (!answer.ok) {
        unanswered += 1;
        continue;
      }
      if (answer.value && took(answer.value)) theirs.push(answer.value);
      const finding = compare(one, answer.value);
      if (finding) findings.push(finding);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return { findings, theirs, unanswered };
}

/** Writes one row for each day, and what was found under the day of our payment, or of the gateway's. */
async function keep(
  gateway: string,
  { from }: Interval,
  ours: readonly OurPayment[],
  result: Compared & { readonly unanswered: number; readonly failure: string | null },
): Promise<Reconciliation> {
  const { findings, theirs, unanswered, failure } = result;
  await asService(async (db) => {
    for (let n = 0; n < DAYS; n += 1) {
      const day = dayOf(new Date(from.getTime() + n * DAY_MS));
      const isLast = n === DAYS - 1;
      // What neither dates into the days that were looked at is told under the last one.
      const belongs = (at: Date | null) => {
        const its = at && dayOf(at);
        return its === day || (isLast && (its === null || its > day || its < dayOf(from)));
      };
      await sql`select private.record_reconciliation(${gateway}, ${day}::date, ${theirs.filter(({ updatedAt }) => belongs(updatedAt)).length},
        ${ours.filter((one) => one.isPaid && belongs(one.at)).length}, ${isLast ? unanswered : 0}, ${failure},
        ${JSON.stringify(findings.filter((finding) => belongs(finding.day)))}::jsonb)`.execute(db);
    }
  });
  return {
    gateway,
    theirs: theirs.length,
    ours: ours.filter(({ isPaid }) => isPaid).length,
    unanswered,
    findings,
    failure,
  };
}

function paymentsOf(gateway: string, { from, to }: Interval): Promise<readonly OurPayment[]> {
  return asService(async (db) => {
    const { rows } = await sql<OurPayment>`
      select * from private.payments_to_reconcile(${gateway}, ${from}, ${to})`.execute(db);
    return rows;
  });
}

interface Owners {
  readonly payments: readonly OurPayment[];
  readonly byName: ReadonlyMap<string, string>;
}

function ownersOf(gateway: string, names: readonly Reference[]): Promise<Owners> {
  return asService(async (db) => {
    const { rows } = await sql<OurPayment>`
      select * from private.payments_named(${gateway}, ${names.map(({ value }) => value)}::text[])`.execute(
      db,
    );
    const wanted = new Set(names.map(nameKey));
    const byName = new Map(
      rows.flatMap((row) =>
        row.names.flatMap((name) =>
          wanted.has(nameKey(name)) ? [[nameKey(name), row.paymentId] as const] : [],
        ),
      ),
    );
    return { payments: rows, byName };
  });
}

/** Our own reference first: it is the one that binds. */
function namesOf({ reference, references }: PaymentState): readonly Reference[] {
  return reference === null ? references : [{ kind: "order", value: reference }, ...references];
}

const nameKey = ({ kind, value }: Reference) => `${kind} ${value}`;
const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);
