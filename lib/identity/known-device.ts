import "server-only";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { CookieStore } from "@/lib/security/auth-client";
import { vault } from "@/lib/security/encryption";
import { sealedCookie } from "@/lib/security/sealed-cookie";

/** As long as browsers keep a cookie at most. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;
/** People who share a till; whoever signed in longest ago makes room. */
const MOST_PEOPLE = 8;

/** One person who signed in at this browser: a digest of the address, and a number that nobody else has. */
const knownPerson = z.object({ account: z.string(), device: z.string() });
const known = sealedCookie("device", z.array(knownPerson), KEPT_SECONDS);

/**
 * By what this browser's attempts at an account are counted; null where that person never signed in here.
 *
 * It opens nothing: it only keeps strangers, who fail on purpose from elsewhere, from using up the attempts of
 * the person whose account it is.
 */
export function knownDevice(cookies: Pick<CookieStore, "getAll">, email: string): string | null {
  const account = digestOf(email);
  const person = known.read(cookies)?.find((one) => one.account === account);
  return person ? `${person.account}.${person.device}` : null;
}

/** Remembers that a person has proved at this browser who they are. Signing out leaves it; only its age ends it. */
export function rememberDevice(cookies: CookieStore, email: string): void {
  const account = digestOf(email);
  const people = known.read(cookies) ?? [];
  const person = people.find((one) => one.account === account) ?? {
    account,
    device: randomBytes(16).toString("base64url"),
  };
  const others = people.filter((one) => one.account !== account);
  known.write(cookies, [person, ...others].slice(0, MOST_PEOPLE));
}

function digestOf(email: string): string {
  return vault().digest(email.trim().toLowerCase(), "known-device").toString("base64url");
}
