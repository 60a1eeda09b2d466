import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;

/** Suites that need Postgres: one embedded server for the run, a fresh copy of the migrated database for each file. */
const withDatabase = { globalSetup: ["tests/support/cluster.ts"], setupFiles: ["tests/support/setup.ts"] };

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: /^server-only$/, replacement: `${root}scripts/empty.ts` },
    ],
  },
  test: {
    // Half of a suite's time is waiting for Postgres and for processes: two cores carry two files at once.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    env: { TZ: "UTC" },
    testTimeout: 15_000,
    hookTimeout: 60_000,
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/{domain,repo,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts"],
        },
      },
      {
        test: {
          name: "db",
          include: ["tests/db/**/*.test.ts", "tests/domain/**/*.db.test.ts"],
          ...withDatabase,
        },
      },
      { test: { name: "payments", include: ["tests/payments/**/*.test.ts"], ...withDatabase } },
      { test: { name: "http", include: ["tests/http/**/*.test.{ts,tsx}"], ...withDatabase } },
    ],
  },
});
