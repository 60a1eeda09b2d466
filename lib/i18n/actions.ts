"use server";

import { cookies } from "next/headers";
import { isLanguage, LANGUAGE_COOKIE } from "./locale";

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language of this browser; anything but a known language is ignored. */
export async function setLocale(language: string): Promise<void> {
  if (!isLanguage(language)) return;
  (await cookies()).set(LANGUAGE_COOKIE, language, { path: "/", sameSite: "lax", maxAge: ONE_YEAR_SECONDS });
}
