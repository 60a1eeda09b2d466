import "server-only";
import type { DatabaseNaming } from "@/lib/errors";
import { appPool } from "./pool";
import { type Course, transaction, type Work } from "./transaction";

export type { Kysely } from "kysely";
export { sql } from "kysely";
export { planWithValues } from "./plans";
export type { Course, Work } from "./transaction";
export type { DB } from "./types";

/** Claims of a verified token, as Postgres sees them in `request.jwt.claims`. */
export interface Claims {
  readonly sub: string;
  readonly session_id: string;
  readonly [claim: string]: unknown;
}

// Statements are prepared, and their plans hold for every shop: with `auto` Postgres would plan most of them anew each
// time, because it takes the cost of the policies for known; that doubled the work of a page.
const BEGIN_AS = `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('app.organization_id', $3, true),
  set_config('plan_cache_mode', 'force_generic_plan', true)`;

/**
 * One transaction as role `authenticated` with the caller's claims: the only way to tenant data.
 * The organization is a wish that the database confirms against membership on every statement.
 *
 * @param organizationId the organization that the session chose; null for the only one there is
 * @throws AppError what the database refused, named by `naming`
 */
export function withClaims<T>(
  claims: Claims,
  organizationId: string | null,
  work: Work<T>,
  naming?: DatabaseNaming,
  course?: Course,
): Promise<T> {
  const values = ["authenticated", JSON.stringify(claims), organizationId ?? ""];
  return transaction(
    appPool(),
    (client) => client.query({ name: "begin_as", text: BEGIN_AS, values }),
    work,
    naming,
    course,
  );
}

/** One transaction as role `anon`: what a visitor without a session may ask (an invitation, the price list). */
export function asVisitor<T>(work: Work<T>, naming?: DatabaseNaming): Promise<T> {
  const values = ["anon", "", ""];
  return transaction(
    appPool(),
    (client) => client.query({ name: "begin_as", text: BEGIN_AS, values }),
    work,
    naming,
  );
}
