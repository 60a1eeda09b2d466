import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createGateways, listReconciliations, replayDeadNotices, replayNotice } from "@/lib/payments";
import type { Gateway, PaymentState } from "@/lib/payments/gateway";
import { failed, succeeded } from "@/lib/payments/outcome";
import { type Reconciliation, reconcileGateways } from "@/lib/payments/reconcile";
import { database } from "@/tests/support/database";
import { notify, open, ownerOf, pay, paymentOf, tokenOf, workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { balancesOf } from "./support/ledger";
import { aShop, count, row } from "./support/shops";
import { staffMember } from "./support/staff";
import { rightState, tell } from "./support/states";

const flow = flowInHand();
const root = staffMember();
const support = staffMember({ role: "support" });
const YESTERDAY = new Date(Date.now() - 86_400_000);
const day = YESTERDAY.toISOString().slice(0, 10);

beforeEach(async () => {
  // Each story begins with the payments of its own.
  await database().owner.query(
    "update public.payments set created_at = created_at - interval '30 days', paid_at = paid_at - interval '30 days'",
  );
  await database().owner.query("delete from private.reconciliation_runs");
});

/** Moves a payment into the days that a night looks at. */
const dateYesterday = (paymentId: string) =>
  database().owner.query(
    "update public.payments set created_at = $2::timestamptz, paid_at = case when paid_at is not null then $2::timestamptz end where id = $1",
    [paymentId, YESTERDAY],
  );

async function aPaidPayment() {
  const shop = await aShop();
  const id = await pay(flow, shop);
  await dateYesterday(id);
  return { shop, id };
}

/** One night, with a gateway that has this list, or none and is asked by name. */
async function night(change: Partial<Gateway> = { listPayments: null }): Promise<Reconciliation> {
  const gateway: Gateway = { ...flow.gateway, ...change };
  const gateways = createGateways([{ id: "flow", configure: () => () => gateway }], null);
  const [result] = await reconcileGateways(gateways, new Date());
  if (!result) throw new Error("no gateway was compared");
  return result;
}

const listing = (...states: PaymentState[]): Partial<Gateway> => ({
  listPayments: () => Promise.resolve(succeeded(states)),
});
const kindsOf = ({ findings }: Reconciliation) => findings.map(({ kind }) => kind);
const alerts = () =>
  row<{ n: number; last: Record<string, string> | null }>(
    `select count(*)::int as n, (array_agg(payload order by id desc))[1] as last from private.outbox
     where name = 'alert.raise' and payload ->> 'rule' like 'reconciliation.%'`,
  );

describe("a night in which everything agrees", () => {
  test("finds nothing, calls nobody, and keeps a row for each day, by list or by name", async () => {
    const { id } = await aPaidPayment();
    const { n } = await alerts();
    const state = { ...(await rightState(id, "succeeded")), updatedAt: YESTERDAY };
    for (const way of [listing(state), { listPayments: null }]) {
      expect(await night(way)).toMatchObject({
        theirs: 1,
        ours: 1,
        unanswered: 0,
        findings: [],
        failure: null,
      });
      expect(await count("private.reconciliation_runs where gateway = 'flow'")).toBe(3);
      expect(
        await row("select ours, findings from private.reconciliation_runs where day = $1", [day]),
      ).toEqual({ ours: 1, findings: 0 });
    }
    expect((await alerts()).n).toBe(n);
  });

  test("asks by name about what the gateway dates otherwise than we do, before it misses it", async () => {
    await aPaidPayment();
    expect(kindsOf(await night(listing()))).toEqual([]);
  });

  test("takes a refund of ours that is under way for no difference", async () => {
    const { id } = await aPaidPayment();
    await database().owner.query(
      `insert into public.refunds (organization_id, payment_id, amount, currency, status, reason, idempotency_key, requested_by)
       select organization_id, id, 5000, 'CLP', 'processing', 'x', 'k', gen_random_uuid() from public.payments where id = $1`,
      [id],
    );
    expect(kindsOf(await night(listing(await rightState(id, "partially_refunded", 5_000))))).toEqual([]);
  });

  test("leaves to people what is in review or was rejected by them, and others' money to others", async () => {
    const shop = await aShop();
    const { paymentId: id } = await open(flow, shop);
    await dateYesterday(id);
    const state = await rightState(id, "succeeded");
    await tell(shop, id, { ...state, amountPaidMinor: 98_000 });
    const foreign: PaymentState = { ...state, reference: "somebody-elses", objection: "foreign-account" };
    expect(kindsOf(await night(listing({ ...state, amountPaidMinor: 98_000 }, foreign)))).toEqual([]);
  });
});

describe("a night that finds a difference", () => {
  test("theirs, not ours: a payment that we never heard was paid is asked about again, and applied", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    await dateYesterday(opened.paymentId);
    await flow.decide(tokenOf(opened), { status: 2 });
    for (const way of [listing(await rightState(opened.paymentId, "succeeded")), { listPayments: null }]) {
      const found = await night(way);
      expect(found.findings).toMatchObject([
        { kind: "theirs_not_ours", paymentId: opened.paymentId, theirsMinor: 99_000, oursMinor: null },
      ]);
    }
    expect((await alerts()).last).toMatchObject({
      rule: "reconciliation.difference",
      severity: "critical",
      gateway: "flow",
    });
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
  });

  test("theirs, not ours: money under a name that is nobody's", async () => {
    const stranger: PaymentState = { ...(await aStrangersPayment()), updatedAt: YESTERDAY };
    expect((await night(listing(stranger))).findings).toMatchObject([
      { kind: "theirs_not_ours", paymentId: null, reference: "nobodys-order", theirsMinor: 5_000 },
    ]);
    expect(
      await count(
        "private.webhook_events where event_key like 'reconcile:%' and reference = 'nobodys-order'",
      ),
    ).toBe(0);
  });

  test("ours, not theirs: we gave a period for money that they do not know of", async () => {
    const { id } = await aPaidPayment();
    const unknown = { listPayments: null, fetchStatus: () => Promise.resolve(succeeded(null)) };
    expect((await night(unknown)).findings).toMatchObject([
      { kind: "ours_not_theirs", paymentId: id, oursMinor: 99_000 },
    ]);
    const unpaid = { ...(await rightState(id, "pending")) };
    expect(
      kindsOf(await night({ listPayments: null, fetchStatus: () => Promise.resolve(succeeded(unpaid)) })),
    ).toEqual(["ours_not_theirs"]);
  });

  test.each<[string, Partial<PaymentState>]>([
    ["less", { amountPaidMinor: 98_999 }],
    ["more", { amountPaidMinor: 198_000 }],
    ["nothing that can be read", { amountPaidMinor: null }],
    ["another currency", { currency: "USD" }],
  ])("the amount differs: they have %s", async (_, change) => {
    const { id } = await aPaidPayment();
    expect(kindsOf(await night(listing({ ...(await rightState(id, "succeeded")), ...change })))).toEqual([
      "amount_differs",
    ]);
  });

  test("a surplus that is on the books already is no difference any more", async () => {
    const { shop, id } = await aPaidPayment();
    const twice = { ...(await rightState(id, "succeeded")), amountPaidMinor: 198_000 };
    await tell(shop, id, twice);
    expect(kindsOf(await night(listing(twice)))).toEqual([]);
  });

  test("refunded there, in part or whole, and disputed there", async () => {
    const { id } = await aPaidPayment();
    expect((await night(listing(await rightState(id, "partially_refunded", 5_000)))).findings).toMatchObject([
      { kind: "refunded_there", theirsMinor: 5_000, oursMinor: 0 },
    ]);
    expect((await night(listing(await rightState(id, "refunded")))).findings).toMatchObject([
      { kind: "refunded_there", theirsMinor: 99_000, oursMinor: 0 },
    ]);
    expect(kindsOf(await night(listing(await rightState(id, "disputed"))))).toEqual(["disputed_there"]);
    expect(
      await count("private.webhook_events where event_key like 'reconcile:%' and payment_ref = $1", [id]),
    ).toBe(1);
  });

  test("refunded there is posted once the gateway is asked again", async () => {
    const { shop, id } = await aPaidPayment();
    const back = await rightState(id, "partially_refunded", 5_000);
    const there: Gateway = {
      ...flow.gateway,
      ...listing(back),
      fetchStatus: () => Promise.resolve(succeeded(back)),
    };
    await night(there);
    await workInbox({
      ...flow,
      gateways: createGateways([{ id: "flow", configure: () => () => there }], null),
    });
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 94_000, revenue: -99_000, refunds: 5_000 });
    expect(kindsOf(await night(there))).toEqual([]);
    expect(await row("select findings from private.reconciliation_runs where day = $1", [day])).toEqual({
      findings: 0,
    });
  });

  test("calls people once for what it finds again each night, and again for something else", async () => {
    const { id } = await aPaidPayment();
    const { n } = await alerts();
    const less = { ...(await rightState(id, "succeeded")), amountPaidMinor: 98_999 };
    for (let repeat = 0; repeat < 3; repeat += 1) await night(listing(less));
    expect((await alerts()).n).toBe(n + 1);
    await night(listing({ ...less, amountPaidMinor: 1 }));
    expect((await alerts()).n).toBe(n + 2);
  });
});

