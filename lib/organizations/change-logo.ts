import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { demandWritable } from "./demand-writable";
import { readImage } from "./image";
import { LARGEST_LOGO_SIDE, type NewLogo } from "./schema";

/**
 * Gives the shop a logo, in place of the one before.
 *
 * @throws AppError `input.invalid` at the field: no PNG, JPEG or WebP, or more than 1024 pixels a side
 * @throws AppError `access.forbidden` lacks `organization.manage`
 * @throws AppError `organization.read_only`
 */
export async function changeLogo(member: Member, { logo }: NewLogo): Promise<void> {
  demandWritable(member);
  const bytes = Buffer.from(await logo.arrayBuffer());
  const facts = readImage(bytes);
  if (!facts) throw AppError.forField("input.invalid", "/logo", "settings.refusals.logoKind");
  const { contentType, width, height } = facts;
  if (Math.max(width, height) > LARGEST_LOGO_SIDE) {
    throw AppError.forField("input.invalid", "/logo", "settings.refusals.logoTooLarge");
  }
  const row = { content_type: contentType, bytes, width, height };
  await member.transaction((db) =>
    db
      .insertInto("organization_logos")
      .values(row)
      .onConflict((conflict) => conflict.column("organization_id").doUpdateSet(row))
      .execute(),
  );
}

/**
 * Takes the shop's logo away; without one nothing happens.
 *
 * @throws AppError `access.forbidden` lacks `organization.manage`
 * @throws AppError `organization.read_only`
 */
export async function removeLogo(member: Member): Promise<void> {
  demandWritable(member);
  if (!member.can("organization.manage")) throw new AppError("access.forbidden");
  await member.transaction((db) =>
    db.deleteFrom("organization_logos").where("organization_id", "=", member.organization.id).execute(),
  );
}
