import "server-only";
import { z } from "zod";
import { type CookieStore, sessionCookieOptions } from "./auth-client";
import { vault } from "./encryption";

/** Something to remember between the steps of a form, in the browser and readable by us alone. */
export interface SealedCookie<T> {
  read(cookies: Pick<CookieStore, "getAll">): T | null;
  write(cookies: CookieStore, value: T): void;
  forget(cookies: CookieStore): void;
}

/**
 * Declares a sealed cookie.
 *
 * @param forSeconds how long its content holds; the browser's word on that is not taken
 */
export function sealedCookie<T>(name: string, schema: z.ZodType<T>, forSeconds: number): SealedCookie<T> {
  const sealed = z.object({ value: schema, until: z.number() });
  return {
    read(cookies) {
      const text = cookies.getAll().find((cookie) => cookie.name === name)?.value;
      if (!text) return null;
      try {
        const { value, until } = sealed.parse(JSON.parse(vault().decrypt(text, `cookie:${name}`)));
        return until > Date.now() ? value : null;
      } catch {
        return null; // of another key or another shape: as good as none
      }
    },
    write(cookies, value) {
      const text = JSON.stringify({ value, until: Date.now() + forSeconds * 1000 });
      cookies.set(name, vault().encrypt(text, `cookie:${name}`), {
        ...sessionCookieOptions(),
        maxAge: forSeconds,
      });
    },
    forget: (cookies) => cookies.set(name, "", { ...sessionCookieOptions(), maxAge: 0 }),
  };
}
