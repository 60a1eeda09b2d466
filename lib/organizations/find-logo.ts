import "server-only";
import type { Member } from "@/lib/security/member";

/** A shop's logo, for a response or a document. */
export interface Logo {
  readonly contentType: string;
  readonly bytes: Buffer;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

/** The logo of the member's shop, or null. */
export async function findLogo(member: Member): Promise<Logo | null> {
  const found = await member.transaction((db) =>
    db
      .selectFrom("organization_logos")
      .select(["content_type as contentType", "bytes", "digest"])
      .where("organization_id", "=", member.organization.id)
      .executeTakeFirst(),
  );
  return found ?? null;
}
