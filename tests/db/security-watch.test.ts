import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { asService } from "@/lib/db/service";
import { purgeSecurityEvents, watchSecurityEvents } from "@/lib/security/watch";
import { jobs } from "@/lib/wiring/jobs";
import { committed, database, twoShops } from "@/tests/fixtures";

const owner = () => database().owner;

interface Alert {
  readonly rule: string;
  readonly severity: string;
  readonly subject: string;
  readonly organizationId?: string;
  readonly reason: string;
}

/** What people are told of by one look. */
async function look(): Promise<Alert[]> {
  const { rows: before } = await owner().query<{ id: number }>(
    "select coalesce(max(id), 0) as id from private.outbox",
  );
  const told = await watchSecurityEvents(asService);
  const { rows } = await owner().query<{ payload: Alert }>(
    "select payload from private.outbox where name = 'alert.raise' and id > $1 order by id",
    [before[0]?.id],
  );
  expect(rows).toHaveLength(told);
  return rows.map(({ payload }) => payload);
}

/** Events of one kind, so long ago. */
async function happened(
  kind: string,
  times: number,
  { subject = (_n: number): string => "", address = "203.0.113.9", ago = "1 minute" } = {},
): Promise<void> {
  for (let n = 0; n < times; n++)
    await owner().query(
      "insert into private.security_events (kind, severity, subject, address, at) values ($1, 'info', $2, $3, now() - $4::interval)",
      [kind, subject(n), address, ago],
    );
}

/** Makes the last alerts an hour old. */
const anHourPasses = () =>
  owner().query("update private.security_alerts set alerted_at = alerted_at - interval '61 minutes'");

test("ten failed sign-ins of an account in five minutes are told of once an hour, without a stranger's address", async () => {
  const nobody = `ana.rojas-${randomUUID()}@correo.test`;
  await happened("auth.login_failed", 9, { subject: () => nobody });
  await happened("auth.login_failed", 5, { subject: () => nobody, ago: "6 minutes" });
  expect(await look()).toEqual([]);
  await happened("auth.login_failed", 1, { subject: () => nobody.toUpperCase() });
  expect(await look()).toEqual([
    {
      rule: "security.account_attacked",
      severity: "error",
      subject: "a…@correo.test",
      reason: "10 failed sign-ins of one account in 5 minutes",
    },
  ]);
  await happened("auth.login_failed", 20, { subject: () => nobody });
  expect(await look()).toEqual([]);
  await anHourPasses();
  expect(await look()).toHaveLength(1);
});

test("an account of ours is named by its id", async () => {
  const { vista } = await committed(twoShops);
  const { email = "" } = vista.owner;
  await happened("auth.login_failed", 10, { subject: () => email });
  const told = await look();
  const { rows } = await owner().query<{ user_id: string }>(
    "select user_id from public.admin_users where email = $1",
    [email],
  );
  expect(rows.map(({ user_id }) => user_id)).toContain(told[0]?.subject);
  expect(JSON.stringify(told)).not.toContain(email);
});

test("twenty accounts from one address in ten minutes are told of once, with the address", async () => {
  const address = "198.51.100.7";
  const subject = (n: number) => `persona-${n}@correo.test`;
  await happened("auth.login_failed", 19, { address, subject, ago: "9 minutes" });
  await happened("auth.login_failed", 5, { address, subject: () => subject(0), ago: "9 minutes" });
  expect(await look()).toEqual([]);
  await happened("auth.login_failed", 1, { address, subject: () => subject(19) });
  expect(await look()).toMatchObject([{ rule: "security.accounts_sprayed", subject: address }]);
  expect(await look()).toEqual([]);
});

test("three forged notices of a gateway in five minutes are told of once", async () => {
  await happened("webhook.not_authentic", 2, { subject: () => "paypal" });
  await happened("webhook.not_authentic", 9, { subject: () => "flow", ago: "6 minutes" });
  expect(await look()).toEqual([]);
  await happened("webhook.not_authentic", 1, { subject: () => "paypal" });
  expect(await look()).toMatchObject([{ rule: "security.notices_forged", subject: "paypal" }]);
  expect(await look()).toEqual([]);
});

test("an approval code that five wrong tries have shut is told of once, with its shop", async () => {
  const { vista } = await committed(twoShops);
  await owner().query(
    "insert into private.approval_pins (organization_id, member_id, pin_hash) values ($1, $2, 'x') on conflict do nothing",
    [vista.id, vista.owner.memberId],
  );
  const lock = (until: string) =>
    owner().query(
      "update private.approval_pins set locked_until = now() + $2::interval where member_id = $1",
      [vista.owner.memberId, until],
    );
  await lock("-1 minute");
  expect(await look()).toEqual([]);
  await lock("15 minutes");
  expect(await look()).toMatchObject([
    {
      rule: "security.approval_code_locked",
      severity: "warning",
      subject: vista.owner.memberId,
      organizationId: vista.id,
    },
  ]);
  expect(await look()).toEqual([]);
});

test("whoever attacks many accounts at once floods nobody with mails", async () => {
  for (let n = 0; n < 25; n++)
    await happened("auth.login_failed", 10, { subject: () => `x${n}@flood.test`, address: `192.0.2.${n}` });
  await anHourPasses();
  const told = (await look()).filter(({ subject }) => subject.endsWith("@flood.test"));
  expect(told.length).toBeGreaterThan(10);
  expect(told.length).toBeLessThanOrEqual(20);
  expect(told.at(-1)?.reason).toContain("more like this");
});

test("attempts are forgotten after 180 days; what staff did and what happened to money is not", async () => {
  const forgotten = ["auth.login_failed", "two_factor.failed", "approval.wrong_pin", "webhook.not_authentic"];
  const kept = ["gateway.credentials_changed", "payment.review", "tier.published"];
  await owner().query("delete from private.security_events");
  for (const kind of [...forgotten, ...kept]) {
    await happened(kind, 1, { subject: () => "old", ago: "181 days" });
    await happened(kind, 1, { subject: () => "young", ago: "179 days" });
  }
  await owner().query("update private.security_alerts set alerted_at = now() - interval '25 hours'");
  expect(await purgeSecurityEvents(asService, 3)).toBe(forgotten.length);
  const { rows } = await owner().query<{ kind: string; subject: string }>(
    "select kind, subject from private.security_events",
  );
  expect(
    rows
      .filter(({ subject }) => subject === "old")
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(kept.sort());
  expect(rows.filter(({ subject }) => subject === "young")).toHaveLength(forgotten.length + kept.length);
  expect((await owner().query("select from private.security_alerts")).rowCount).toBe(0);
});

test("the worker looks each minute and forgets each night", () => {
  const schedule = (name: string) => jobs.find((job) => job.name === name)?.schedule;
  expect([schedule("security.watch"), schedule("security.purge")]).toEqual(["* * * * *", "53 7 * * *"]);
});
