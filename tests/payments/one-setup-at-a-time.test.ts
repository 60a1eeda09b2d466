import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { processNotices } from "@/lib/payments";
import { database } from "@/tests/support/database";
import { workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { openRenewal, receive, referenceOf, registerToken, renewalOf } from "./support/renewals";
import { aShop, row } from "./support/shops";

const flow = flowInHand();

/** A card that is registered, and two notices of it that nobody has worked. */
async function toBeFinished(): Promise<string> {
  const opened = await openRenewal(flow, await aShop());
  await flow.registerCard(registerToken(opened), true);
  await database().owner.query("delete from private.webhook_events");
  await receive(flow, `token=${registerToken(opened)}`);
  await receive(flow, "token=ANY", `?renewal=${await referenceOf(opened.autoRenewalId)}`);
  return opened.autoRenewalId;
}

/** Two workers that each hold one notice before either asks. */
async function twoWorkers(): Promise<void> {
  const both = Promise.withResolvers<void>();
  let waiting = 0;
  const onStep = async (step: string) => {
    if (step !== "claimed") return;
    waiting += 1;
    if (waiting === 2) both.resolve();
    await both.promise;
  };
  const work = () => processNotices({ gateways: flow.gateways, name: randomUUID(), batch: 1, onStep });
  await Promise.all([work(), work()]);
}

test("two workers at once make one subscription on a shop's card", async () => {
  const id = await toBeFinished();
  // Both have looked for a subscription and found none; one hears of the card later.
  await flow.fault("customer/getRegisterStatus", "slow", 1, 50);
  await flow.fault("customer/getRegisterStatus", "slow", 1, 700);
  await twoWorkers();
  expect((await flow.state()).flow.subscriptions).toHaveLength(1);
  expect((await renewalOf(id)).status).toBe("active");
});

test("the worker that comes second waits, and that counts against no notice", async () => {
  const id = await toBeFinished();
  await database().owner.query(
    "update public.auto_renewals set working_until = now() + interval '1 minute' where id = $1",
    [id],
  );
  await workInbox(flow);
  expect((await flow.state()).flow.subscriptions).toEqual([]);
  expect(
    await row(
      "select max(attempts) as attempts, count(*)::int as waiting from private.webhook_events where status = 'received'",
    ),
  ).toEqual({ attempts: 0, waiting: 2 });
  // The other one died: what it held is anybody's after a minute.
  await database().owner.query("update public.auto_renewals set working_until = now() where id = $1", [id]);
  await database().owner.query("update private.webhook_events set next_attempt_at = now()");
  await workInbox(flow);
  expect((await renewalOf(id)).status).toBe("active");
  expect(await row("select working_until from public.auto_renewals where id = $1", [id])).toEqual({
    working_until: null,
  });
});
