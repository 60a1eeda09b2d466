import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestClock } from "pg-boss";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { getDashboard } from "@/lib/console";
import { defineJob, drainOutbox, type Job, type Queue, startQueue, tellOfFailedJobs } from "@/lib/jobs";
import { closeMailer, createMailJobs } from "@/lib/notifications";
import type { Caller } from "@/lib/security/session";
import { mailFacts } from "@/lib/wiring/mail-facts";
import { metrics } from "@/lib/wiring/probes";
import { startMail } from "@/scripts/services/mail";
import { freePort } from "@/scripts/services/ports";
import { database } from "@/tests/support/database";
import { aShop, row } from "../support/shops";
import { staffMember } from "../support/staff";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The queue's time, which the stories move. */
const clock = new TestClock(Date.now());
const staff = staffMember();
/** Mails to a server of which nobody answers, until it is back; and one job that a server refuses at once. */
const mails = createMailJobs(mailFacts).filter(({ name }) =>
  ["mail.password_changed", "mail.invitation"].includes(name),
);
const refused = defineJob({
  name: "mail.welcome",
  payload: z.object({}),
  run: () => Promise.reject(new Error("451 try again later")),
});
const jobs: Job[] = [...mails, refused];
let smtpPort: number;
let queue: Queue;

beforeAll(async () => {
  smtpPort = await freePort();
  process.env["SMTP_URL"] = `smtp://127.0.0.1:${smtpPort}`;
  queue = await startQueue(database().urls.owner, jobs, clock);
});
beforeEach(() => database().owner.query("truncate private.outbox, pgboss.job"));
afterAll(() => queue.stop());

interface QueuedJob {
  state: string;
  tries: number;
  next: Date;
  data: object;
  kept_days: number;
}

/** The queue's only job. */
const queued = () =>
  row<QueuedJob>(
    `select state, retry_count as tries, start_after as next, data,
            extract(epoch from keep_until - created_on)::int / 86400 as kept_days from pgboss.job`,
  );

/** Asks for a job and sees its first try. */
async function ask(name: string, payload: object = {}): Promise<void> {
  await database().owner.query("select private.enqueue($1, $2)", [name, JSON.stringify(payload)]);
  await drainOutbox(queue.boss, [name]);
  await until(async () => ["retry", "completed"].includes((await queued()).state));
}

/** Lets the queue's seconds go by until something has happened. */
async function until(happened: () => Promise<boolean>): Promise<void> {
  const look = async () => {
    await clock.tick(1_000);
    return happened();
  };
  await expect.poll(look, { timeout: 20_000, interval: 5 }).toBe(true);
}

/** Lets the next try come; returns what became of the job. */
async function tryAgain(): Promise<string> {
  const { next, tries } = await queued();
  await clock.setTime(next.getTime() + 30_000); // the worker looks every thirty seconds
  await until(async () => {
    const now = await queued();
    return now.state !== "active" && (now.tries > tries || now.state === "completed");
  });
  return (await queued()).state;
}

/** Tries while the queue does, for some hours at most. Returns for how many it did. */
async function tryFor(hours: number): Promise<number> {
  const from = clock.now();
  while (clock.now() - from < hours * HOUR && (await tryAgain()) === "retry");
  return (clock.now() - from) / HOUR;
}

/** Gives a job up, as after days of tries. */
async function giveUp(name: string, payload: object = {}): Promise<void> {
  await ask(name, payload);
  await database().owner.query("update pgboss.job set retry_count = retry_limit - 1");
  expect(await tryAgain()).toBe("failed");
}

