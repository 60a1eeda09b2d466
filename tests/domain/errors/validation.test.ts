import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError, toProblem } from "@/lib/errors";
import { pointerOf } from "@/lib/errors/from-validation";
import { languages } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";

function issuesOf(schema: z.ZodType, input: unknown) {
  const parsed = schema.safeParse(input);
  if (parsed.success) throw new Error("this input was meant to be refused");
  return AppError.fromValidation(parsed.error).issues;
}
const keysOf = (schema: z.ZodType, input: unknown) =>
  issuesOf(schema, input).map(({ pointer, key }) => `${pointer} ${key}`);

describe("refused fields", () => {
  test.each([
    [z.string(), undefined, "required"],
    [z.string(), null, "required"],
    [z.string().min(1), "", "required"],
    [z.string().min(3), "ab", "tooSmall.string"],
    [z.string().max(2), "abc", "tooBig.string"],
    [z.number(), "x", "type.number"],
    [z.number(), Number.NaN, "required"],
    [z.int(), 1.5, "type.number"],
    [z.number().min(1), 0, "tooSmall.number"],
    [z.number().max(1), 2, "tooBig.number"],
    [z.bigint().max(1n), 2n, "tooBig.number"],
    [z.number().multipleOf(0.25), 0.3, "multipleOf"],
    [z.array(z.string()).min(1), [], "tooSmall.list"],
    [z.date().max(new Date(0)), new Date(1), "tooBig.date"],
    [z.email(), "x", "format.email"],
    [z.uuid(), "x", "format.uuid"],
    [z.iso.date(), "x", "format.date"],
    [z.string().regex(/^a$/), "x", "format.regex"],
    [z.base64(), "*", "format.other"],
    [z.enum(["a"]), "x", "choice"],
    [z.literal("a"), "x", "choice"],
    [z.boolean(), "x", "type.other"],
    [z.union([z.literal(1), z.object({ a: z.string() })]), "x", "invalid"],
  ])("%#: the reason is %3$s", (schema, input, key) => {
    expect(keysOf(z.object({ field: schema }), { field: input })).toEqual([`/field ${key}`]);
  });

  test("a schema's own reason wins over the general one", () => {
    const schema = z.object({ rut: z.string().min(8, { error: "rut.invalid" }) });
    expect(keysOf(schema, { rut: "1" })).toEqual(["/rut rut.invalid"]);
    expect(
      keysOf(
        schema.refine(() => false, { path: ["rut"], error: "rut.taken" }),
        { rut: "12345678" },
      ),
    ).toEqual(["/rut rut.taken"]);
  });

  test("fields that nobody asked for are named one by one", () => {
    const schema = z.strictObject({ name: z.string() });
    expect(keysOf(schema, { name: "a", organization_id: "b", role: "owner" })).toEqual([
      "/organization_id unknown",
      "/role unknown",
    ]);
  });

  test("a field within a list is pointed at", () => {
    const schema = z.object({ lines: z.array(z.object({ quantity: z.number().min(1) })) });
    expect(keysOf(schema, { lines: [{ quantity: 1 }, { quantity: 0 }] })).toEqual([
      "/lines/1/quantity tooSmall.number",
    ]);
  });

  test("odd names are escaped as the standard says", () => {
    expect(pointerOf(["a/b", "c~d", 0])).toBe("/a~1b/c~0d/0");
    expect(pointerOf([])).toBe("");
  });
});

describe.each(languages)("refused input as a problem, in %s", (language) => {
  const t = translatorFor(language);

  test("each field gets its own sentence with its numbers", () => {
    const parsed = z
      .object({ name: z.string().min(3), age: z.number().max(120) })
      .safeParse({ name: "a", age: 121 });
    const problem = toProblem(AppError.fromValidation(parsed.error ?? { issues: [] }), {
      requestId: "r-1",
      t,
    });
    expect(problem).toMatchObject({ status: 422, code: "input.invalid", instance: "r-1" });
    expect(problem.errors?.map(({ pointer, code }) => [pointer, code])).toEqual([
      ["/name", "tooSmall.string"],
      ["/age", "tooBig.number"],
    ]);
    expect(problem.errors?.[0]?.detail).toContain("3");
    expect(problem.errors?.[1]?.detail).toContain("120");
  });

  test.each([
    [z.number().max(100_000), 100_001, { es: "El máximo es 100.000.", en: "The maximum is 100,000." }],
    [z.bigint().max(100_000n), 100_001n, { es: "El máximo es 100.000.", en: "The maximum is 100,000." }],
    [z.number().min(1_000), 1, { es: "El mínimo es 1.000.", en: "The minimum is 1,000." }],
    [
      z.number().max(5_000, { error: "money.tooMuch" }),
      5_001,
      { es: "El máximo es $5.000.", en: "The maximum is $5,000." },
    ],
    [
      z.number().min(1, { error: "money.tooLittle" }),
      0,
      { es: "El mínimo es $1.", en: "The minimum is $1." },
    ],
  ])("%#: a limit is written as numbers and amounts are", (schema, input, sentence) => {
    const parsed = schema.safeParse(input);
    const error = AppError.fromValidation(parsed.error ?? { issues: [] });
    expect(toProblem(error, { requestId: "r", t }).errors?.[0]?.detail).toBe(sentence[language]);
  });

  test("a reason without a sentence still tells to look again", () => {
    const error = AppError.forField("input.invalid", "/rut", "customers.nobodyWroteThis");
    const [field] = toProblem(error, { requestId: "r", t }).errors ?? [];
    expect(field?.detail).toBe(t("fields.invalid"));
  });

  test("one field can be refused for what only the server knows", () => {
    const problem = toProblem(AppError.forField("customer.rut_taken", "/rut", "rut.taken"), {
      requestId: "r",
      t,
    });
    expect(problem).toMatchObject({ status: 409, code: "customer.rut_taken" });
    expect(problem.errors).toEqual([{ pointer: "/rut", code: "rut.taken", detail: t("fields.rut.taken") }]);
  });
});
