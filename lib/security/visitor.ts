import "server-only";
import { cookies, headers } from "next/headers";
import { getLanguage, type Language } from "@/lib/i18n";
import type { CookieStore } from "./auth-client";
import { clientAddress } from "./client-address";
import { type Caller, callerOf } from "./session";

/** Somebody at the door, signed in or not: whose cookies may be written, and where the request comes from. */
export interface Visitor {
  readonly cookies: CookieStore;
  /** By which attempts are limited; see `clientAddress`. */
  readonly address: string;
  /** For the mails that follow. */
  readonly language: Language;
}

/** The visitor of this request; only actions and routes may write the cookies. */
export async function currentVisitor(): Promise<Visitor> {
  const [jar, head, language] = await Promise.all([cookies(), headers(), getLanguage()]);
  return {
    cookies: {
      getAll: () => jar.getAll(),
      set: (name, value, options) => void jar.set(name, value, options),
    },
    address: clientAddress(head),
    language,
  };
}

/** The caller whose session the visitor's cookies hold now, after whatever was written to them. */
export function callerAt({ cookies }: Visitor): Promise<Caller | null> {
  return callerOf((name) => cookies.getAll().find((cookie) => cookie.name === name)?.value);
}
