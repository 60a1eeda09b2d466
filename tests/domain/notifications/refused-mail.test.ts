import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMailer, isUnknownRecipient, type Mailer } from "@/lib/notifications/mail";
import { freePort } from "@/scripts/services/ports";

const answers: Record<string, { code: number; text: string }> = {
  "nobody@optica.test": { code: 550, text: "5.1.1 No such user here" },
  "policy@optica.test": { code: 550, text: "5.7.1 Refused by policy" },
  "sender@optica.test": { code: 550, text: "5.1.8 Sender address rejected: Domain not found" },
  "sender0@optica.test": { code: 550, text: "5.1.0 Sender address rejected" },
  "today@optica.test": { code: 550, text: "5.1.90 Your message cannot be sent: daily limit" },
  "plain@optica.test": { code: 550, text: "Requested action not taken" },
  "full@optica.test": { code: 452, text: "4.2.2 Mailbox full" },
};
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onRcptTo({ address }, _session, done) {
    const answer = answers[address];
    done(answer ? Object.assign(new Error(answer.text), { responseCode: answer.code }) : null);
  },
});
let mailer: Mailer;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  origin = `smtp://127.0.0.1:${port}`;
  mailer = createMailer(origin, "https://opttius.app");
});
afterAll(async () => {
  mailer.close();
  await new Promise<void>((closed) => server.close(closed));
});

const refusal = (to: string, by: Mailer = mailer) =>
  by.send({ to, subject: "Tu boleta", html: "<p></p>", text: "", idempotencyKey: "1" }).then(
    () => null,
    (error: unknown) => error,
  );

test("an address that its server does not know is told from every refusal that may pass", async () => {
  expect(isUnknownRecipient(await refusal("nobody@optica.test"))).toBe(true);
  for (const to of Object.keys(answers).filter((one) => one !== "nobody@optica.test")) {
    const error = await refusal(to);
    expect(error, to).toBeInstanceOf(Error);
    expect(isUnknownRecipient(error), to).toBe(false);
  }
});

test("nor is it a server that is away", async () => {
  const away = createMailer(`smtp://127.0.0.1:${await freePort()}`, "https://opttius.app");
  expect(isUnknownRecipient(await refusal("nobody@optica.test", away))).toBe(false);
  away.close();
});
