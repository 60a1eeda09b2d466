import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { OpeningHours, Weekday } from "./schema";

/** A place where the shop sells. */
export interface Branch {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  readonly comuna: string | null;
  /** E.164. */
  readonly phone: string | null;
  /** IANA name. */
  readonly timeZone: string;
  readonly hours: Partial<Record<Weekday, OpeningHours>>;
  readonly archivedAt: Date | null;
  /** Raised by each change. */
  readonly version: number;
}

/** Every branch of the shop by name, the archived ones last. */
export function listBranches(member: Member): Promise<Branch[]> {
  return member.transaction((db) =>
    db
      .selectFrom("branches")
      .select([
        "id",
        "name",
        "address",
        "comuna",
        "phone",
        "time_zone as timeZone",
        sql<Branch["hours"]>`hours`.as("hours"),
        "archived_at as archivedAt",
        "version",
      ])
      .where("organization_id", "=", member.organization.id)
      .orderBy((eb) => eb("archived_at", "is not", null))
      .orderBy("name")
      .execute(),
  );
}

/** One branch of the shop, or null. */
export async function findBranch(member: Member, id: string): Promise<Branch | null> {
  const branches = await listBranches(member); // a shop has twenty at most
  return branches.find((branch) => branch.id === id) ?? null;
}
