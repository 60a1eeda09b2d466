import "server-only";
import { UNKNOWN_ADDRESS } from "@/lib/security/client-address";
import { giveBack, type Limit, limit } from "@/lib/security/rate-limit";

const QUARTER_SECONDS = 15 * 60;
const HOUR_SECONDS = 60 * 60;

/** Where no proxy tells addresses apart everybody shares one count: it only brakes a flood. */
const EVERYBODY = 20;

function byAddress(name: string, address: string, max: number, perSeconds: number): Limit {
  return address === UNKNOWN_ADDRESS
    ? { name: `${name}.everybody`, key: address, max: max * EVERYBODY, perSeconds, kind: "guard" }
    : { name: `${name}.address`, key: address, max, perSeconds, kind: "guard" };
}

function byAccount(name: string, account: string, max: number, perSeconds: number): Limit {
  return { name: `${name}.account`, key: account, max, perSeconds, kind: "guard" };
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
export function limitSignIn(address: string, email: string): Promise<Counted> {
  return count(
    byAddress("login", address, 30, QUARTER_SECONDS),
    byAccount("login", email, 10, QUARTER_SECONDS),
  );
}

/** Codes by mail: 5 for a mail box, 20 from an address, in an hour. @throws AppError `rate.limited` */
export async function limitCodeRequest(address: string, email: string): Promise<void> {
  await count(byAddress("code", address, 20, HOUR_SECONDS), byAccount("code", email, 5, HOUR_SECONDS));
}

/** Codes typed in: 10 for an account in 15 minutes, from wherever. @throws AppError `rate.limited` */
export function limitCodeCheck(address: string, email: string): Promise<Counted> {
  return count(
    byAddress("code-check", address, 30, QUARTER_SECONDS),
    byAccount("code-check", email, 10, QUARTER_SECONDS),
  );
}

/** Invitation links: 20 from an address in an hour; only those that fit none count. @throws AppError `rate.limited` */
export function limitInvitation(address: string): Promise<Counted> {
  return count(byAddress("invitation", address, 20, HOUR_SECONDS));
}

/** Second factors: 8 for a person in 15 minutes. @throws AppError `rate.limited` */
export function limitTwoFactor(userId: string): Promise<Counted> {
  return count(byAccount("two-factor", userId, 8, QUARTER_SECONDS));
}
