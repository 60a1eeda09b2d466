import { describe, expect, test } from "vitest";
import {
  acceptInvitationInput,
  approvalCodeInput,
  proofInput,
  shopInput,
  signInInput,
  signUpInput,
} from "@/lib/identity/schema";
import { isCommonPassword, isOwnAddress } from "@/lib/security/password";

const reasons = (password: string) =>
  proofInput.safeParse({ code: "123456", password }).error?.issues.map(({ message }) => message) ?? [];

describe("a password", () => {
  test.each([
    "una frase larga",
    "correcto-caballo-grapa",
    "zqxjkvbpyg",
    "ñandú en el patio",
    "        a b c d",
  ])("may be %j", (password) => expect(reasons(password)).toEqual([]));

  test.each([
    ["", "password.tooShort"],
    ["corta", "password.tooShort"],
    ["nueve1234", "password.tooShort"],
    ["1234567890", "password.tooCommon"],
    ["Contraseña123", "password.tooCommon"],
    ["PASSWORD1234", "password.tooCommon"],
    ["aaaaaaaaaaaa", "password.tooCommon"],
    ["ababababababab", "password.tooCommon"],
    ["x".repeat(40) + "yzwñ".repeat(10), "password.tooLong"],
  ])("may not be %j: %s", (password, reason) => expect(reasons(password)).toContain(reason));

  test("of 72 bytes is the longest that the auth server reads to its end", () => {
    const letters = "abcdefgh".repeat(9);
    expect(reasons(letters)).toEqual([]);
    expect(reasons(`${letters}i`)).toEqual(["password.tooLong"]);
  });

  test("may not be the address that it protects, nor the part before the @", () => {
    expect(isOwnAddress("Ana.Perez@Vista.test", "ana.perez@vista.test")).toBe(true);
    expect(isOwnAddress("ANA.PEREZ.SOTO", "ana.perez.soto@vista.test")).toBe(true);
    expect(isOwnAddress("ana.perez@vista.test!", "ana.perez@vista.test")).toBe(false);
  });

  test("is compared as it is read: full-width figures are figures", () => {
    expect(isCommonPassword("１２３４５６７８９０")).toBe(true);
  });
});

describe("a form", () => {
  test("reads an address without its spaces and capitals", () => {
    expect(signInInput.parse({ email: "  Ana@Vista.TEST ", password: "x" }).email).toBe("ana@vista.test");
  });

  test.each([
    "",
    "ana",
    "ana@",
    "@vista.test",
    "ana@vista",
    "ana perez@vista.test",
    `${"a".repeat(250)}@x.test`,
    "a\u0000@x.test",
  ])("refuses %j as an address", (email) =>
    expect(signInInput.safeParse({ email, password: "x" }).success).toBe(false),
  );

  test("takes six digits however they were pasted", () => {
    for (const code of ["123456", "123 456", " 123-456 ", "Código: 123456"]) {
      expect(proofInput.parse({ code, password: "una frase larga" }).code).toBe("123456");
    }
    for (const code of ["", "12345", "1234567", "abcdef"]) {
      expect(proofInput.safeParse({ code, password: "una frase larga" }).error?.issues[0]?.message).toBe(
        "code.invalid",
      );
    }
  });

  test("says field by field what is missing of a new shop", () => {
    const { error } = signUpInput.safeParse({ shopName: " ", email: "no" });
    expect(new Set(error?.issues.map(({ path }) => path[0]))).toEqual(
      new Set(["shopName", "branchName", "fullName", "timeZone", "email"]),
    );
  });

  test("knows the clocks of Chile and no others", () => {
    const shop = { shopName: "Óptica", branchName: "Centro", fullName: "Ana" };
    expect(shopInput.safeParse({ ...shop, timeZone: "Pacific/Easter" }).success).toBe(true);
    expect(shopInput.safeParse({ ...shop, timeZone: "Europe/Madrid" }).success).toBe(false);
  });

  test("drops what a browser adds: role, organization, state", () => {
    const parsed = acceptInvitationInput.parse({
      token: "0".repeat(64),
      fullName: "Ana",
      code: "123456",
      password: "una frase larga",
      role: "owner",
      organization_id: "x",
    });
    expect(Object.keys(parsed).sort()).toEqual(["code", "fullName", "password", "token"]);
  });

  test("takes an approval code of four to eight figures", () => {
    for (const pin of ["1234", "12345678", " 4321 "])
      expect(approvalCodeInput.safeParse({ pin }).success).toBe(true);
    for (const pin of ["123", "123456789", "12a4", ""])
      expect(approvalCodeInput.safeParse({ pin }).success).toBe(false);
  });
});
