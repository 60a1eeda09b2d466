import { describe, expect, test } from "vitest";
import { AppError, toProblem } from "@/lib/errors";
import { catalogue, isErrorCode, valuesOf } from "@/lib/errors/codes";
import { languages } from "@/lib/i18n/locale";
import { messages } from "@/lib/i18n/messages";
import { translatorFor } from "@/lib/i18n/translator";

const codes = Object.keys(catalogue).filter(isErrorCode);
const given: Record<string, string | number> = {
  retryAfterSeconds: 30,
  metric: "customers",
  used: 500,
  max: 500,
  product: "Marco Lumina",
  available: 2,
  maxPercent: 10,
};

describe.each(languages)("what went wrong, said in %s", (language) => {
  const t = translatorFor(language);

  test.each(codes)("%s has a title and a sentence that ends", (code) => {
    const problem = toProblem(new AppError(code, given), { requestId: "r", t });
    expect(problem.title).not.toContain("errors.");
    expect(problem.detail).toMatch(/^[^{}]{10,}[.!?]$/);
    expect(problem.detail).not.toContain("errors.");
  });

  test.each(codes.filter((code) => valuesOf(code).length > 0))(
    "%s reads well when nothing more is known",
    (code) => {
      const { detail } = toProblem(new AppError(code), { requestId: "r", t });
      expect(detail).not.toMatch(/unknown|[{}]/);
      expect(detail).toMatch(/[.!?]$/);
    },
  );

  test("numbers that are known are told", () => {
    const say = (code: (typeof codes)[number]) =>
      toProblem(new AppError(code, given), { requestId: "r", t }).detail;
    expect(say("rate.limited")).toContain("30");
    expect(say("tier.limit_exceeded")).toContain("500");
    expect(say("sale.insufficient_stock")).toMatch(/Marco Lumina.*2/);
  });

  test("no sentence is left over from a code that is gone", () => {
    expect(
      leaves(messages[language].errors).filter((key) => !key.startsWith("title.") && !isErrorCode(key)),
    ).toEqual([]);
  });
});

function leaves(tree: object, prefix = ""): string[] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "object" && value !== null ? leaves(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}
