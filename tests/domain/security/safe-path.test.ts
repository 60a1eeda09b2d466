import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safePath } from "@/lib/security/safe-path";

/** Forty ways to send somebody who has just signed in to another site. */
const hostile = [
  "//evil.example",
  "///evil.example",
  "////evil.example/x",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\\/evil.example",
  "https:evil.example",
  "https://evil.example",
  "http:/evil.example",
  "HTTPS://evil.example",
  "//evil.example/%2f..",
  "//evil.example?/pos",
  "//user@evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/pos/..//evil.example",
  "/././/evil.example",
  "/%2e//evil.example",
  "/%2e%2e//evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "mailto:a@evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\nLocation: https://evil.example",
  "\t//evil.example",
  " //evil.example",
  "/\u0000/evil.example",
  "/pos\\..\\..\\evil.example",
  "evil.example",
  "pos",
  "?next=//evil.example",
  "#//evil.example",
  "@evil.example",
  ".//evil.example",
  "",
  `/${"a".repeat(5000)}`,
];

describe("where to go after signing in", () => {
  test.each(hostile)("%j leads home", (next) => {
    expect(safePath(next, "/")).toBe("/");
  });

  test.each([null, undefined])("%s leads home", (next) => {
    expect(safePath(next, "/pos")).toBe("/pos");
  });

  test.each([
    ["/", "/"],
    ["/pos", "/pos"],
    ["/customers?q=ana&page=2#row-3", "/customers?q=ana&page=2#row-3"],
    ["/customers?q=//x", "/customers?q=//x"],
    ["/search?q=ñandú", "/search?q=%C3%B1and%C3%BA"],
    ["/a/../orders", "/orders"],
    ["/%2F%2Fevil.example", "/%2F%2Fevil.example"],
    ["/%5cevil.example", "/%5cevil.example"],
    ["/%0d%0aLocation:x", "/%0d%0aLocation:x"],
  ])("%s is a page of ours", (next, path) => {
    expect(safePath(next, "/")).toBe(path);
  });

  test("whatever is asked for, a browser stays on this site", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2e",
      "%2f",
      ":",
      "@",
      "evil.example",
      "https",
      "\t",
      "\n",
      "?",
      "#",
      "a",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const path = safePath(pieces.join(""), "/");
        expect(new URL(path, "https://shop.example").origin).toBe("https://shop.example");
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(safePath(path, "/")).toBe(path);
      }),
      { numRuns: 2000 },
    );
  });
});
