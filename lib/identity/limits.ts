import "server-only";
import { UNKNOWN_ADDRESS } from "@/lib/security/client-address";
import { giveBack, type Limit, limit } from "@/lib/security/rate-limit";
import type { Visitor } from "@/lib/security/visitor";
import { knownDevice } from "./known-device";

const QUARTER_SECONDS = 15 * 60;
const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Where no proxy tells addresses apart everybody shares one count: it only brakes a flood. */
const EVERYBODY = 20;

/** Who tries, as far as attempts are told apart. */
type Trying = Pick<Visitor, "address" | "cookies">;

function byAddress(name: string, address: string, max: number, perSeconds: number): Limit {
  return address === UNKNOWN_ADDRESS
    ? { name: `${name}.everybody`, key: address, max: max * EVERYBODY, perSeconds, kind: "guard" }
    : { name: `${name}.address`, key: address, max, perSeconds, kind: "guard" };
}

/**
 * Attempts at an account, from wherever they come. A browser at which the person signed in before counts for
 * itself: else whoever knows the address could keep its owner out for ever.
 */
function byAccount({ cookies }: Trying, name: string, email: string, max: number, perSeconds: number): Limit {
  const device = knownDevice(cookies, email);
  return device === null
    ? { name: `${name}.account`, key: email, max, perSeconds, kind: "guard" }
    : { name: `${name}.device`, key: device, max, perSeconds, kind: "guard" };
}

/** Attempts that were counted; the good ones may be taken back. */
export interface Counted {
  forgive(): Promise<void>;
}

async function count(...limits: Limit[]): Promise<Counted> {
  for (const each of limits) await limit(each);
  return {
    async forgive() {
      await Promise.all(limits.map(giveBack));
    },
  };
}

/** Passwords: 10 for an account, 30 from an address, in 15 minutes. @throws AppError `rate.limited` */
export function limitSignIn(visitor: Trying, email: string): Promise<Counted> {
  return count(
    byAddress("login", visitor.address, 30, QUARTER_SECONDS),
    byAccount(visitor, "login", email, 10, QUARTER_SECONDS),
  );
}

/** Codes by mail: 5 for a mail box, 20 from an address, in an hour. @throws AppError `rate.limited` */
export async function limitCodeRequest(visitor: Trying, email: string): Promise<void> {
  await count(
    byAddress("code", visitor.address, 20, HOUR_SECONDS),
    byAccount(visitor, "code", email, 5, HOUR_SECONDS),
  );
}

/** Codes typed in: 10 for an account, 30 from an address, in 15 minutes. @throws AppError `rate.limited` */
export function limitCodeCheck(visitor: Trying, email: string): Promise<Counted> {
  return count(
    byAddress("code-check", visitor.address, 30, QUARTER_SECONDS),
    byAccount(visitor, "code-check", email, 10, QUARTER_SECONDS),
  );
}

/** Invitation links: 20 from an address in an hour; only those that fit none count. @throws AppError `rate.limited` */
export function limitInvitation(address: string): Promise<Counted> {
  return count(byAddress("invitation", address, 20, HOUR_SECONDS));
}

/** Second factors: 8 for a person in 15 minutes. @throws AppError `rate.limited` */
export function limitTwoFactor(userId: string): Promise<Counted> {
  const perSeconds = QUARTER_SECONDS;
  return count({ name: "two-factor.account", key: userId, max: 8, perSeconds, kind: "guard" });
}

/** New shops: 5 for a person in a day. @throws AppError `rate.limited` */
export function limitNewShops(userId: string): Promise<Counted> {
  return count({ name: "shop.open", key: userId, max: 5, perSeconds: DAY_SECONDS, kind: "guard" });
}
