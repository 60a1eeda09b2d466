import { describe, expect, test } from "vitest";
import { answered, aText, type Fields, fieldsOf, like, sandboxOnTheWire, textIn } from "../support/wire";
import { PRICE, paypalOnTheWire } from "./wire";

// PayPal's stand-in against shared/gateways/paypal.md: refunds, and what reconciliation reads.

const wire = sandboxOnTheWire();
const { call, captured } = paypalOnTheWire(wire);
const dollars = (value: string) => ({ currency_code: "USD", value });
const refund = (path: string, body: Fields = {}, headers: Record<string, string> = {}) =>
  call("POST", `${path}/refund`, body, headers);
const issueOf = async (answer: Promise<Response>) => {
  const { status, body } = await answered(answer);
  expect(body).toMatchObject({ name: "UNPROCESSABLE_ENTITY", debug_id: aText, details: [{ issue: aText }] });
  return status;
};

describe("a refund", () => {
  test("with an empty object is of everything", async () => {
    const { path } = await captured();
    const told = await fieldsOf(refund(path), 201);
    expect(told).toMatchObject({ id: like(/^[0-9A-Z]{17}$/), status: "COMPLETED", amount: PRICE });
    expect(await fieldsOf(call("GET", `v2/payments/refunds/${textIn(told, "id")}`))).toEqual(told);
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "REFUNDED", amount: PRICE });
  });

  test("of a part leaves a capture that is partially refunded, and of the rest one that is refunded", async () => {
    const { path } = await captured();
    const part = { amount: dollars("10.00"), note_to_payer: "A frame less" };
    expect(await fieldsOf(refund(path, part), 201)).toMatchObject({ amount: dollars("10.00") });
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "PARTIALLY_REFUNDED" });
    expect(await fieldsOf(refund(path), 201)).toMatchObject({ amount: dollars("19.90") });
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "REFUNDED" });
  });

  test("of more than is left is refused, and takes nothing", async () => {
    const { path } = await captured();
    await refund(path, { amount: dollars("10.00") });
    expect(await issueOf(refund(path, { amount: dollars("19.91") }))).toBe(422);
    expect(await fieldsOf(refund(path), 201)).toMatchObject({ amount: dollars("19.90") });
  });

  test("of what was refunded whole is refused", async () => {
    const { path } = await captured();
    await refund(path);
    expect(await issueOf(refund(path))).toBe(422);
  });

  test("in another currency than the payment's is refused", async () => {
    const { path } = await captured();
    expect(await issueOf(refund(path, { amount: { currency_code: "EUR", value: "10.00" } }))).toBe(422);
  });

  test("of a payment that nobody made is unknown", async () => {
    const { status, body } = await answered(refund("v2/payments/captures/2GG279541U471931P"));
    expect([status, body["name"]]).toEqual([404, "RESOURCE_NOT_FOUND"]);
  });

  test("under one key happens once, and is told of as it stands by then", async () => {
    const { path } = await captured();
    const ask = () =>
      fieldsOf(refund(path, { amount: dollars("10.00") }, { "paypal-request-id": "r-1" }), 201);
    const first = await ask();
    expect(await ask()).toEqual(first);
    await wire.order("paypal/refunds", { id: first["id"], status: "FAILED" });
    expect(await ask()).toMatchObject({ id: first["id"], status: "FAILED" });
    expect(await fieldsOf(refund(path), 201)).toMatchObject({ amount: PRICE });
  });

  test("is remembered by its key for weeks", async () => {
    const { path } = await captured();
    const ask = () =>
      fieldsOf(refund(path, { amount: dollars("10.00") }, { "paypal-request-id": "r-1" }), 201);
    const first = await ask();
    await wire.order("clock", { ms: 44 * 86_400_000 });
    expect((await ask())["id"]).toBe(first["id"]);
  });

  test.each(["PENDING", "FAILED", "CANCELLED"])("can be %s", async (status) => {
    const { path } = await captured();
    const { id } = await fieldsOf(refund(path), 201);
    await wire.order("paypal/refunds", { id, status });
    expect(await fieldsOf(call("GET", `v2/payments/refunds/${String(id)}`))).toMatchObject({ status });
  });
});

describe("a dispute", () => {
  test("is found by the transaction that it is about", async () => {
    const { path } = await captured();
    const capture = path.split("/").at(-1) ?? "";
    await wire.order("paypal/disputes", { capture, status: "OPEN" });
    const listed = await fieldsOf(call("GET", `v1/customer/disputes?disputed_transaction_id=${capture}`));
    expect(listed["items"]).toMatchObject([{ dispute_id: aText, status: "OPEN" }]);
    const other = await fieldsOf(
      call("GET", "v1/customer/disputes?disputed_transaction_id=2GG279541U471931P"),
    );
    expect(other["items"]).toEqual([]);
  });
});
