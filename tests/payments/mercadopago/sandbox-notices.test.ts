import { describe, expect, test } from "vitest";
import { aNumber, fieldsOf, type Heard, like, notices, sandboxOnTheWire } from "../support/wire";
import { mercadoPagoOnTheWire, signatureIn, signatureOf } from "./wire";

// Mercado Pago's stand-in against shared/gateways/mercadopago.md: signed notices.

const wire = sandboxOnTheWire();
const { paid, call, prefer, press } = mercadoPagoOnTheWire(wire);
const said = ({ body }: Heard) => JSON.parse(body) as { action: string; type: string; data: { id: string } };

test("these tests sign as Mercado Pago's worked example does", () => {
  const parts = { id: "999999999", requestId: "abc123", ts: "1704908010" };
  expect(signatureOf(parts, "mp-example-secret")).toBe(
    "2606e0c7d013053eb05ad55eaaf2c11345f410fd1e7c525f57d64d876dd6258a",
  );
});

describe("a notice", () => {
  test("is posted to the preference's address with the payment's id and topic in the query", async () => {
    const { path } = await paid();
    const [heard] = await notices(wire.shop, 1);
    expect(heard?.method).toBe("POST");
    expect(heard?.headers["content-type"]).toBe("application/json");
    expect(heard?.url.pathname).toBe("/mercadopago");
    expect(Object.fromEntries(heard?.url.searchParams ?? [])).toEqual({
      source_news: "webhooks",
      "data.id": path.split("/").at(-1),
      type: "payment",
    });
  });

  test("says in its body what happened to which payment, and not how it stands", async () => {
    const { path } = await paid();
    const [heard] = await notices(wire.shop, 1);
    expect(JSON.parse(heard?.body ?? "")).toEqual({
      action: "payment.created",
      api_version: "v1",
      data: { id: path.split("/").at(-1) },
      date_created: like(/^\d{4}-\d\d-\d\dT/),
      id: aNumber,
      live_mode: false,
      type: "payment",
      user_id: like(/^\d+$/),
    });
  });

  test("is signed over the query's id, the request's id and the time", async () => {
    await paid();
    const [heard] = await notices(wire.shop, 1);
    if (!heard) throw new Error("nothing came");
    const { ts, v1, rightV1 } = signatureIn(heard);
    expect(heard.headers["x-request-id"]).toMatch(/^[\w-]+$/);
    expect(ts).toMatch(/^(\d{10}|\d{13})$/);
    expect(v1).toBe(rightV1);
  });

  test("by a forger bears another signature", async () => {
    await wire.order("callbacks", { gateway: "mercadopago", mode: "forged" });
    await paid();
    const [heard] = await notices(wire.shop, 1);
    if (!heard) throw new Error("nothing came");
    const { v1, rightV1 } = signatureIn(heard);
    expect(v1).toMatch(/^[0-9a-f]{64}$/);
    expect(v1).not.toBe(rightV1);
  });

  test("comes for each change, of the same payment", async () => {
    const { path } = await paid("pending");
    await call("PUT", path, { status: "cancelled" });
    const heard = await notices(wire.shop, 2);
    expect(heard.map((one) => said(one).action).sort()).toEqual(["payment.created", "payment.updated"]);
    expect(new Set(heard.map((one) => said(one).data.id)).size).toBe(1);
  });

  test("comes for a refund", async () => {
    const { path } = await paid();
    await notices(wire.shop, 1);
    await call("POST", `${path}/refunds`, { amount: 5_000 }, { "x-idempotency-key": "k1" });
    const last = (await notices(wire.shop, 2)).at(-1);
    expect(last && said(last)).toMatchObject({
      action: "payment.updated",
      data: { id: path.split("/").at(-1) },
    });
  });

  test("that was answered 201 is taken; one that was not comes again about the same payment", async () => {
    wire.shop.answerNext(500, 201);
    const { path } = await paid();
    const [first, again] = await notices(wire.shop, 2);
    if (!first || !again) throw new Error("it did not come again");
    expect([first, again].map((one) => said(one).data.id)).toEqual(Array(2).fill(path.split("/").at(-1)));
    const { v1, rightV1 } = signatureIn(again);
    expect(v1).toBe(rightV1);
  });

  test("does not come where no address was given", async () => {
    const quiet = await prefer({ notification_url: null });
    await press(quiet, "approve");
    await paid();
    const heard = await notices(wire.shop, 1);
    expect(heard).toHaveLength(1);
  });

  test("of a chargeback names the chargeback, and the payment is disputed", async () => {
    const { path } = await paid();
    await wire.order("mercadopago/chargebacks", { id: path.split("/").at(-1) });
    const heard = await notices(wire.shop, 3);
    const disputed = heard.find(({ url }) => url.searchParams.get("type") === "topic_chargebacks_wh");
    if (!disputed) throw new Error("no chargeback was told of");
    const { v1, rightV1 } = signatureIn(disputed);
    expect(v1).toBe(rightV1);
    expect(await fieldsOf(call("GET", path))).toMatchObject({
      status: "charged_back",
      status_detail: "in_process",
    });
  });
});
