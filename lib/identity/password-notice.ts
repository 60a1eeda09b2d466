import "server-only";
import { sql } from "@/lib/db";
import type { Language } from "@/lib/i18n";
import type { Caller } from "@/lib/security/session";

/**
 * Ends the sessions that a new password must end, and tells the person by mail.
 *
 * @param others `keep this` lets the session that changed it go on
 */
export async function announceNewPassword(
  caller: Caller,
  others: "keep this" | "end all",
  language: Language,
): Promise<void> {
  const keepThis = others === "keep this";
  await caller.transaction((db) =>
    sql`select private.password_changed(${keepThis}, ${language})`.execute(db),
  );
}
