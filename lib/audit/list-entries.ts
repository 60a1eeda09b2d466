import "server-only";
import type { Json } from "@/lib/db/types";
import type { Member } from "@/lib/security/member";
import type { AuditQuery } from "./schema";

const PAGE_SIZE = 25;

/** One act, as the trail keeps it. */
export interface AuditEntry {
  /** Counts the acts of the shop; the order of the trail. */
  readonly seq: number;
  readonly at: Date;
  readonly actorName: string;
  readonly via: "shop" | "console" | "system";
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly reason: string | null;
  /** By field: `[before, after]`, a value, or `true` where only the name is kept. */
  readonly changes: Readonly<Record<string, Json>>;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** Numbers to go on from, for `before` and `after`; null at either end. */
  readonly previous: number | null;
  readonly next: number | null;
}

/** One page of the shop's audit trail, the newest first; who lacks `audit.read` finds nothing. */
export async function listEntries(member: Member, query: AuditQuery): Promise<AuditPage> {
  const backwards = query.before !== null;
  const found = await readEntries(member, query);
  const more = found.length > PAGE_SIZE;
  const entries = backwards ? found.slice(0, PAGE_SIZE).reverse() : found.slice(0, PAGE_SIZE);
  const newest = entries.at(0)?.seq ?? null;
  const oldest = entries.at(-1)?.seq ?? null;
  return {
    entries,
    previous: (backwards ? more : query.after !== null) ? newest : null,
    next: (backwards ? true : more) ? oldest : null,
  };
}

function readEntries(
  member: Member,
  { person, action, object, objectId, after, before }: AuditQuery,
): Promise<AuditEntry[]> {
  return member.transaction((db) => {
    let entries = db
      .selectFrom("audit_entries")
      .select([
        "seq",
        "at",
        "actor_name as actorName",
        "via",
        "action",
        "object_type as objectType",
        "object_id as objectId",
        "reason",
        "changes",
      ])
      .where("organization_id", "=", member.organization.id)
      .orderBy("seq", before === null ? "desc" : "asc")
      .limit(PAGE_SIZE + 1);
    if (person !== null) entries = entries.where("actor_user_id", "=", person);
    if (action !== null) entries = entries.where("action", "=", action);
    if (object !== null) entries = entries.where("object_type", "=", object);
    if (objectId !== null) entries = entries.where("object_id", "=", objectId);
    if (before !== null) entries = entries.where("seq", ">", before);
    else if (after !== null) entries = entries.where("seq", "<", after);
    return entries.$narrowType<Pick<AuditEntry, "via" | "changes">>().execute();
  });
}
