import "server-only";
import type { Kysely } from "kysely";
import type { DB } from "@/lib/db";
import type { PdfLogo } from "./receipt-pdf";

/** The shop's logo for a PDF, or null: none, or a format (WebP) that a PDF cannot hold. */
export async function readPdfLogo(db: Kysely<DB>, organizationId: string): Promise<PdfLogo | null> {
  const logo = await db
    .selectFrom("organization_logos")
    .select(["content_type", "bytes"])
    .where("organization_id", "=", organizationId)
    .executeTakeFirst();
  switch (logo?.content_type) {
    case "image/png":
      return { bytes: logo.bytes, format: "png" };
    case "image/jpeg":
      return { bytes: logo.bytes, format: "jpg" };
    default:
      return null;
  }
}
