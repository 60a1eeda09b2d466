import { expect } from "@playwright/test";
import { variable } from "./people";

/** A gateway's notice, the worker and the page's next look, with room for a busy machine. */
export const SETTLED = { timeout: 30_000 };

interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** What the demo's mail catcher holds for an address, the newest first. */
async function mailsTo(email: string): Promise<readonly Mail[]> {
  const answer = await fetch(`${variable("MAIL_URL")}/api/messages?to=${encodeURIComponent(email)}`);
  return (await answer.json()) as Mail[];
}

/** What the newest mail to an address holds, once it has come. */
export async function mailed(email: string, what: RegExp): Promise<string> {
  let found: string | undefined;
  await expect(async () => {
    found = what.exec((await mailsTo(email))[0]?.text ?? "")?.[0];
    expect(found, `the newest mail to ${email}`).toBeDefined();
  }).toPass({ timeout: 15_000 });
  return found ?? "";
}

/** The six figures of the newest mail to an address. */
export const codeFor = (email: string) => mailed(email, /\b\d{6}\b/);

/** Waits for a mail by its subject. */
export async function hasMail({ email }: { readonly email: string }, subject: RegExp): Promise<void> {
  await expect
    .poll(async () => (await mailsTo(email)).map((mail) => mail.subject), SETTLED)
    .toEqual(expect.arrayContaining([expect.stringMatching(subject)]));
}
