import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import type { CookieStore } from "@/lib/security/auth-client";
import { callerAt, type Visitor } from "@/lib/security/visitor";
import { startAuth } from "@/scripts/services/auth";
import { createAuthUser } from "@/scripts/services/auth-users";
import type { CaughtMail } from "@/scripts/services/caught-mail";
import { startMail } from "@/scripts/services/mail";
import { freePort } from "@/scripts/services/ports";
import { address } from "./cluster";
import { database } from "./database";
import { JWT_SECRET } from "./environment";

const publishableKey = "sb_publishable_0123456789abcdefghij_01234567";

/** The password of everybody in these stories. */
export const PASSWORD = "correcto-caballo-grapa";

/** A browser at the door: cookies that verbs write, and an address of its own. */
export interface TestVisitor extends Visitor {
  readonly jar: Map<string, string>;
}

let visitors = 0;

/** A browser; each comes from another address unless told otherwise, so that stories share no limit. */
export function aVisitor(from = `203.0.113.${++visitors}`): TestVisitor {
  const jar = new Map<string, string>();
  const cookies: CookieStore = {
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    set: (name, value, { maxAge }) => void (maxAge === 0 ? jar.delete(name) : jar.set(name, value)),
  };
  return { jar, cookies, address: from, language: "es" };
}

/** The caller whose session a browser holds. */
export async function whoIs(visitor: Visitor) {
  const caller = await callerAt(visitor);
  if (!caller) throw new Error("This browser is not signed in.");
  return caller;
}

/** Starts the auth server and the mail catcher for a test file, on the file's own database. */
export function identityServer() {
  const directory = mkdtempSync(join(tmpdir(), "opttius-mail-"));
  let mail: Awaited<ReturnType<typeof startMail>>;
  let auth: Awaited<ReturnType<typeof startAuth>>;

  beforeAll(async () => {
    mail = await startMail({ port: await freePort(), smtpPort: await freePort(), directory });
    auth = await startAuth({
      port: await freePort(),
      databaseUrl: address(inject("cluster"), "supabase_auth_admin", database().name),
      jwtSecret: JWT_SECRET,
      publishableKey,
      smtpUrl: mail.smtpUrl,
      appUrl: "http://127.0.0.1:3000",
    });
    // Read when they are first asked for, which is after this.
    Object.assign(process.env, { SUPABASE_URL: auth.url, SUPABASE_PUBLISHABLE_KEY: publishableKey });
  });

  afterAll(async () => {
    await auth?.stop();
    await mail?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  return {
    /** Makes a person with a proved address and the password of the cast. */
    person: (email: string, id?: string): Promise<string> =>
      createAuthUser(database().owner, { email, password: PASSWORD, ...(id && { id }) }),
    async mailsTo(email: string): Promise<CaughtMail[]> {
      const response = await fetch(`${mail.url}/api/messages?to=${encodeURIComponent(email)}`);
      return (await response.json()) as CaughtMail[];
    },
    /** The code in the newest mail to an address. */
    async codeFor(email: string): Promise<string> {
      const [newest] = await this.mailsTo(email);
      return /\b\d{6}\b/.exec(newest?.text ?? "")?.[0] ?? "";
    },
  };
}
