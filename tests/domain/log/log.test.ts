import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createLog } from "@/lib/log/create-log";
import { requestIdOf } from "@/lib/log/request-id";

function recorder(level = "trace") {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => void lines.push(line) });
  const last = () => z.record(z.string(), z.unknown()).parse(JSON.parse(lines.at(-1) ?? "{}"));
  return { log, lines, last };
}

describe("the log", () => {
  test("writes one JSON line with level, time and ids", () => {
    const { log, lines, last } = recorder();
    log.warn({ requestId: "req-1", paymentId: "p1" }, "payment amount differs");
    expect(lines).toHaveLength(1);
    expect(last()).toMatchObject({
      level: "warn",
      requestId: "req-1",
      paymentId: "p1",
      msg: "payment amount differs",
    });
    expect(last()["time"]).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(last()).not.toHaveProperty("hostname");
  });

  const canary = "canary-7f3a";
  test.each([
    { password: canary },
    { user: { email: canary, newPassword: canary } },
    { request: { headers: { authorization: canary, Cookie: canary, "set-cookie": canary } } },
    { headers: new Headers({ Authorization: canary, "x-api-key": canary }) },
    { body: new URLSearchParams({ token: canary, s: canary, apiKey: canary }) },
    { gateway: { api_key: canary, secretKey: canary, "API-Key": canary } },
    { customers: [{ rut: canary, phone: canary }] },
    { a: { b: { c: { d: { e: { f: { g: { password: canary } } } } } } } },
  ])("never shows a secret: %j", (fields) => {
    const { log, lines } = recorder();
    log.info(fields, "request");
    expect(lines.join("")).not.toContain(canary);
    expect(lines).toHaveLength(1);
  });

  test("leaves what it was given as it was", () => {
    const fields = { user: { password: "x" } };
    recorder().log.info(fields, "request");
    expect(fields).toEqual({ user: { password: "x" } });
  });

  test("tells an error with its cause, and not the row that Postgres quotes", () => {
    const { log, last } = recorder();
    const database = Object.assign(new Error("duplicate key value violates unique constraint"), {
      code: "23505",
      constraint: "customers_rut_key",
      detail: "Key (rut)=(12345678-5) already exists.",
      where: "SQL statement with Ana Rojas",
    });
    log.error({ err: new Error("could not save", { cause: database }) }, "failed");
    expect(last()["err"]).toMatchObject({
      message: "could not save",
      cause: { code: "23505", constraint: "customers_rut_key" },
    });
    expect(JSON.stringify(last())).not.toMatch(/12345678|Ana Rojas/);
  });

  test("a line break in a value starts no new line", () => {
    const { log, lines } = recorder();
    log.info({ name: 'x\n{"level":"fatal"}\u001b[31m' }, "a\nb");
    expect(lines.join("").trimEnd().split("\n")).toHaveLength(1);
  });

  test("an endless circle is cut", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const { log, lines } = recorder();
    log.info(circle, "circle");
    expect(lines).toHaveLength(1);
  });
});

describe("request ids", () => {
  test("a proxy's id is kept", () => {
    expect(requestIdOf(new Headers({ "x-request-id": "abcDEF-123_456" }))).toBe("abcDEF-123_456");
  });

  test.each(["short", "x".repeat(65), 'a"b-cdefgh', "<script>alert(1)"])("%j is replaced", (given) => {
    expect(requestIdOf(new Headers({ "x-request-id": given }))).toMatch(/^[\da-f-]{36}$/);
  });

  test("two requests never share one", () => {
    expect(requestIdOf(new Headers())).not.toBe(requestIdOf(new Headers()));
  });
});
