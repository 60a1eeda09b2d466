import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { drainOutbox, type Job, type Queue, startQueue } from "@/lib/jobs";
import { alertJob, createMailJobs, receiptMailJob } from "@/lib/notifications";
import { createMailer } from "@/lib/notifications/mail";
import { mailFacts } from "@/lib/wiring/mail-facts";
import { startMail } from "@/scripts/services/mail";
import { freePort } from "@/scripts/services/ports";
import { database } from "@/tests/support/database";
import { pay } from "../support/checkout";
import { flowInHand } from "../support/flow";
import { aShop, count, row, type Shop } from "../support/shops";

interface CaughtMail {
  id: string;
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  attachments: { name: string; type: string }[];
}

const flow = flowInHand();
const directory = mkdtempSync(join(tmpdir(), "opttius-mails-"));
let mail: Awaited<ReturnType<typeof startMail>>;
let queue: Queue;

const receipts = receiptMailJob((_organization, _order, language) =>
  Promise.resolve({
    organization: "Óptica Vista",
    number: "B-17",
    total: 45_990,
    currency: "CLP",
    attachment: {
      filename: `${language}.pdf`,
      content: Buffer.from("%PDF-1.7"),
      contentType: "application/pdf",
    },
  }),
);
const jobs: Job[] = [...createMailJobs(mailFacts), receipts, alertJob];

