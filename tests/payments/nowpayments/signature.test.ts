import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNowPaymentsGateway } from "@/lib/payments/nowpayments/gateway";
import { readJson } from "@/lib/payments/nowpayments/json-text";
import { isSigned } from "@/lib/payments/nowpayments/signature";
import { hmac, samples } from "./signing";

const SECRET = "np-example-secret";
const EXAMPLE =
  '{"fee":{"currency":"btc","depositFee":0.0985,"withdrawalFee":0},"order_id":"sub_0042","payment_id":5077125051,"payment_status":"finished","price_amount":29.9}';
const EXAMPLE_SIGNATURE =
  "0698c1f889d9aeb494def6233453a107f6d10634e974543f153a593249cf7755bd3a16d9f69d4f0c487c531fd51afb5c42876cd75e6f5300a927062796b0b866";

const verify = (text: string, signature: string | null, secret = SECRET): boolean => {
  const document = readJson(text);
  return document !== null && isSigned(document, signature, secret);
};

describe("the worked example", () => {
  test("verifies, in whatever order and spacing its keys come", () => {
    expect(verify(EXAMPLE, EXAMPLE_SIGNATURE)).toBe(true);
    const shuffled =
      '{ "price_amount": 29.9, "payment_status": "finished", "payment_id": 5077125051,\n "order_id": "sub_0042", "fee": { "withdrawalFee": 0, "depositFee": 0.0985, "currency": "btc" } }';
    expect(verify(shuffled, EXAMPLE_SIGNATURE)).toBe(true);
    expect(verify(EXAMPLE, EXAMPLE_SIGNATURE.toUpperCase()), "in capitals").toBe(true);
  });

  test.each([
    ["at the top", EXAMPLE.replace("29.9", "2990")],
    ["inside", EXAMPLE.replace("0.0985", "0")],
    ["by a key inside", EXAMPLE.replace('"currency":"btc"', '"currency":"btc","note":1')],
    ["by a key less", EXAMPLE.replace(',"withdrawalFee":0', "")],
    ["in a letter's case", EXAMPLE.replace("sub_0042", "SUB_0042")],
    ["from a number to a text", EXAMPLE.replace("5077125051", '"5077125051"')],
    ["from nothing to null", EXAMPLE.replace('"order_id":"sub_0042"', '"order_id":null')],
  ])("does not, changed %s", (_, text) => {
    expect(readJson(text)).not.toBeNull();
    expect(verify(text, EXAMPLE_SIGNATURE)).toBe(false);
  });

  test.each([null, "", "0".repeat(128), EXAMPLE_SIGNATURE.slice(1), `${EXAMPLE_SIGNATURE}0`, "zz"])(
    "does not under the signature %s",
    (signature) => {
      expect(verify(EXAMPLE, signature)).toBe(false);
    },
  );

  test("does not under another secret, and nothing does without one", () => {
    expect(verify(EXAMPLE, EXAMPLE_SIGNATURE, "np-example-secreT")).toBe(false);
    expect(verify(EXAMPLE, hmac(EXAMPLE, ""), "")).toBe(false);
  });
});

test("the old sample's whitelist, which leaves nested keys unsigned, proves nothing", () => {
  const body: Record<string, unknown> = { fee: { currency: "btc", depositFee: 0.1 }, payment_id: 1 };
  const whitelisted = JSON.stringify(body, Object.keys(body).sort());
  expect(whitelisted).toBe('{"fee":{},"payment_id":1}');
  expect(verify(JSON.stringify(body), hmac(whitelisted, SECRET))).toBe(false);
});

describe("numbers", () => {
  test.each([
    "1.0",
    "15.0",
    "1e-7",
    "1E-7",
    "1.0e-8",
    "1e-08",
    "12345678901234567890",
    "0.12345678901234567890",
    "-0",
    "1e400",
  ])("%s verifies as it was written", (number) => {
    const text = `{"actually_paid":${number},"payment_id":1}`;
    expect(verify(text, hmac(text, SECRET))).toBe(true);
  });

  test.each([
    ["1.0", "1"],
    ["15.0", "15"],
    ["0.00000001", "1e-8"],
    ["1e-8", "1.0e-8"],
    ["1e-8", "1e-08"],
    ["1.0e-8", "1e-8"],
    ["1e-08", "1.0e-8"],
    ["0.00005", "5e-05"],
    ["0.00005", "5.0e-5"],
    ["1.50", "1.5"],
    ["1e21", "1e+21"],
    ["1e2", "100"],
    ["1e2", "100.0"],
  ])("%s may be signed as %s", (written, signed) => {
    const text = (number: string) => `{"actually_paid":${number},"payment_id":1}`;
    expect(verify(text(written), hmac(text(signed), SECRET))).toBe(true);
  });

  test.each([
    ["12345678901234567890", "12345678901234567000"],
    ["0.1000000000000000055", "0.1"],
    ["15", "15.1"],
    ["1e-7", "1e-8"],
    ["15", "150"],
  ])("%s is not %s: nothing is rounded on the way", (written, signed) => {
    const text = (number: string) => `{"actually_paid":${number},"payment_id":1}`;
    expect(verify(text(written), hmac(text(signed), SECRET))).toBe(false);
  });
});

