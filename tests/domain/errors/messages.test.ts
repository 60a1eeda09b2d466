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

  test("what is left is counted as a person counts, and limits are grouped", () => {
    const detail = (code: (typeof codes)[number], values: Record<string, string | number>) =>
      toProblem(new AppError(code, values), { requestId: "r", t }).detail;
    const left = [0, 1, 1_200].map((available) => detail("stock.insufficient", { product: "X", available }));
    expect(left.map((sentence) => sentence.split(". ")[0])).toEqual(
      {
        es: [
          "No alcanza el stock de X: no queda ninguna unidad",
          "No alcanza el stock de X: queda 1 unidad",
          "No alcanza el stock de X: quedan 1.200 unidades",
        ],
        en: [
          "Not enough stock of X: none left",
          "Not enough stock of X: 1 unit left",
          "Not enough stock of X: 1,200 units left",
        ],
      }[language],
    );
    expect(detail("sale.insufficient_stock", { product: "X", available: 1 })).toContain(
      { es: "queda 1 unidad.", en: "1 unit left." }[language],
    );
    expect(detail("tier.limit_exceeded", { metric: "customers", used: 1_500, max: 1_500 })).toContain(
      { es: "1.500 de 1.500", en: "1,500 of 1,500" }[language],
    );
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
