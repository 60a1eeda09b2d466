import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createVault } from "@/lib/security/encryption";
import { openFactor, recoveryCodeDigest, sealFactor } from "@/lib/security/two-factor";

const vault = createVault(randomBytes(32).toString("base64"));

describe("a secret in the vault", () => {
  test("comes out as it went in, whatever it is, and never looks the same twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, context) => {
        const sealed = vault.encrypt(text, context);
        expect(vault.decrypt(sealed, context)).toBe(text);
        expect(vault.encrypt(text, context)).not.toBe(sealed);
      }),
    );
  });

  test("does not come out for another person", () => {
    const { encrypted } = sealFactor("ana", "JBSWY3DPEHPK3PXP", vault);
    expect(openFactor("ana", encrypted, vault)).toBe("JBSWY3DPEHPK3PXP");
    expect(() => openFactor("luis", encrypted, vault)).toThrow();
  });

  test("does not come out after a single bit has changed, wherever it stands", () => {
    const sealed = vault.encrypt("un secreto", "ana");
    const [format, key, nonce = "", data = ""] = sealed.split(".");
    for (const [name, part] of Object.entries({ nonce, data })) {
      const bytes = Buffer.from(part, "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const text = changed.toString("base64url");
        const forged = [format, key, name === "nonce" ? text : nonce, name === "data" ? text : data].join(
          ".",
        );
        expect(() => vault.decrypt(forged, "ana"), `${name} bit ${bit}`).toThrow();
      }
    }
  });

  test("says which key it needs when the key has changed", () => {
    const other = createVault(randomBytes(32).toString("base64"));
    expect(() => other.decrypt(vault.encrypt("x", "ana"), "ana")).toThrow("encrypted under another key");
  });

  test.each(["", "v1", "v1...", "v2.a.b.c", "v1.00000000.AAAA.AAAA"])("is not found in %j", (text) => {
    expect(() => vault.decrypt(text, "ana")).toThrow();
  });

  test("cannot be cut to a shorter authentication tag", () => {
    const [format, key, nonce, data = ""] = vault.encrypt("un secreto", "ana").split(".");
    const bytes = Buffer.from(data, "base64url");
    for (const length of [0, 4, 12, 15]) {
      const cut = bytes.subarray(0, length).toString("base64url");
      expect(() => vault.decrypt([format, key, nonce, cut].join("."), "ana")).toThrow();
    }
  });
});

test("a recovery code has one digest however it is written, and another for another person or key", () => {
  const digest = (user: string, code: string, under = vault) =>
    recoveryCodeDigest(user, code, under).toString("hex");
  const first = digest("ana", "7K2QF-9XW41");
  for (const written of ["7k2qf9xw41", " 7K2QF 9XW41 ", "7K2QF-9XW4I", "7k2qf-9xw4l"])
    expect(digest("ana", written)).toBe(first);
  expect(digest("ana", "7K2QF-9XW42")).not.toBe(first);
  expect(digest("luis", "7K2QF-9XW41")).not.toBe(first);
  expect(digest("ana", "7K2QF-9XW41", createVault(randomBytes(32).toString("base64")))).not.toBe(first);
});
