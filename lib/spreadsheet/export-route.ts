import "server-only";
import type { NextRequest } from "next/server";
import type { Member, PlatformStaff } from "@/lib/security/member";
import type { Permission } from "@/lib/security/permissions";
import { limitExports } from "@/lib/security/read-limits";
import { memberRoute, platformRoute, type RouteHandler } from "@/lib/security/route";
import { inTurn } from "./export-turns";
import { formatOf } from "./format";

type Prepare<Who> = (who: Who, request: NextRequest) => Promise<Response>;

/**
 * A route that gives a list of a member's shop as a file: so many a person, and four at once in a shop.
 * Refuses with `rate.limited` and `export.busy`.
 */
export function memberExport(prepare: Prepare<Member>, permission: Permission): RouteHandler {
  return memberRoute(
    (member, request) =>
      taken(member.userId, member.organization.id, request, () => prepare(member, request)),
    permission,
  );
}

/** The same for the console's lists; all of the staff share its turns. */
export function platformExport(prepare: Prepare<PlatformStaff>): RouteHandler {
  return platformRoute((staff, request) =>
    taken(staff.userId, "platform", request, () => prepare(staff, request)),
  );
}

async function taken(
  userId: string,
  owner: string,
  request: NextRequest,
  prepare: () => Promise<Response>,
): Promise<Response> {
  await limitExports(userId);
  return inTurn(owner, formatOf(request) === "xlsx" ? "workbook" : "stream", prepare);
}