describe("documents", () => {
  test.each([
    ["a key twice", '{"a":1,"a":2}'],
    ["a key twice, once escaped", '{"a":1,"\\u0061":2}'],
    ["a key twice inside", '{"x":{"a":1,"a":1}}'],
    ["a number with a leading zero", '{"a":01}'],
    ["a number with a plus", '{"a":+1}'],
    ["NaN", '{"a":NaN}'],
    ["a comma at the end", '{"a":1,}'],
    ["a control character in a text", '{"a":"\n"}'],
    ["single quotes", "{'a':1}"],
    ["a comment", '{"a":1}/**/'],
    ["nothing", ""],
    ["a byte order mark", '\ufeff{"a":1}'],
    ["33 levels", `${"[".repeat(34)}${"]".repeat(34)}`],
  ])("with %s are none", (_, text) => {
    expect(readJson(text)).toBeNull();
  });

  const names = fc
    .string({ unit: "grapheme", minLength: 1 })
    .filter((key) => !/^-?\d+$/.test(key) && key !== "__proto__");
  const values = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
        .filter((number) => !Object.is(number, -0)),
      fc.array(tie("value"), { maxLength: 12 }),
      fc.dictionary(names, tie("value"), { minKeys: 1, maxKeys: 6 }),
    ),
  })).value;
  const documents = fc.dictionary(names, values, { minKeys: 1, maxKeys: 8 });

  describe.each(Object.keys(samples))("signed by %s", (name) => {
    const sign = (value: unknown) => hmac(samples[name]?.(value) ?? "", SECRET);

    test("verify, whatever stands in them", () => {
      fc.assert(
        fc.property(documents, (value) => verify(JSON.stringify(value), sign(value))),
        { numRuns: 300 },
      );
    });

    test("do not once a value or a key in them is another", () => {
      fc.assert(
        fc.property(
          documents,
          fc.nat(),
          fc.constantFrom("value", "key", "more", "less"),
          (value, where, how) => {
            const changed = mutate(value, where, how);
            fc.pre(samples[name]?.(changed) !== samples[name]?.(value));
            return !verify(JSON.stringify(changed), sign(value));
          },
        ),
        { numRuns: 300 },
      );
    });
  });
});

/** The document with one thing changed, at the place that a number picks out of all its objects. */
function mutate(value: unknown, where: number, how: "value" | "key" | "more" | "less"): unknown {
  const copy: unknown = structuredClone(value);
  const objects = objectsIn(copy);
  const target = objects[where % objects.length] ?? {};
  const keys = Object.keys(target);
  const key = keys[where % keys.length] ?? "";
  const before = target[key];
  if (how === "value") target[key] = typeof before === "number" ? before + 1 : `${JSON.stringify(before)}!`;
  if (how === "more") target[`${key}!`] = 1;
  if (how === "less" || how === "key") delete target[key];
  if (how === "key") target[`${key}?`] = before;
  return copy;
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value as Record<string, unknown>, ...inside];
}

describe("a notice", () => {
  const gateway = createNowPaymentsGateway({
    apiUrl: "http://127.0.0.1:9/v1",
    apiKey: "key",
    ipnSecret: SECRET,
  });
  const arrive = (text: string, secret = SECRET) =>
    gateway.verifyWebhook({
      method: "POST",
      url: new URL("https://shop.test/api/webhooks/nowpayments"),
      headers: new Headers({ "X-NOWPayments-Sig": hmac(text, secret) }),
      rawBody: Buffer.from(text),
    });
  const keyOf = async (text: string) => {
    const verified = await arrive(text);
    return verified.verdict === "rejected" ? verified : verified.notice.dedupeKey;
  };

  test("is told from another by the time of its change, or by all that it says", async () => {
    const at = (time: string) => `{"payment_id":1,"payment_status":"partially_paid","updated_at":"${time}"}`;
    expect(await keyOf(at("2026-01-01"))).toBe("1:partially_paid:2026-01-01");
    const paid = (amount: string) =>
      `{"actually_paid":${amount},"payment_id":1,"payment_status":"partially_paid"}`;
    expect(await keyOf(paid("5"))).not.toBe(await keyOf(paid("9")));
    expect(await keyOf(paid("5"))).toBe(await keyOf(paid("5")));
  });

  test("names the payment as a number or a text, and is asked about either way", async () => {
    for (const id of ["5077125051", '"5077125051"'])
      expect(await arrive(`{"payment_id":${id}}`)).toMatchObject({
        verdict: "authentic",
        notice: { ref: { kind: "payment", value: "5077125051" }, needsFetch: true },
      });
  });

  test("of a withdrawal is genuine and about no payment of ours", async () => {
    expect(await arrive('{"batch_withdrawal_id":"2","id":"1","status":"CREATING"}')).toMatchObject({
      verdict: "authentic",
      notice: { kind: "unknown", ref: null },
    });
  });

  test("from the sandbox's account is refused by production's secret", async () => {
    expect(await arrive('{"payment_id":1}', "the sandbox's own secret")).toMatchObject({
      verdict: "rejected",
    });
  });

  test("is refused by a gateway whose secret is empty", async () => {
    const open = createNowPaymentsGateway({ apiUrl: "http://127.0.0.1:9/v1", apiKey: "key", ipnSecret: "" });
    const text = '{"payment_id":1}';
    const headers = new Headers({ "x-nowpayments-sig": hmac(text, "") });
    const url = new URL("https://shop.test/api/webhooks/nowpayments");
    expect(await open.verifyWebhook({ method: "POST", url, headers, rawBody: Buffer.from(text) })).toEqual({
      verdict: "rejected",
      reason: "not-authentic",
    });
  });
});
