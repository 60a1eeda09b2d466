import { describe, expect, test } from "vitest";
import { checkEnv, EnvironmentError, readEnv } from "@/lib/env/read-env";

const key = Buffer.alloc(32, 7).toString("base64");
const complete = {
  APP_URL: "https://shop.example/",
  APP_DATABASE_URL: "postgresql://app_login:x@db:5432/postgres",
  DATABASE_URL: "postgres://postgres:x@db:5432/postgres",
  SUPABASE_URL: "https://auth.example",
  SUPABASE_PUBLISHABLE_KEY: "publishable-key",
  APP_ENCRYPTION_KEY: key,
};
const flow = { FLOW_API_KEY: "flow-api-key", FLOW_SECRET_KEY: "flow-secret-key" };

describe("starting with an environment", () => {
  test("what must be there is there, the rest has a default", () => {
    checkEnv(complete);
    const env = readEnv(complete);
    expect([env.PORT, env.NODE_ENV, env.LOG_LEVEL, env.TRUSTED_PROXY_HOPS]).toEqual([
      3000,
      "development",
      "info",
      0,
    ]);
    expect(env.REDIS_URL).toBeUndefined();
  });

  test("an address is kept without its last slash, so that paths can be put after it", () => {
    expect(readEnv(complete).APP_URL).toBe("https://shop.example");
  });

  test("an empty value is no value", () => {
    const env = readEnv({ ...complete, REDIS_URL: "", PORT: "" });
    expect([env.REDIS_URL, env.PORT]).toEqual([undefined, 3000]);
    expect(() => checkEnv({ ...complete, APP_URL: "" })).toThrow("APP_URL is missing");
  });

  test("everything that is wrong is named at once, with the way out", () => {
    const wrong = { ...complete, DATABASE_URL: "mysql://db", APP_ENCRYPTION_KEY: "short", PORT: "80a" };
    expect(() => checkEnv(wrong)).toThrow(EnvironmentError);
    expect(() => checkEnv(wrong)).toThrow(
      /DATABASE_URL must be an address like postgresql:[\s\S]*APP_ENCRYPTION_KEY must be 32 bytes[\s\S]*openssl rand[\s\S]*\.env\.example/,
    );
    expect(() => checkEnv(wrong)).toThrow(/PORT must be a whole number/);
  });

  test("a secret is never repeated in the complaint", () => {
    const leaky = {
      ...complete,
      APP_ENCRYPTION_KEY: "my-real-secret-key",
      DATABASE_URL: "mysql://user:hunter2@db",
    };
    try {
      checkEnv(leaky);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toMatch(/my-real-secret-key|hunter2/);
    }
  });

  test.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "3e3"],
    ["TRUSTED_PROXY_HOPS", "-1"],
    ["LOG_LEVEL", "loud"],
    ["REDIS_URL", "http://redis"],
    ["STORAGE_URL", "ftp://files"],
    ["APP_URL", "javascript:alert(1)"],
    ["ALERT_EMAIL_TO", "nobody"],
    ["SUPABASE_JWT_SECRET", "short"],
    ["BACKUP_ENCRYPTION_KEY", Buffer.alloc(16).toString("base64")],
  ])("%s=%s is refused", (name, value) => {
    expect(() => checkEnv({ ...complete, [name]: value })).toThrow(name);
  });
});

describe("without an environment", () => {
  test("nothing is asked for until it is used, so that a build needs no secrets", () => {
    const env = readEnv({});
    expect(env.LOG_LEVEL).toBe("info");
    expect(env.gateways).toEqual({ flow: null, mercadopago: null, paypal: null, nowpayments: null });
    expect(() => env.DATABASE_URL).toThrow("DATABASE_URL is missing");
  });

  test("a value is read once: what changes later changes nothing", () => {
    const source: Record<string, string> = { PORT: "4000" };
    const env = readEnv(source);
    expect(env.PORT).toBe(4000);
    source["PORT"] = "5000";
    expect(env.PORT).toBe(4000);
  });
});

describe("payment gateways", () => {
  test("one with all of its secrets is on", () => {
    expect(readEnv({ ...complete, ...flow }).gateways.flow).toEqual({
      apiUrl: "https://www.flow.cl/api",
      apiKey: "flow-api-key",
      secretKey: "flow-secret-key",
    });
  });

  test("its address can be another one", () => {
    const env = readEnv({ ...complete, ...flow, FLOW_API_URL: "http://127.0.0.1:4010/flow/" });
    expect(env.gateways.flow?.apiUrl).toBe("http://127.0.0.1:4010/flow");
  });

  test.each([
    ["flow", { FLOW_API_KEY: "flow-api-key" }],
    ["mercadopago", { MERCADOPAGO_ACCESS_TOKEN: "access-token" }],
    ["paypal", { PAYPAL_CLIENT_ID: "client-id", PAYPAL_CLIENT_SECRET: "client-secret" }],
    ["nowpayments", { NOWPAYMENTS_API_KEY: "some-api-key" }],
  ] as const)("%s with only some of its secrets is off", (gateway, some) => {
    const env = readEnv({ ...complete, ...some });
    expect(env.gateways[gateway]).toBeNull();
    checkEnv({ ...complete, ...some }); // off is no reason not to start
  });

  test("NOWPayments works without a login, and half a login is none", () => {
    const keys = { NOWPAYMENTS_API_KEY: "some-api-key", NOWPAYMENTS_IPN_SECRET: "some-ipn-secret" };
    const login = { NOWPAYMENTS_EMAIL: "pay@shop.example", NOWPAYMENTS_PASSWORD: "some-password" };
    const read = (own: object) => readEnv({ ...complete, ...own }).gateways.nowpayments;
    expect(read(keys)).toEqual({
      apiUrl: "https://api.nowpayments.io/v1",
      apiKey: "some-api-key",
      ipnSecret: "some-ipn-secret",
    });
    expect(read({ ...keys, NOWPAYMENTS_EMAIL: login.NOWPAYMENTS_EMAIL })).toEqual(read(keys));
    expect(read({ ...keys, ...login })?.login).toEqual({
      email: "pay@shop.example",
      password: "some-password",
    });
    expect(read(login)).toBeNull();
  });

  test("an empty secret is no secret", () => {
    expect(readEnv({ ...complete, ...flow, FLOW_SECRET_KEY: "" }).gateways.flow).toBeNull();
  });

  test("a malformed one stops the start rather than working by halves", () => {
    expect(() => checkEnv({ ...complete, ...flow, FLOW_API_URL: "flow.cl" })).toThrow("FLOW_API_URL");
  });
});
