import "server-only";
import { asVisitor, sql, type Work } from "@/lib/db";
import { log } from "@/lib/log";
import type { Caller } from "./session";

/** What the service remembers about attacks and failures; who and when are the database's word. */
export interface SecurityEvent {
  /** `noun.what_happened`, for example `auth.login_failed`. */
  readonly kind: string;
  readonly severity: "info" | "warning" | "error" | "critical";
  /** About whom or what; an address as typed, an id. */
  readonly subject?: string;
  /** Where the request came from. */
  readonly address: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Records a security event in a transaction of its own, so that it outlives the failure that it tells of.
 *
 * @param who a caller, whose user the database then adds; nobody for visitors
 */
export async function recordSecurityEvent(event: SecurityEvent, who?: Caller): Promise<void> {
  const { kind, severity, subject = null, address, details = {} } = event;
  log.warn({ kind, severity }, "security event");
  const work: Work<unknown> = (db) =>
    sql`select private.record_security_event(${kind}, ${severity}, ${subject}, ${address}, ${JSON.stringify(details)}::jsonb)`.execute(
      db,
    );
  await (who ? who.transaction(work) : asVisitor(work));
}
