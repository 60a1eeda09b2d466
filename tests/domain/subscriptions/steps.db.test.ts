import { expect, test } from "vitest";
import { isLegalStep, lifeEvents, subscriptionStatuses } from "@/lib/subscriptions/steps";
import { aShop, row } from "@/tests/payments/support/shops";
import { database } from "@/tests/support/database";

test("the database allows exactly the steps that the rules allow: every state, every event, every state", async () => {
  const { rows } = await database().owner.query<{
    from: (typeof subscriptionStatuses)[number];
    event: (typeof lifeEvents)[number];
    to: (typeof subscriptionStatuses)[number];
    legal: boolean;
  }>(
    `select f.s as from, e.e as event, t.s as to, private.step_is_legal(f.s, e.e, t.s) as legal
     from unnest($1::text[]) f (s), unnest($2::text[]) e (e), unnest($1::text[]) t (s)`,
    [subscriptionStatuses, lifeEvents],
  );
  expect(rows).toHaveLength(subscriptionStatuses.length ** 2 * lifeEvents.length);
  expect(rows.filter(({ from, event, to, legal }) => legal !== isLegalStep(from, event, to))).toEqual([]);
});

test("the states of the table are those of the rules", async () => {
  const { check } = await row<{ check: string }>(
    "select pg_get_constraintdef(oid) as check from pg_constraint where conname = 'subscriptions_status_check'",
  );
  const named = [...check.matchAll(/'([a-z_]+)'/g)].map(([, status]) => status);
  expect(named.sort()).toEqual([...subscriptionStatuses].sort());
});

test("a step that is not in the table is refused, and one from a state that has passed does nothing", async () => {
  const shop = await aShop({ status: "past_due", periodEnd: new Date() });
  const { id } = await row<{ id: string }>("select id from public.subscriptions where organization_id = $1", [
    shop.id,
  ]);
  const step = (from: string, to: string) =>
    row<{ done: boolean }>("select private.transition_subscription($1, $2, $3, $4, 'clock', now()) as done", [
      shop.id,
      id,
      from,
      to,
    ]);
  await expect(step("past_due", "suspended")).rejects.toMatchObject({ code: "23514" });
  expect(await step("grace", "suspended")).toEqual({ done: false });
  expect(await step("past_due", "grace")).toEqual({ done: true });
  expect(await step("past_due", "grace")).toEqual({ done: false });
});
