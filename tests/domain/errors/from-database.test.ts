import { DatabaseError } from "pg";
import { describe, expect, test } from "vitest";
import { AppError, isRetryable } from "@/lib/errors";

/** An error as the driver builds it from the server's answer. */
function refusal(code: string, fields: Partial<DatabaseError> = {}, message = "refused"): DatabaseError {
  return Object.assign(new DatabaseError(message, 0, "error"), { code, severity: "ERROR", ...fields });
}

const codeOf = (error: unknown, naming = {}) => {
  const translated = AppError.fromDatabase(error, naming);
  return translated instanceof AppError ? translated.code : null;
};

describe("what Postgres refuses, in the shop's words", () => {
  test.each([
    ["23503", "not_found"],
    ["23505", "conflict"],
    ["23514", "input.invalid"],
    ["23502", "input.invalid"],
    ["23P01", "conflict"],
    ["22P02", "input.invalid"],
    ["22021", "input.malformed"],
    ["42501", "access.forbidden"],
    ["40001", "server.unavailable"],
    ["40P01", "server.unavailable"],
    ["55P03", "server.unavailable"],
    ["57014", "server.timeout"],
    ["57P01", "server.unavailable"],
    ["53100", "server.unavailable"],
    ["53300", "server.unavailable"],
    ["08006", "server.unavailable"],
    ["42703", "server.unknown"],
    ["XX000", "server.unknown"],
  ])("%s is %s", (state, code) => {
    expect(codeOf(refusal(state))).toBe(code);
  });

  test("an operation says what its own constraints mean", () => {
    const naming = AppError.naming({ foreign_key: "customer.not_found", unique: "customer.rut_taken" });
    expect(codeOf(refusal("23503"), naming)).toBe("customer.not_found");
    expect(codeOf(refusal("23505"), naming)).toBe("customer.rut_taken");
  });

  test("two unique constraints of one table are told apart", () => {
    const naming = AppError.naming({
      unique: { products_barcode_key: "product.barcode_taken", products_sku_key: "product.sku_taken" },
    });
    expect(codeOf(refusal("23505", { constraint: "products_sku_key" }), naming)).toBe("product.sku_taken");
    expect(codeOf(refusal("23505", { constraint: "products_pkey" }), naming)).toBe("conflict");
  });

  test("a row that others still need is a conflict, not a missing one", () => {
    const detail = 'Key (id)=(1) is still referenced from table "orders".';
    expect(codeOf(refusal("23503", { detail }), { foreign_key: "customer.not_found" })).toBe("conflict");
  });

  test("our own functions raise codes of the catalogue, with details", () => {
    const raised = refusal(
      "OP001",
      { detail: '{"product": "Marco", "available": 2}' },
      "sale.insufficient_stock",
    );
    expect(AppError.fromDatabase(raised)).toMatchObject({
      code: "sale.insufficient_stock",
      status: 409,
      details: { product: "Marco", available: 2 },
      cause: raised,
    });
  });

  test.each([undefined, "", "no json", "[1]", "{broken", "null"])("details %j do no harm", (detail) => {
    const raised = refusal("OP001", detail === undefined ? {} : { detail }, "sale.empty");
    expect(AppError.fromDatabase(raised)).toMatchObject({ code: "sale.empty", details: {} });
  });

  test.each(["sale.emptty", "toString", "__proto__", ""])(
    "a code that is not in the catalogue (%j) stays unknown",
    (message) => {
      expect(codeOf(refusal("OP001", {}, message))).toBe("server.unknown");
    },
  );

  test.each([
    Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" }),
    Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" }),
    new Error("Connection terminated unexpectedly"),
    new Error("timeout exceeded when trying to connect"),
  ])("a database that does not answer is unavailable: %s", (error) => {
    expect(codeOf(error)).toBe("server.unavailable");
  });

  test("nothing found where one row must be is not found", () => {
    expect(codeOf(Object.assign(new Error("no result"), { node: {} }))).toBe("not_found");
  });
});

describe("what does not come from Postgres", () => {
  test.each([
    new TypeError("x is not a function"),
    Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;/login" }),
    Object.assign(new Error("certificate"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" }),
    Object.assign(new Error("no such file"), { code: "EPERM" }),
  ])("passes untouched: %s", (error) => {
    expect(AppError.fromDatabase(error)).toBe(error);
  });

  test("an error of the domain keeps its code", () => {
    const error = new AppError("sale.empty");
    expect(AppError.fromDatabase(error)).toBe(error);
  });

  test("something thrown that is no error becomes one", () => {
    expect(AppError.fromDatabase("oops")).toMatchObject({ cause: "oops" });
  });
});

test("only deadlocks and serialization failures are worth another try", () => {
  expect(["40001", "40P01"].map((state) => isRetryable(refusal(state)))).toEqual([true, true]);
  expect([refusal("23505"), new Error("Connection terminated"), "40001"].map(isRetryable)).toEqual([
    false,
    false,
    false,
  ]);
});
