import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { OrganizationDetails } from "./schema";

/** The shop's own details, with the address of its logo's current version, if it has one. */
export interface Organization extends OrganizationDetails {
  readonly id: string;
  readonly slug: string;
  /** Of the last change, ISO 8601 with microseconds. */
  readonly updatedAt: string;
  readonly logo: { readonly url: string; readonly width: number; readonly height: number } | null;
}

/** The organization in which the member works. */
export function getOrganization(member: Member): Promise<Organization> {
  return member.transaction(async (db) => {
    const { logoDigest, logoWidth, logoHeight, ...details } = await db
      .selectFrom("organizations")
      .leftJoin("organization_logos", "organization_logos.organization_id", "organizations.id")
      .select([
        "organizations.id",
        "organizations.slug",
        "organizations.name",
        "organizations.legal_name as legalName",
        "organizations.rut",
        "organizations.activity",
        "organizations.address",
        "organizations.comuna",
        "organizations.phone",
        "organizations.email",
        "organizations.receipt_footer as receiptFooter",
        sql<string>`to_json(organizations.updated_at) #>> '{}'`.as("updatedAt"),
        "organization_logos.digest as logoDigest",
        "organization_logos.width as logoWidth",
        "organization_logos.height as logoHeight",
      ])
      .where("organizations.id", "=", member.organization.id)
      .executeTakeFirstOrThrow();
    const logo =
      logoDigest === null || logoWidth === null || logoHeight === null
        ? null
        : { url: logoUrl(logoDigest), width: logoWidth, height: logoHeight };
    return { ...details, logo };
  });
}

/** The address of a logo; another picture has another address, so that browsers may keep it. */
export function logoUrl(digest: string): string {
  return `/api/logo?v=${digest.slice(0, 16)}`;
}
