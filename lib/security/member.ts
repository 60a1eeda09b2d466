import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Feature } from "./features";
import type { MemberRole, Permission } from "./permissions";
import { REQUEST_PATH_HEADER } from "./request-path";
import { safePath } from "./safe-path";
import { type Caller, callerWith, findCaller } from "./session";

/** The branch at which a person works now; a wish, confirmed against the branches that the database names. */
export const BRANCH_COOKIE = "branch";

export interface MemberBranch {
  readonly id: string;
  readonly name: string;
  /** IANA zone, for example `Pacific/Easter`. */
  readonly timeZone: string;
}

export interface MemberSubscription {
  readonly status: string;
  readonly tier: string;
  readonly trialEndsAt: string | null;
  readonly currentPeriodEnd: string | null;
  readonly features: readonly string[];
}

/** `private.session_context()`: everything that a page must know of its caller, in one answer. */
interface Context {
  readonly userId: string;
  readonly twoFactor: boolean;
  readonly steppedUp: boolean;
  readonly platform: {
    readonly role: "super_admin" | "support";
    readonly fullName: string;
    readonly email: string;
  } | null;
  readonly member?: {
    readonly id: string;
    readonly email: string;
    readonly fullName: string;
    readonly role: MemberRole;
    readonly maxDiscountBp: number;
    readonly hasPin: boolean;
  };
  readonly permissions?: readonly Permission[];
  readonly organization?: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly status: "active" | "suspended";
    readonly currency: "CLP";
    readonly readOnly: boolean;
  };
  /** How many organizations the person belongs to. */
  readonly organizations?: number;
  readonly subscription?: MemberSubscription | null;
  /** The views with which lists open for the member. */
  readonly firstViews?: Member["firstViews"];
  readonly branches?: readonly MemberBranch[];
}

/** A person at work in one organization. */
export interface Member extends Caller {
  readonly memberId: string;
  readonly fullName: string;
  readonly role: MemberRole;
  /** Highest discount without approval, in basis points. */
  readonly maxDiscountBp: number;
  readonly hasPin: boolean;
  readonly twoFactor: boolean;
  readonly permissions: ReadonlySet<Permission>;
  readonly organization: NonNullable<Context["organization"]>;
  readonly organizationCount: number;
  readonly subscription: MemberSubscription | null;
  /** By list: the saved view with which it opens for the member, as the query of its address. */
  readonly firstViews: Readonly<Record<string, { readonly id: string; readonly query: string }>>;
  readonly branches: readonly MemberBranch[];
  /** The branch at which the member works now; null for a member without any. */
  readonly branch: MemberBranch | null;
  can(permission: Permission): boolean;
  /** Whether the tier includes it. Without a living subscription nothing is missing: the shop is read-only anyway. */
  has(feature: Feature): boolean;
}

/** A person who runs the service, in a session that has given the second factor. */
export interface PlatformStaff extends Caller {
  readonly fullName: string;
  readonly role: "super_admin" | "support";
}

/** What the database says of the caller; null without a living session. One query a request. */
const findContext = cache(async (): Promise<{ caller: Caller; context: Context } | null> => {
  const caller = await findCaller();
  if (!caller) return null;
  const context = await caller.atOnce(async (db) => {
    const { rows } = await sql<{
      context: Context | null;
    }>`select private.session_context() as context`.execute(db);
    return rows[0]?.context ?? null;
  });
  return context && { caller, context };
});

/** The member behind this request, or null: no session, no membership, or a second factor still to be given. */
export const findMember = cache(async (): Promise<Member | null> => {
  const found = await findContext();
  if (!found?.context.member) return null;
  const chosen = (await cookies()).get(BRANCH_COOKIE)?.value;
  return memberOf(found.caller, found.context, chosen);
});

/**
 * The member behind a page. Sends everybody else where they have to go: to sign in, to give the second factor,
 * to the console (platform staff), to the page that explains (removed, suspended), or to "not found".
 */
