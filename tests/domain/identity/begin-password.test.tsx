import { describe, expect, test } from "vitest";
import { BeginPassword } from "@/components/identity/begin-password";
import { FormContext } from "@/components/ui/form-context";
import { ProblemLink } from "@/components/ui/problem-link";
import { AppError, toProblem } from "@/lib/errors";
import { translatorFor } from "@/lib/i18n/translator";
import { seen } from "../ui/seen";

/** A part of a form whose last answer was this refusal, or that was not sent yet. */
const inForm = (part: React.ReactNode, refusal?: AppError) =>
  seen(
    <FormContext
      value={{
        pending: false,
        problem: refusal ? toProblem(refusal, { requestId: "r-1", t: translatorFor("es") }) : null,
        failure: null,
        errors: new Map(refusal?.issues.map(({ pointer }) => [pointer.slice(1), "Completa este campo."])),
        fields: new Set(),
        registerField: () => () => undefined,
      }}
    >
      {part}
    </FormContext>,
  );

describe("the password for beginning a second factor", () => {
  const field = (asked: boolean, refusal?: AppError) =>
    inForm(<BeginPassword email="raiz@opttius.test" asked={asked} />, refusal);

  test("is not asked of whoever signed in a moment ago, and is of everybody else", () => {
    expect(field(false).all("input")).toEqual([]);
    expect(field(true).names("label")).toEqual(["Tu contraseña"]);
  });

  test("is asked once the server misses it, with the refusal at the field: the page was read ten minutes ago", () => {
    const page = field(false, AppError.forField("input.invalid", "/currentPassword", "required"));
    const input = page.one("input", { name: "currentPassword" }).attributes;
    expect(input["aria-invalid"]).toBe("true");
    expect(page.one("p", { id: input["aria-describedby"] ?? "" }).text).toBe("Completa este campo.");
    expect(page.one("input", { name: "username" }).attributes["value"]).toBe("raiz@opttius.test");
  });

  test("is not asked for because of something else", () => {
    expect(field(false, new AppError("rate.limited")).all("input")).toEqual([]);
  });
});

test("a set-up whose time is over leads to its beginning, and says what to do with the app", () => {
  const refusal = new AppError("two_factor.setup_over");
  const link = <ProblemLink code="two_factor.setup_over" href="/two-factor" label="Empezar de nuevo" />;
  expect(inForm(link, refusal).href("Empezar de nuevo")).toBe("/two-factor");
  const { detail, status } = toProblem(refusal, { requestId: "r-1", t: translatorFor("es") });
  expect(status).toBe(409);
  expect(detail).toMatch(/Borra de tu aplicación .* empieza de nuevo/);
});
