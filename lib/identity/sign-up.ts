import "server-only";
import { sql } from "@/lib/db";
import { sessionCookieOptions } from "@/lib/security/auth-client";
import { sealedCookie } from "@/lib/security/sealed-cookie";
import { type Caller, callerWith, ORGANIZATION_COOKIE } from "@/lib/security/session";
import type { Visitor } from "@/lib/security/visitor";
import { destinationOf, standingOf } from "./context";
import { enterWithCode, forgetEntry } from "./enter-with-code";
import { limitNewShops } from "./limits";
import { requireOwnSecret, sendCode } from "./mailed-code";
import { type ProofInput, type ShopInput, type SignUpInput, signUpInput } from "./schema";

const HOUR_SECONDS = 60 * 60;
const pending = sealedCookie("sign-up", signUpInput, HOUR_SECONDS);

/**
 * Takes the description of a new shop and sends its owner a code. Nothing is written until the address is
 * proved, and an address that has an account already is answered like any other.
 *
 * @throws AppError `rate.limited`, `server.unavailable`
 */
export async function requestSignUp(visitor: Visitor, input: SignUpInput): Promise<void> {
  await sendCode(visitor, input.email, "entry");
  pending.write(visitor.cookies, input);
}

/** The shop that this browser has described and not yet opened. */
export function pendingSignUp(visitor: Pick<Visitor, "cookies">): SignUpInput | null {
  return pending.read(visitor.cookies);
}

/** Sends the code once more. @throws AppError `rate.limited`, `server.unavailable` */
export async function resendSignUpCode(visitor: Visitor): Promise<void> {
  const described = pendingSignUp(visitor);
  if (described) await sendCode(visitor, described.email, "entry");
}

/**
 * Opens the shop: address proved, password set, organization with its first branch and a trial of 14 days.
 * Sent again after a failure it goes on where it stopped, without another code.
 *
 * @returns where to go on
 * @throws AppError `code.invalid`, `input.invalid` at their fields, `rate.limited`, `server.unavailable`
 */
export async function completeSignUp(visitor: Visitor, { code, password }: ProofInput): Promise<string> {
  const described = pendingSignUp(visitor);
  if (!described) return "/signup";
  requireOwnSecret(password, described.email);
  const caller = await enterWithCode(visitor, { email: described.email, code, password });
  const path = await openShop(visitor, caller, described);
  pending.forget(visitor.cookies);
  return path;
}

/**
 * Opens a shop for somebody who is signed in.
 *
 * @returns where to go on
 * @throws AppError `rate.limited` after a few shops in a day
 */
export async function openShop(visitor: Visitor, caller: Caller, shop: ShopInput): Promise<string> {
  const counted = await limitNewShops(caller.userId);
  let made: NewShop | undefined;
  try {
    made = await writeShop(caller, shop);
  } finally {
    // A failure, and the same form once more, made nothing.
    if (!made?.isNew) await counted.forgive();
  }
  visitor.cookies.set(ORGANIZATION_COOKIE, made.id, sessionCookieOptions());
  forgetEntry(visitor); // whichever form it was that got through
  const standing = await standingOf(callerWith(caller.claims, made.id));
  return standing ? destinationOf(standing, null) : "/login";
}

interface NewShop {
  readonly id: string;
  /** Not so where the form was sent before: that gives one shop. */
  readonly isNew: boolean;
}

function writeShop(caller: Caller, shop: ShopInput): Promise<NewShop> {
  return caller.transaction(async (db) => {
    const own = await sql<{ id: string }>`select id from private.my_organizations()`.execute(db);
    const { rows } = await sql<{ id: string }>`
      select private.sign_up_organization(${shop.shopName}, ${shop.branchName}, ${shop.fullName}, ${shop.timeZone}) as id`.execute(
      db,
    );
    const id = rows[0]?.id ?? "";
    return { id, isNew: own.rows.every((before) => before.id !== id) };
  });
}
