import { defineConfig } from "@playwright/test";

const executablePath = process.env["CHROMIUM_PATH"];

/** Against a running demo: `npm test` starts one and passes its environment on. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  workers: 1,
  use: {
    baseURL: process.env["APP_URL"] ?? "http://127.0.0.1:3000",
    locale: "es-CL",
    timezoneId: "America/Santiago",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        // Chromium's own sandbox refuses to run as root.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        // Nothing that asks the network for anything but the pages under test.
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
