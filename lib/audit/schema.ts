import { z } from "zod";

/** Which entries of the trail a page shows. Anything unreadable in an address falls back: a link never breaks. */
export const auditQuery = z.object({
  /** User id of the person. */
  person: z.uuid().nullable().catch(null).default(null),
  action: z.string().max(80).nullable().catch(null).default(null),
  object: z.string().max(40).nullable().catch(null).default(null),
  objectId: z.uuid().nullable().catch(null).default(null),
  /** Numbers of entries to go on from: older than `after`, newer than `before`. */
  after: z.coerce.number().int().positive().nullable().catch(null).default(null),
  before: z.coerce.number().int().positive().nullable().catch(null).default(null),
});
export type AuditQuery = z.output<typeof auditQuery>;
