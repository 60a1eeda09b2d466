import { expect, test } from "vitest";
import { sign } from "@/lib/payments/flow/signature";
import { signatureIsRight } from "@/scripts/sandbox/flow/signature";

const key = "my secret";

test("the status query of Flow's tutorial is signed as computed beside it", () => {
  const parameters = { apiKey: "1F90971E-8276-4715-97FF-2BLG5030EE3B", token: "AJ089FF5467367" };
  expect(sign(parameters, key)).toBe("191947b8253f1b615adeda260fab7d8c8cc0507b22e19d4742baa00b0e464d44");
});

test("the string printed in Flow's specification is signed as computed beside it", () => {
  const parameters = { apiKey: "XXXX-XXXX-XXXX", currency: "CLP", amount: "5000" };
  expect(sign(parameters, key)).toBe("dc3f67215dc89404aedc1deed0be7c2b49d810ca1a6e3feab3b799d77c4a9950");
});

test("neither the order of the parameters nor an earlier signature changes anything", () => {
  const one = sign({ b: "2", a: "1" }, key);
  expect(sign({ a: "1", b: "2", s: one }, key)).toBe(one);
});

test("decoded values are signed: accents and spaces as they are, not as the URL writes them", () => {
  const parameters = { subject: "Óptica Vista & compañía", url: "https://a.cl/x?y=1" };
  const query = new URLSearchParams({ ...parameters, s: sign(parameters, key) });
  expect(signatureIsRight(new URLSearchParams(query.toString()), key)).toBe(true);
});

test("any changed parameter, name or key breaks the signature", () => {
  const parameters = { amount: "99000", commerceOrder: "abc" };
  const s = sign(parameters, key);
  const changes: Record<string, string>[] = [
    { amount: "9900" },
    { commerceOrder: "abd" },
    { Amount: "99000" },
    { extra: "1" },
    { s: "" },
    { s: s.toUpperCase().slice(1) },
  ];
  for (const change of changes) {
    const tampered = new URLSearchParams({ ...parameters, s, ...change });
    expect(signatureIsRight(tampered, key), JSON.stringify(change)).toBe(false);
  }
  expect(signatureIsRight(new URLSearchParams({ ...parameters, s }), "another key")).toBe(false);
});

test("an empty key signs nothing", () => {
  expect(() => sign({ a: "1" }, "")).toThrow("empty");
});