/** Runs a part of the story while the mail server is back; tells how many mails somebody got. */
async function withServer(part: () => Promise<void>, address: string): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "opttius-given-up-"));
  const mail = await startMail({ port: await freePort(), smtpPort, directory });
  try {
    await part();
    const caught = await fetch(`${mail.url}/api/messages?to=${address}`);
    return ((await caught.json()) as unknown[]).length;
  } finally {
    closeMailer();
    await mail.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Days later: how many jobs the queue still keeps. */
async function kept(days: number): Promise<number | null> {
  await clock.setTime(clock.now() + days * DAY);
  await queue.boss.supervise();
  return (await database().owner.query("select from pgboss.job")).rowCount;
}

/** The queue does this by itself as well, every few seconds: stories look at what came of it. */
const tell = () => tellOfFailedJobs(["mail.invitation"]);

async function alerts(): Promise<string[]> {
  const { rows } = await database().owner.query<{ alert: string }>(
    `select concat_ws(' ', payload ->> 'rule', payload ->> 'severity', payload ->> 'subject', payload ->> 'reason') as alert
     from private.outbox where name = 'alert.raise' order by 1`,
  );
  return rows.map(({ alert }) => alert);
}

/** Jobs that are tried again and jobs that were given up, as the health card and the metrics count them. */
async function health() {
  const { jobsRetrying, jobsFailed } = (await getDashboard(staff as Caller)).health;
  const graph = await metrics();
  const figure = (name: string) => Number(new RegExp(`^opttius_${name} (\\d+)$`, "m").exec(graph)?.[1]);
  return { card: [jobsRetrying, jobsFailed], metrics: [figure("jobs_retrying"), figure("jobs_failed")] };
}

describe("a mail while no server takes it", () => {
  test("waits for it, is seen to wait, and arrives when the server is back hours later", async () => {
    await ask("mail.password_changed", { to: "duena@shop.test" });
    expect(await tryFor(4)).toBeGreaterThanOrEqual(4);
    expect(await health()).toEqual({ card: [1, 0], metrics: [1, 0] });
    const arrived = await withServer(
      async () => expect(await tryAgain()).toBe("completed"),
      "duena@shop.test",
    );
    expect(arrived).toBe(1);
    expect(await health()).toEqual({ card: [0, 0], metrics: [0, 0] });
    await tell();
    expect(await alerts()).toEqual([]);
  }, 60_000);

  test("is given up between two days and three, and people hear of it once", async () => {
    await ask("mail.welcome");
    const hours = await tryFor(100);
    expect([hours > 48, hours < 72]).toEqual([true, true]);
    expect((await queued()).state).toBe("failed");
    expect(await health()).toEqual({ card: [0, 1], metrics: [0, 1] });
    await tell();
    await tell();
    expect(await alerts()).toEqual(["job.failed error mail.welcome 1 given up"]);
  }, 90_000);

  test("is kept for two weeks when it was given up, and for a day when it went out", async () => {
    await giveUp("mail.welcome");
    await tell();
    expect(await kept(13)).toBe(1);
    expect(await kept(1.1)).toBe(0);
    await withServer(() => ask("mail.password_changed", { to: "duena@shop.test" }), "duena@shop.test");
    expect((await queued()).state).toBe("completed");
    expect(await kept(0.9)).toBe(1);
    expect(await kept(0.2)).toBe(0);
  }, 30_000);

  test("loses the secret of an invitation when it is given up, and is never kept as long as that lives", async () => {
    const shop = await aShop();
    const { id } = await row<{ id: string }>(
      "insert into public.invitations (organization_id, email, role) values ($1, 'nueva@shop.test', 'seller') returning id",
      [shop.id],
    );
    const invitation = { organizationId: shop.id, invitationId: id, to: "nueva@shop.test", token: "t0ken" };
    await giveUp("mail.invitation", invitation);
    expect((await queued()).kept_days).toBe(6);
    await tell();
    expect((await queued()).data).toEqual({});
    expect(await alerts()).toEqual(["job.failed error mail.invitation 1 given up"]);
  }, 30_000);
});

describe("people hear of jobs that were given up", () => {
  const fail = (...names: string[]) =>
    database().owner.query(
      "insert into pgboss.job (name, data, state, completed_on) select name, '{}', 'failed', now() from unnest($1::text[]) name",
      [names],
    );

  test("once a day of each kind, however many there are and however many workers look", async () => {
    await fail("mail.password_changed", "mail.password_changed", "mail.welcome");
    await Promise.all([tell(), tell(), tell()]);
    const first = [
      "job.failed error mail.password_changed 2 given up",
      "job.failed error mail.welcome 1 given up",
    ];
    expect(await alerts()).toEqual(first);
    await fail("mail.welcome");
    await tell();
    expect(await alerts()).toEqual(first);
    await twentyHoursLater();
    await fail("mail.welcome");
    await tell();
    expect(await alerts()).toEqual(first);
    await twentyHoursLater();
    await fail("mail.welcome");
    await tell();
    expect(await alerts(), "however steadily they fail").toEqual([
      ...first,
      "job.failed error mail.welcome 1 given up",
    ]);
  });

  test("but not by an alert that an alert was not sent", async () => {
    await queue.boss.createQueue("alert.raise");
    await fail("alert.raise");
    await tell();
    expect(await alerts()).toEqual([]);
    expect((await queued()).state).toBe("failed");
  });
});

const twentyHoursLater = () =>
  database().owner.query(
    `update pgboss.job j set output = (
       select jsonb_object_agg(e.key, to_jsonb((e.value #>> '{}')::timestamptz - interval '20 hours'))
       from jsonb_each(j.output) e where e.key in ('toldAt', 'alertedAt')) where j.state = 'failed'`,
  );