describe("a night on which the gateway does not answer", () => {
  test("finds nothing, says so, and never calls it a difference", async () => {
    await aPaidPayment();
    const away = () => Promise.resolve(failed("unavailable", "timeout", "no answer"));
    expect(await night({ listPayments: away })).toMatchObject({
      findings: [],
      failure: "unavailable: timeout",
    });
    expect((await alerts()).last).toMatchObject({ rule: "reconciliation.incomplete", severity: "warning" });
    expect(await night({ listPayments: null, fetchStatus: away })).toMatchObject({
      findings: [],
      unanswered: 1,
      failure: null,
    });
  });
});

describe("the report", () => {
  test("shows staff each gateway and day with what was found, and nobody else anything", async () => {
    const { shop, id } = await aPaidPayment();
    await night({ listPayments: null, fetchStatus: () => Promise.resolve(succeeded(null)) });
    const days = await listReconciliations(support, 7);
    expect(days).toHaveLength(3);
    expect(days.find((one) => one.day === day)).toMatchObject({
      gateway: "flow",
      ours: 1,
      theirs: 0,
      findings: [{ kind: "ours_not_theirs", paymentId: id, organizationId: shop.id, oursMinor: 99_000 }],
    });
    await expect(listReconciliations(ownerOf(shop))).rejects.toMatchObject({ code: "access.forbidden" });
  });
});

