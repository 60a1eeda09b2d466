import { describe, expect, test } from "vitest";
import { enrolmentUri, matchingStep, newRecoveryCodes, newSecret } from "@/lib/security/two-factor";

/** "12345678901234567890", the secret of RFC 6238's test vectors, in base 32. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("a code of the authenticator", () => {
  // RFC 6238, appendix B, SHA-1: the last six of the eight digits.
  test.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("at second %i is %s", (seconds, code) => {
    expect(matchingStep(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  test("is accepted one step early and one step late, and named by its own step", () => {
    const step = Math.floor(1111111111 / 30);
    for (const off of [-1, 0, 1]) {
      expect(matchingStep(SECRET, "050471", (step + off) * 30_000 + 5_000)).toBe(step);
    }
    for (const off of [-3, -2, 2, 3]) {
      expect(matchingStep(SECRET, "050471", (step + off) * 30_000 + 5_000)).toBeNull();
    }
  });

  test.each(["", "05047", "0504711", "05047a", "０５０４７１", " 50471", "-50471"])("is not %j", (code) => {
    expect(matchingStep(SECRET, code, 1111111111_000)).toBeNull();
  });
});

test("a new secret has 160 bits, and the address for the QR code names service and person", () => {
  const secret = newSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newSecret()).not.toBe(secret);
  const uri = new URL(enrolmentUri(secret, "ana@vista.test"));
  expect(uri.protocol).toBe("otpauth:");
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: "Opttius",
    secret,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
  expect(decodeURIComponent(uri.pathname)).toBe("/Opttius:ana@vista.test");
});

test("recovery codes are ten, all different, without letters that look like figures", () => {
  const codes = newRecoveryCodes();
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
});
