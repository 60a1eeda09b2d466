import { expect, test } from "vitest";
import { typedCustomer } from "@/components/pos/typed-customer";
import { rutCheckDigit } from "@/lib/chile";

const nobody = { givenNames: "", surnames: "", rut: "", phone: "", email: "" };
/** Nine bare figures that are both: a mobile, and a RUT whose check digit is right. */
const both = `91234568${rutCheckDigit("91234568")}`;

test.each([
  ["912345678", { phone: "912345678" }],
  ["9 1234 5678", { phone: "9 1234 5678" }],
  ["+56 9 1234 5678", { phone: "+56 9 1234 5678" }],
  ["56912345678", { phone: "56912345678" }],
  ["+56223456789", { phone: "+56223456789" }],
  ["(2) 2345 6780", { phone: "(2) 2345 6780" }],
  ["12345678-5", { rut: "12345678-5" }],
  ["12.345.678-5", { rut: "12.345.678-5" }],
  ["123456785", { rut: "123456785" }],
  ["7k", {}],
  ["12345678-4", { phone: "12345678-4" }],
  ["12345678-k", {}],
  ["12345", {}],
  ["maría josé núñez", { givenNames: "maría", surnames: "josé núñez" }],
  ["Rosa", { givenNames: "Rosa" }],
  ["Rosa 912345678", { givenNames: "Rosa", phone: "912345678" }],
  ["Rosa Díaz 12.345.678-5", { givenNames: "Rosa", surnames: "Díaz", rut: "12.345.678-5" }],
  ["Rosa +56 9 1234 5678", { givenNames: "Rosa", phone: "+56 9 1234 5678" }],
  ["rosa@correo.cl", { email: "rosa@correo.cl" }],
  ["  ", {}],
])("%j becomes what it is", (typed, known) => {
  expect(typedCustomer(typed)).toEqual({ ...nobody, ...known });
});

test("figures that are a RUT and a mobile are the mobile, unless they are written as a RUT", () => {
  expect(both).toMatch(/^\d{9}$/);
  const written = `${both.slice(0, 8)}-${both.slice(8)}`;
  expect(typedCustomer(both)).toEqual({ ...nobody, phone: both });
  expect(typedCustomer(written)).toEqual({ ...nobody, rut: written });
});