describe("a dead notice", () => {
  async function aDeadNotice(gateway = "flow") {
    const opened = await open(flow, await aShop());
    await flow.decide(tokenOf(opened), { status: 2 });
    await notify(tokenOf(opened));
    const { id } = await row<{ id: number }>(
      "update private.webhook_events set status = 'dead', attempts = 14, received_at = now() - interval '5 days', last_error = 'auth', gateway = $2 where reference = $1 returning id",
      [tokenOf(opened), gateway],
    );
    return { id, paymentId: opened.paymentId };
  }

  test("goes round again when staff say so, as a new one; its own story stays", async () => {
    const { id, paymentId } = await aDeadNotice();
    const again = await replayNotice(root, id);
    expect(again).not.toBe(id);
    await workInbox(flow);
    expect((await paymentOf(paymentId)).status).toBe("succeeded");
    expect(
      await row("select status, attempts, last_error from private.webhook_events where id = $1", [id]),
    ).toEqual({
      status: "ignored",
      attempts: 14,
      last_error: `replayed as ${again}; auth`,
    });
    expect(
      await count(
        "private.security_events where kind = 'notice.replayed' and subject = $1 and user_id is not null",
        [String(id)],
      ),
    ).toBe(1);
    await expect(replayNotice(root, id)).rejects.toMatchObject({ code: "conflict" });
    await expect(replayNotice(root, 9_999_999)).rejects.toMatchObject({ code: "not_found" });
  });

  test("of a gateway go round together, and those of another stay", async () => {
    await database().owner.query(
      "update private.webhook_events set status = 'ignored' where status = 'dead'",
    );
    const [one, two] = [await aDeadNotice(), await aDeadNotice()];
    const other = await aDeadNotice("paypal");
    expect(await replayDeadNotices(root, "flow")).toBe(2);
    await workInbox(flow);
    for (const { paymentId } of [one, two]) expect((await paymentOf(paymentId)).status).toBe("succeeded");
    expect(await row("select status from private.webhook_events where id = $1", [other.id])).toEqual({
      status: "dead",
    });
  });

  test("is not for support to send round", async () => {
    const { id } = await aDeadNotice();
    await expect(replayNotice(support, id)).rejects.toMatchObject({ code: "access.forbidden" });
    await expect(replayDeadNotices(support, "flow")).rejects.toMatchObject({ code: "access.forbidden" });
  });
});

async function aStrangersPayment(): Promise<PaymentState> {
  const { paymentId } = await open(flow, await aShop(), {}, randomUUID());
  const state = await rightState(paymentId, "succeeded");
  return { ...state, reference: "nobodys-order", amountExpectedMinor: 5_000, amountPaidMinor: 5_000 };
}