beforeAll(async () => {
  mail = await startMail({ port: await freePort(), smtpPort: await freePort(), directory });
  process.env["SMTP_URL"] = mail.smtpUrl;
  process.env["ALERT_EMAIL_TO"] = "alerts@opttius.test";
  queue = await startQueue(database().urls.owner, jobs);
});
beforeEach(() => database().owner.query("delete from private.outbox"));
afterAll(async () => {
  await queue.stop();
  await mail.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Hands the outbox over and waits for a mail to somebody. */
async function mailTo(address: string): Promise<CaughtMail> {
  await drainOutbox(
    queue.boss,
    jobs.map(({ name }) => name),
  );
  const search = async () =>
    (await (
      await fetch(`${mail.url}/api/messages?to=${encodeURIComponent(address)}`)
    ).json()) as CaughtMail[];
  await expect.poll(async () => (await search()).length, { timeout: 10_000 }).toBeGreaterThan(0);
  const [newest] = await search();
  if (!newest) throw new Error("no mail");
  return newest;
}

const enqueue = (name: string, payload: object) =>
  database().owner.query("select private.enqueue($1, $2)", [name, JSON.stringify(payload)]);

describe("the mail", () => {
  test("about a payment says what was paid for, for how much and until when, in both forms", async () => {
    const shop = await aShop();
    await pay(flow, shop);
    const sent = await mailTo(shop.owner.email);
    expect(sent.subject).toBe("Tu plan Pro está activo");
    for (const form of [sent.text, sent.html]) {
      expect(form).toContain("$99.000");
      expect(form).toContain("/billing");
      expect(form).toContain("Pagado hasta el");
    }
    expect(sent.html).toMatch(/<html[^>]* lang="es-CL"/);
    expect(sent.from).toContain("no-reply@opttius.local");
  });

  test.each([
    ["received", "en", "We received your payment of $99,000"],
    ["failed", "es", "No se pudo completar tu pago"],
    ["review", "en", "We are looking into your payment"],
  ])("that a payment is %s, in %s", async (kind, language, subject) => {
    const shop = await aShop();
    const paymentId = await pay(flow, shop);
    await database().owner.query("delete from private.outbox");
    await enqueue("mail.payment", {
      kind,
      language,
      organizationId: shop.id,
      paymentId,
      to: `${kind}@shop.test`,
    });
    expect((await mailTo(`${kind}@shop.test`)).subject).toBe(subject);
  });

  test.each([
    ["its own amount", { refund: { amount: 1_250, currency: "USD" } }, "Devolvimos US$12,50"],
    ["written before a refund was told apart, everything that went back", {}, "Devolvimos $50.000"],
  ])("of a refund tells %s", async (what, told, subject) => {
    const shop = await aShop();
    const paymentId = await pay(flow, shop);
    const { owner } = database();
    await owner.query("update public.payments set refunded_amount = 50000 where id = $1", [paymentId]);
    await owner.query("delete from private.outbox");
    const to = `${what.length}@refunds.test`;
    await enqueue("mail.payment", { kind: "refunded", organizationId: shop.id, paymentId, to, ...told });
    const sent = await mailTo(to);
    expect(sent.subject).toBe(subject);
    expect(sent.text).not.toContain("99.000");
  });

  test.each([
    ["es", "Tu plan Pro vence el 31 de marzo de 2027"],
    ["en", "Your Pro plan is paid until 31 March 2027"],
  ])("that a renewal comes says until when, in %s", async (language, subject) => {
    const shop = await aShop();
    await enqueue("mail.subscription", {
      kind: "renewal_coming",
      language,
      organizationId: shop.id,
      to: `renewal-${language}@shop.test`,
      facts: { tier: "pro", periodEnd: "2027-04-01T02:00:00.123456+00:00" },
    });
    const sent = await mailTo(`renewal-${language}@shop.test`);
    expect(sent.subject).toBe(subject);
    expect(sent.text).toContain("/billing");
  });

  test("of an invitation carries the link, and neither outbox nor queue keeps the token", async () => {
    const shop = await aShop();
    const { id } = await row<{ id: string }>(
      "insert into public.invitations (organization_id, email, role) values ($1, 'nueva@shop.test', 'seller') returning id",
      [shop.id],
    );
    await enqueue("mail.invitation", {
      organizationId: shop.id,
      invitationId: id,
      to: "nueva@shop.test",
      token: "t0ken-of-the-invitation",
    });
    const sent = await mailTo("nueva@shop.test");
    expect(sent.text).toContain("/invite/t0ken-of-the-invitation");
    expect(sent.text).toContain("vendedor");
    expect(await count("private.outbox where payload::text like '%t0ken%'")).toBe(0);
    expect(
      await row("select deletion_seconds as s from pgboss.queue where name = 'mail.invitation'"),
    ).toEqual({ s: 60 });
  });

  test("of an invitation taken back is not sent", async () => {
    const shop = await aShop();
    const { id } = await row<{ id: string }>(
      "insert into public.invitations (organization_id, email, role, revoked_at) values ($1, 'nadie@shop.test', 'seller', now()) returning id",
      [shop.id],
    );
    await enqueue("mail.invitation", {
      organizationId: shop.id,
      invitationId: id,
      to: "nadie@shop.test",
      token: "x",
    });
    await enqueue("mail.password_changed", { to: "alguien@shop.test" });
    await mailTo("alguien@shop.test");
    expect(await (await fetch(`${mail.url}/api/messages?to=nadie@shop.test`)).json()).toEqual([]);
  });

  test("of a receipt has it attached and says that it is no tax document", async () => {
    const shop: Shop = await aShop();
    await enqueue("mail.receipt", { organizationId: shop.id, orderId: shop.id, to: "cliente@mail.test" });
    const sent = await mailTo("cliente@mail.test");
    expect(sent.attachments).toMatchObject([{ name: "es.pdf", type: "application/pdf" }]);
    expect(sent.text).toContain("no es un documento tributario");
  });

  test.each([
    ["mail.password_changed", {}, "Your password was changed", "/login", "ask for a new one"],
    [
      "mail.two_factor_reset",
      {},
      "Your second factor was removed",
      "/two-factor",
      "manages your shop removed",
    ],
    [
      "mail.two_factor_reset",
      { by: "platform" },
      "Your second factor was removed",
      "/two-factor",
      "Opttius team",
    ],
    [
      "mail.two_factor_changed",
      { change: "enrolled" },
      "You turned on the second factor",
      "/profile",
      "a code",
    ],
    [
      "mail.two_factor_changed",
      { change: "codes_replaced" },
      "There are new recovery codes",
      "/profile",
      "old ones",
    ],
    [
      "mail.two_factor_changed",
      { change: "removed" },
      "You turned off the second factor",
      "/profile",
      "alone",
    ],
  ])("%s %j warns the account's owner, plain and laid out", async (name, more, subject, path, words) => {
    const to = `${subject.replaceAll(" ", "-")}-${words.replaceAll(" ", "-")}@shop.test`.toLowerCase();
    await enqueue(name, { to, language: "en", ...more });
    const sent = await mailTo(to);
    expect(sent.subject).toBe(subject);
    for (const form of [sent.text, sent.html]) {
      expect(form).toContain(words);
      expect(form).toContain(`http://127.0.0.1:3000${path}`);
    }
  });

  test("of a second factor is Spanish unless told otherwise", async () => {
    await enqueue("mail.two_factor_changed", { to: "persona@shop.test", change: "removed" });
    expect((await mailTo("persona@shop.test")).subject).toBe("Desactivaste el segundo factor");
  });

  test("welcomes a new shop by its name, whatever is in the name", async () => {
    const shop = await aShop();
    await database().owner.query("update public.organizations set name = $2 where id = $1", [
      shop.id,
      'Óptica <img src=x onerror="alert(1)">',
    ]);
    await enqueue("mail.welcome", {
      organizationId: shop.id,
      to: "duena@shop.test",
    });
    const sent = await mailTo("duena@shop.test");
    expect(sent.html).not.toContain("<img");
    expect(sent.html).toContain("&lt;img");
  });

  test("of an alarm names ids and no person", async () => {
    await enqueue("alert.raise", {
      rule: "payment.review",
      severity: "critical",
      organizationId: "o-1",
      subject: "p-1",
      reason: "amount_differs",
    });
    const sent = await mailTo("alerts@opttius.test");
    expect(sent.subject).toBe("[critical] payment.review");
    expect(sent.text).toContain("amount_differs");
  });

  test("cannot be steered to further recipients", async () => {
    const mailer = createMailer(mail.smtpUrl, "https://shop.example.cl");
    const sent = { subject: "x", text: "x", html: "x", idempotencyKey: "k" };
    await mailer.send({ ...sent, to: "one@shop.test,two@evil.test" }).catch(() => undefined);
    await mailer.send({ ...sent, to: "one@shop.test\r\nBcc: three@evil.test" }).catch(() => undefined);
    mailer.close();
    for (const address of ["two@evil.test", "three@evil.test"]) {
      const caught = (await (await fetch(`${mail.url}/api/messages?to=${address}`)).json()) as CaughtMail[];
      expect(caught.filter(({ to }) => to.some((one) => one === address))).toEqual([]);
    }
  });
});

describe("the outbox", () => {
  test("hands every row over once, however many workers drain it", async () => {
    for (let number = 0; number < 40; number += 1)
      await enqueue("mail.password_changed", { to: `n${number}@shop.test` });
    const names = ["mail.password_changed"];
    const drained = await Promise.all(Array.from({ length: 6 }, () => drainOutbox(queue.boss, names)));
    const rest = await drainOutbox(queue.boss, names);
    expect(drained.reduce((sum, one) => sum + one, rest)).toBe(40);
    expect(await count("private.outbox where done_at is null")).toBe(0);
  });

  test("keeps rows whose job this worker does not know", async () => {
    await enqueue("mail.receipt", { to: "x@shop.test" });
    expect(await drainOutbox(queue.boss, ["mail.payment"])).toBe(0);
    expect(await count("private.outbox where done_at is null and name = 'mail.receipt'")).toBe(1);
  });
});
