import "server-only";
import { AppError } from "@/lib/errors";
import { cleanPicture } from "@/lib/pictures";
import type { Member } from "@/lib/security/member";
import { demandWritable } from "./demand-writable";
import { LARGEST_LOGO_BYTES, LARGEST_LOGO_SIDE, type NewLogo } from "./schema";

/**
 * Gives the shop a logo, in place of the one before. It is drawn anew (`cleanPicture`).
 *
 * @throws AppError `input.invalid` at the field: no PNG, JPEG or WebP, or more than 1024 pixels a side
 * @throws AppError `access.forbidden` lacks `organization.manage`
 * @throws AppError `organization.read_only`
 */
export async function changeLogo(member: Member, { logo }: NewLogo): Promise<void> {
  demandWritable(member);
  if (!member.can("organization.manage")) throw new AppError("access.forbidden");
  const limits = { largestSide: LARGEST_LOGO_SIDE, mostBytes: LARGEST_LOGO_BYTES };
  const picture = await cleanPicture(Buffer.from(await logo.arrayBuffer()), limits);
  if (picture === "kind") throw AppError.forField("input.invalid", "/logo", "settings.refusals.logoKind");
  if (picture === "size") throw AppError.forField("input.invalid", "/logo", "settings.refusals.logoTooLarge");
  const { contentType, bytes, width, height } = picture;
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
