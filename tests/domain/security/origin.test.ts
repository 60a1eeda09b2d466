import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { requireSameOrigin } from "@/lib/security/origin";

const shop = "https://shop.example";
const attempt = (method: string, headers: Record<string, string>) => () =>
  requireSameOrigin({ method, headers: new Headers(headers) }, shop);
const json = { "content-type": "application/json" };

describe("a request that changes something", () => {
  test.each([
    ["a form of ours", { "sec-fetch-site": "same-origin", origin: shop }],
    [
      "a browser that reaches the shop under another name",
      { "sec-fetch-site": "same-origin", origin: "http://localhost:3000" },
    ],
    ["a browser without fetch metadata", { origin: shop }],
    ["a program that sends JSON", json],
    ["a program that names the charset", { "content-type": "application/json; charset=utf-8" }],
  ])("from %s is carried out", (_, headers) => {
    expect(attempt("POST", headers)).not.toThrow();
  });

  test.each([
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["another site that copies our origin", { "sec-fetch-site": "cross-site", origin: shop }],
    ["a neighbouring subdomain", { "sec-fetch-site": "same-site", origin: "https://blog.shop.example" }],
    ["a subdomain, in an old browser", { origin: "https://blog.shop.example" }],
    ["another port", { origin: "https://shop.example:8443" }],
    ["the same name without encryption", { origin: "http://shop.example" }],
    ["a name that begins like ours", { origin: "https://shop.example.evil.example" }],
    ["a sandboxed frame", { origin: "null" }],
    ["a sandboxed frame that sends JSON", { ...json, origin: "null" }],
    ["the address bar", { "sec-fetch-site": "none" }],
    ["another site that sends JSON", { ...json, origin: "https://evil.example" }],
    ["a form without any origin", { "content-type": "application/x-www-form-urlencoded" }],
    ["JSON dressed as text", { "content-type": "text/plain" }],
    ["JSON named behind another type", { "content-type": "text/plain; application/json" }],
    ["nobody at all", {}],
    ["an empty origin", { origin: "" }],
  ])("from %s is refused", (_, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect(attempt(method, headers)).toThrow(new AppError("access.origin_refused"));
  });
});

test("reading is open to a link from anywhere", () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    expect(attempt(method, { "sec-fetch-site": "cross-site", origin: "https://evil.example" })).not.toThrow();
  }
});
