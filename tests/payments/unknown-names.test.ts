import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createGateways } from "@/lib/payments";
import type { Gateway, PaymentState, Reference } from "@/lib/payments/gateway";
import { failed, type Outcome, succeeded } from "@/lib/payments/outcome";
import { database } from "@/tests/support/database";
import { open, paymentOf, workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { agreedRenewal, chargesOf, referenceOf } from "./support/renewals";
import { aShop, count, row, type Shop } from "./support/shops";

// A gateway whose payment ids come by notices alone, as Mercado Pago's and NOWPayments' do.

const flow = flowInHand();
const asked: Reference[] = [];
/** Whose the ids of this gateway are, by id. */
const owners = new Map<string, Outcome<Reference | null>>();
/** What it says of a payment, by our order. */
const states = new Map<string, Partial<PaymentState>>();

beforeEach(() => {
  asked.length = 0;
  owners.clear();
  states.clear();
});

const gatewayInHand = (): Gateway => ({
  ...flow.gateway,
  identify: (reference) => {
    asked.push(reference);
    return Promise.resolve(owners.get(reference.value) ?? succeeded(null));
  },
  fetchStatus: (references) => {
    const order = references.find(({ kind }) => kind === "order")?.value ?? "";
    return Promise.resolve(succeeded({ ...paid(order), ...states.get(order) }));
  },
});
const work = () =>
  workInbox({
    ...flow,
    gateways: createGateways([{ id: "flow", configure: () => gatewayInHand }], null),
  });

function paid(order: string): PaymentState {
  return {
    normalized: "succeeded",
    rawStatus: "approved",
    reference: order,
    amountExpectedMinor: 99_000,
    amountPaidMinor: 99_000,
    amountRefundedMinor: 0,
    currency: "CLP",
    underpaid: false,
    reason: null,
    updatedAt: null,
    objection: null,
    references: [],
  };
}

async function notify(id: string, kind = "payment", referenceKind = "payment"): Promise<void> {
  await database().owner.query(
    "insert into private.webhook_events (gateway, kind, reference_kind, reference, verified_by) values ('flow', $1, $2, $3, 'signature')",
    [kind, referenceKind, id],
  );
}

const anId = () => String(Math.floor(Math.random() * 1e12));
const noticesOf = (id: string, status: string) =>
  count("private.webhook_events where reference = $1 and status = $2", [id, status]);

async function anOrder(shop?: Shop): Promise<{ paymentId: string; order: Reference }> {
  const { paymentId } = await open(flow, shop ?? (await aShop()));
  const { reference } = await row<{ reference: string }>(
    "select reference from private.payment_references where payment_id = $1 and kind = 'order'",
    [paymentId],
  );
  return { paymentId, order: { kind: "order", value: reference } };
}

describe("an id that only a notice brings", () => {
  test("is traced to our order, worked, and known from then on", async () => {
    const { paymentId, order } = await anOrder();
    const id = anId();
    owners.set(id, succeeded(order));
    await notify(id);
    await work();
    expect((await paymentOf(paymentId)).status).toBe("succeeded");
    await notify(id);
    await work();
    expect(asked).toEqual([{ kind: "payment", value: id }]);
    expect(await noticesOf(id, "done")).toBe(2);
  });

  test("and is nobody's waits, and costs one question an attempt however often it came", async () => {
    const id = anId();
    await Promise.all([notify(id), notify(id), notify(id)]);
    await work();
    expect(asked).toHaveLength(1);
    expect(await noticesOf(id, "received")).toBe(3);
    await work();
    expect(asked, "not due again at once").toHaveLength(1);
  });

  test("and that leads to an order which is none of ours waits too", async () => {
    const id = anId();
    owners.set(id, succeeded({ kind: "order", value: "somebody-elses" }));
    await notify(id);
    await work();
    expect(await noticesOf(id, "received")).toBe(1);
    expect(await count("private.payment_references where reference = $1", [id])).toBe(0);
  });

  test("is asked about again after an outage, which costs the notice nothing", async () => {
    const { paymentId, order } = await anOrder();
    const id = anId();
    owners.set(id, failed("unavailable", "503", "away"));
    await notify(id);
    await work();
    expect(
      await row("select attempts, status from private.webhook_events where reference = $1", [id]),
    ).toEqual({
      attempts: 0,
      status: "received",
    });
    owners.set(id, succeeded(order));
    await database().owner.query(
      "update private.webhook_events set next_attempt_at = now() where reference = $1",
      [id],
    );
    await work();
    expect((await paymentOf(paymentId)).status).toBe("succeeded");
  });

  test("of another kind with the same number is another thing", async () => {
    const [one, other] = [await anOrder(), await anOrder()];
    const id = anId();
    owners.set(id, succeeded(one.order));
    await notify(id);
    await work();
    owners.set(id, succeeded(other.order));
    states.set(other.order.value, { normalized: "failed", rawStatus: "rejected", amountPaidMinor: 0 });
    await notify(id, "payment", "merchant_order");
    await work();
    expect([await paymentOf(one.paymentId), await paymentOf(other.paymentId)]).toMatchObject([
      { status: "succeeded" },
      { status: "failed" },
    ]);
  });

  test("and that is a shop's already stays theirs, whatever the gateway says later", async () => {
    const [one, other] = [await anOrder(), await anOrder()];
    const id = anId();
    owners.set(id, succeeded(one.order));
    await notify(id);
    await work();
    await database().owner.query("select private.learn_reference('flow', 'payment', $1, 'order', $2)", [
      id,
      other.order.value,
    ]);
    const { payment_id } = await row<{ payment_id: string }>(
      "select payment_id from private.payment_references where reference = $1",
      [id],
    );
    expect(payment_id).toBe(one.paymentId);
    expect((await paymentOf(other.paymentId)).status).toBe("pending");
  });

  test("of what a renewal collected becomes a name of that payment, not of the renewal", async () => {
    const id = await agreedRenewal(flow, await aShop());
    const charge = randomUUID();
    owners.set(charge, succeeded({ kind: "order", value: await referenceOf(id) }));
    await notify(charge);
    await work();
    expect(await noticesOf(charge, "done")).toBe(1);
    expect(await chargesOf(id)).toHaveLength(1);
    expect(await count("private.payment_references where reference = $1", [charge])).toBe(0);
  });
});
