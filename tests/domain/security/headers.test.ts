import { expect, test } from "vitest";
import nextConfig from "@/next.config";

test("every address answers with the headers that keep a browser from being tricked, each as it was decided", async () => {
  const rules = (await nextConfig.headers?.()) ?? [];
  const everywhere = rules.find(({ source }) => source === "/:path*");
  expect(Object.fromEntries(everywhere?.headers.map(({ key, value }) => [key, value]) ?? [])).toEqual({
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=(self)",
    "Strict-Transport-Security": "max-age=31536000",
  });
  expect(nextConfig.poweredByHeader).toBe(false);
});
