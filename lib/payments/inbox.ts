import "server-only";
import type { QueryConfig } from "pg";
import { servicePool } from "@/lib/db/service";
import type { Reference } from "./gateway";

/** Postgres channel on which workers hear of new notices. */
export const NOTICE_CHANNEL = "webhook_events";

export interface NewNotice {
  readonly gateway: string;
  /** Repeats share it; null: this notice stands for itself alone. */
  readonly eventKey: string | null;
  readonly kind: string;
  readonly reference: Reference | null;
  readonly payload: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly verifiedBy: "signature" | "hint" | "return";
  readonly traceId: string;
}

// One prepared statement and one round trip: this is all that a gateway waits for.
// A hint may tell of news since the last one was asked about, or is being asked about now: it is due again, a little later.
const INSERT = `
  insert into private.webhook_events as e
    (gateway, event_key, kind, reference_kind, reference, payload_raw, headers, verified_by, trace_id, names_nobody)
  values ($1, coalesce($2, gen_random_uuid()::text), $3, $4, $5, $6, $7, $8, $9,
    $8 = 'hint' and not exists (select from private.payment_references r where r.gateway = $1 and r.reference = $5))
  on conflict (gateway, event_key) do update
  set status = 'received', received_at = clock_timestamp(), next_attempt_at = now() + interval '5 seconds',
      locked_by = null, locked_until = null
  where e.verified_by = 'hint' and (e.status <> 'received' or e.locked_until is not null)`;

/** The least patient gateway hangs up after three seconds; a database that hangs must be an answer by then. */
const STORE_WITHIN_MS = 2_500;
const WAKE_AFTER_MS = 20;
let waking: NodeJS.Timeout | null = null;

/**
 * Stores a notice, committed when this resolves. A repeat of one that is stored already changes nothing; a hint's has the
 * gateway asked once more, unless that is still to come.
 */
export async function storeNotice(notice: NewNotice): Promise<void> {
  const { gateway, eventKey, kind, reference, payload, headers, verifiedBy, traceId } = notice;
  const insert: QueryConfig & { query_timeout: number } = {
    query_timeout: STORE_WITHIN_MS,
    name: "store_notice",
    text: INSERT,
    values: [
      gateway,
      eventKey,
      kind,
      reference?.kind ?? null,
      reference?.value ?? null,
      payload,
      JSON.stringify(headers),
      verifiedBy,
      traceId,
    ],
  };
  await servicePool().query(insert);
  wakeWorkers();
}

/**
 * Tells the workers, a moment later and once for many: NOTIFY takes a lock that serialises every commit, so it
 * stays out of the statement that a gateway waits for. Workers look by themselves too; nothing hangs on this.
 */
function wakeWorkers(): void {
  waking ??= setTimeout(() => {
    waking = null;
    servicePool()
      .query({ name: "wake_workers", text: "select pg_notify($1, '')", values: [NOTICE_CHANNEL] })
      .catch(() => undefined);
  }, WAKE_AFTER_MS).unref();
}
