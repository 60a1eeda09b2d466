import { describe, expect, test } from "vitest";
import { changedCustomer, customerQuery, newCustomer } from "@/lib/customers";
import { AppError } from "@/lib/errors";

const person = { kind: "person", givenNames: "María José", surnames: "Núñez Ibáñez" };
const company = { kind: "company", surnames: "Comercial Andes SpA" };

/** Field → key of its sentence, as a form would show it. */
function refusals(input: object): Record<string, string> {
  const parsed = newCustomer.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(
    AppError.fromValidation(parsed.error).issues.map(({ pointer, key }) => [pointer, key]),
  );
}

describe("a customer as it was typed", () => {
  test("is stored in one spelling", () => {
    const typed = {
      ...person,
      givenNames: "  María   José ",
      rut: "12345678-5 ",
      phone: "9 1234 5678",
      email: " MARIA@Correo.CL ",
      birthOn: "1980-05-04",
      notes: "  prefiere tardes ",
    };
    expect(newCustomer.parse(typed)).toMatchObject({
      givenNames: "María José",
      rut: "12345678-5",
      phone: "+56912345678",
      email: "maria@correo.cl",
      birthOn: "1980-05-04",
      notes: "prefiere tardes",
    });
  });

  test.each(["10.000.013-k", "10000013-K", " 10 000 013 - K "])("keeps the K of %j", (rut) => {
    expect(newCustomer.parse({ ...person, rut }).rut).toBe("10000013-K");
  });

  test.each(["912345678", "9 1234 5678", "56912345678", "+56 9 1234 5678"])(
    "reads the telephone %j",
    (phone) => {
      expect(newCustomer.parse({ ...person, phone }).phone).toBe("+56912345678");
    },
  );

  test("an empty field is nothing known", () => {
    const empty = {
      rut: "",
      email: " ",
      phone: "",
      birthOn: "",
      documentType: "",
      documentNumber: "",
      address: "",
      comuna: "",
      notes: "",
    };
    expect(newCustomer.parse({ ...person, ...empty })).toMatchObject({
      rut: null,
      email: null,
      phone: null,
      birthOn: null,
      documentType: null,
      documentNumber: null,
      address: null,
      comuna: null,
      notes: null,
    });
  });

  test("one accent has one spelling, whichever keyboard wrote it", () => {
    expect(newCustomer.parse({ ...person, surnames: "Nu\u0301n\u0303ez" }).surnames).toBe("Núñez");
  });

  test("a company keeps no first name, birthday or passport that a form still carried", () => {
    const typed = {
      ...company,
      givenNames: "Ana",
      birthOn: "1980-05-04",
      documentType: "passport",
      documentNumber: "P1",
      activity: "Óptica",
    };
    expect(newCustomer.parse(typed)).toMatchObject({
      givenNames: "",
      birthOn: null,
      documentType: null,
      documentNumber: null,
      activity: "Óptica",
    });
  });

  test("a person has no giro", () => {
    expect(newCustomer.parse({ ...person, activity: "Óptica" }).activity).toBeNull();
  });
});

describe("a customer that is refused, field by field", () => {
  test.each(
    (
      [
        [{ ...person, surnames: "  " }, "/surnames", "required"],
        [{ kind: "person", givenNames: "Ana" }, "/surnames", "required"],
        [{ ...person, givenNames: " " }, "/givenNames", "customers.refusals.givenNames"],
        [{ ...company, surnames: "" }, "/surnames", "required"],
        [{ ...person, rut: "12.345.678-4" }, "/rut", "rut.invalid"],
        [{ ...person, rut: "0-0" }, "/rut", "rut.invalid"],
        [{ ...person, rut: "hola" }, "/rut", "rut.invalid"],
        [{ ...person, email: "maria@" }, "/email", "format.email"],
        [{ ...person, phone: "12" }, "/phone", "phone.invalid"],
        [{ ...person, phone: "+56 9 1234" }, "/phone", "phone.invalid"],
        [{ ...person, birthOn: "31-12-1980" }, "/birthOn", "format.date"],
        [{ ...person, birthOn: "1980-02-30" }, "/birthOn", "format.date"],
        [{ ...person, birthOn: "2999-01-01" }, "/birthOn", "customers.refusals.birthOn"],
        [{ ...person, birthOn: "1850-01-01" }, "/birthOn", "customers.refusals.birthOn"],
        [{ ...person, documentType: "passport" }, "/documentNumber", "customers.refusals.documentNumber"],
        [{ ...person, documentNumber: "P123" }, "/documentType", "customers.refusals.documentType"],
        [{ ...person, documentType: "carnet", documentNumber: "1" }, "/documentType", "choice"],
        [{ ...person, surnames: "a".repeat(121) }, "/surnames", "tooBig.string"],
        [{ ...person, notes: "a".repeat(2001) }, "/notes", "tooBig.string"],
        [{ ...person, kind: "robot" }, "/kind", "choice"],
      ] as const
    ).map(([input, pointer, key]) => [pointer, key, input] as const),
  )("%s: %s", (pointer, key, input) => {
    expect(refusals(input)).toMatchObject({ [pointer]: key });
  });

  test("several fields are all named at once", () => {
    const wrong = { ...person, givenNames: "", rut: "1-1", email: "x", phone: "1", documentType: "passport" };
    expect(Object.keys(refusals(wrong)).sort()).toEqual([
      "/documentNumber",
      "/email",
      "/givenNames",
      "/phone",
      "/rut",
    ]);
  });

  test("a change needs the version that was seen", () => {
    expect(changedCustomer.safeParse({ ...person, id: crypto.randomUUID() }).success).toBe(false);
    expect(changedCustomer.parse({ ...person, id: crypto.randomUUID(), version: "3" }).version).toBe(3);
  });
});

describe("the address of a list", () => {
  test("falls back where it is unreadable, so that a link never breaks", () => {
    const strange = {
      search: 4,
      state: "deleted",
      column: "rut; drop",
      direction: "up",
      after: "1",
      before: "x",
      size: "1000000",
    };
    expect(customerQuery.parse(strange)).toEqual({
      search: "",
      state: "active",
      column: "name",
      direction: "asc",
      after: null,
      before: null,
      size: 25,
    });
  });
});