export async function requireMember(
  permission?: Permission,
  options: { suspended?: "allowed" } = {},
): Promise<Member> {
  const member = await findMember();
  if (!member) return redirect(await wayOut());
  if (member.organization.status === "suspended" && options.suspended !== "allowed") {
    redirect(member.can("billing.read") ? "/billing" : "/no-access");
  }
  if (permission && !member.can(permission)) notFound();
  return member;
}

/**
 * The member behind an action or a route.
 *
 * @throws AppError `access.unauthenticated`, `access.step_up_required`, `organization.suspended`, `access.forbidden`,
 *   `tier.feature_locked`
 */
export async function demandMember(
  permission?: Permission,
  options: { suspended?: "allowed"; feature?: Feature } = {},
): Promise<Member> {
  const found = await findContext();
  if (!found) throw new AppError("access.unauthenticated");
  const member = await findMember();
  if (!member)
    throw new AppError(
      found.context.twoFactor && !found.context.steppedUp ? "access.step_up_required" : "access.forbidden",
    );
  if (member.organization.status === "suspended" && options.suspended !== "allowed")
    throw new AppError("organization.suspended");
  if (permission && !member.can(permission)) throw new AppError("access.forbidden", { permission });
  const { feature } = options;
  if (feature && !member.has(feature)) throw new AppError("tier.feature_locked", { feature });
  return member;
}

/** The staff member behind a console page; everybody else finds nothing there. */
export async function requirePlatform(): Promise<PlatformStaff> {
  const found = await findContext();
  if (!found) return redirect(await wayBackFrom("/login"));
  if (!found.context.platform) notFound();
  if (!found.context.steppedUp) redirect(await wayBackFrom("/two-factor"));
  return staffOf(found.caller, found.context.platform);
}

/** @throws AppError `access.unauthenticated`, `access.forbidden`, `access.step_up_required` */
export async function demandPlatform(): Promise<PlatformStaff> {
  const found = await findContext();
  if (!found) throw new AppError("access.unauthenticated");
  if (!found.context.platform) throw new AppError("access.forbidden");
  if (!found.context.steppedUp) throw new AppError("access.step_up_required");
  return staffOf(found.caller, found.context.platform);
}

/** Where a person without a membership goes: the first page that helps. */
async function wayOut(): Promise<string> {
  const found = await findContext();
  if (!found) return wayBackFrom("/login");
  if (found.context.twoFactor && !found.context.steppedUp) return wayBackFrom("/two-factor");
  return found.context.platform ? "/admin/saas-management" : "/no-access";
}

/** A page on the way, which leads back afterwards to the one that was asked for. */
async function wayBackFrom(path: string): Promise<string> {
  const asked = safePath((await headers()).get(REQUEST_PATH_HEADER), "/");
  return asked === "/" ? path : `${path}?next=${encodeURIComponent(asked)}`;
}

function staffOf(caller: Caller, platform: NonNullable<Context["platform"]>): PlatformStaff {
  return { ...caller, fullName: platform.fullName, role: platform.role };
}

function memberOf(caller: Caller, context: Context, chosenBranch: string | undefined): Member | null {
  const { member, organization, permissions = [], branches = [] } = context;
  if (!member || !organization) return null;
  const held = new Set(permissions);
  return {
    // Every later statement names the organization that the context was made for.
    ...callerWith(caller.claims, organization.id),
    memberId: member.id,
    email: member.email,
    fullName: member.fullName,
    role: member.role,
    maxDiscountBp: member.maxDiscountBp,
    hasPin: member.hasPin,
    twoFactor: context.twoFactor,
    permissions: held,
    organization,
    organizationCount: context.organizations ?? 1,
    subscription: context.subscription ?? null,
    firstViews: context.firstViews ?? {},
    branches,
    branch: branches.find((branch) => branch.id === chosenBranch) ?? branches[0] ?? null,
    can: (permission) => held.has(permission),
    has: (feature) => context.subscription?.features.includes(feature) ?? true,
  };
}
