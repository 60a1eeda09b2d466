import { describe, expect, test } from "vitest";
import { AppError, problemHeaders, toProblem } from "@/lib/errors";
import { translatorFor } from "@/lib/i18n/translator";

const t = translatorFor("es");
const problemOf = (error: unknown) => toProblem(error, { requestId: "req-1a2b3c4d", t });

describe("an error as RFC 9457 wants it", () => {
  test("has a stable type, a status, and the request id to quote", () => {
    expect(problemOf(new AppError("sale.empty"))).toMatchObject({
      type: "https://opttius.app/problems/sale.empty",
      status: 422,
      code: "sale.empty",
      instance: "req-1a2b3c4d",
    });
  });

  test("what nobody expected tells nothing of its inside", () => {
    const problem = problemOf(new Error('relation "customers" does not exist at character 15'));
    expect(problem).toMatchObject({ code: "server.unknown", status: 500 });
    expect(JSON.stringify(problem)).not.toMatch(/relation|customers|character/);
  });

  test("nor does a cause or a detail that no sentence shows", () => {
    const error = new AppError(
      "customer.rut_taken",
      { rut: "12345678-5" },
      { cause: new Error("select secret") },
    );
    expect(JSON.stringify(problemOf(error))).not.toMatch(/12345678|secret/);
  });

  test("waiting is told to people and programs", () => {
    const problem = problemOf(new AppError("rate.limited", { retryAfterSeconds: 12.3 }));
    expect(problem.retryAfter).toBe(13);
    expect(problemHeaders(problem)).toMatchObject({
      "content-type": "application/problem+json; charset=utf-8",
      "retry-after": "13",
      "cache-control": "no-store",
    });
  });

  test.each([
    [0.2, "Espera un segundo y"],
    [90, "Espera 90 segundos y"],
    [91, "Espera 2 minutos y"],
    [3_000, "Espera 50 minutos y"],
    [86_399, "Espera 24 horas y"],
  ])("%d seconds are said as somebody would", (retryAfterSeconds, words) => {
    expect(problemOf(new AppError("rate.limited", { retryAfterSeconds })).detail).toContain(words);
  });

  test("without waiting there is no such header", () => {
    expect(problemHeaders(problemOf(new AppError("not_found")))).not.toHaveProperty("retry-after");
  });

  test("a full plan says what is full", () => {
    const error = new AppError("tier.limit_exceeded", { metric: "customers", used: 500, max: 500 });
    expect(problemOf(error).limit).toEqual({ metric: "customers", used: 500, max: 500 });
  });
});
