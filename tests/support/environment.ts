import type { DatabaseUrls } from "./database";

/** Signs the tokens of test sessions. */
export const JWT_SECRET = "a-secret-that-only-the-tests-know-0123456789";

/** The variables of lib/env for tests: this file's database, no Redis, no gateway, nothing that leaves the machine. */
export function testEnvironment(urls: DatabaseUrls): Record<string, string> {
  return {
    NODE_ENV: "test",
    LOG_LEVEL: "silent",
    DATABASE_URL: urls.owner,
    APP_DATABASE_URL: urls.app,
    APP_URL: "http://127.0.0.1:3000",
    SUPABASE_URL: "http://127.0.0.1:9",
    SUPABASE_PUBLISHABLE_KEY: "sb_publishable_tests",
    SUPABASE_JWT_SECRET: JWT_SECRET,
    APP_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    SMTP_URL: "smtp://127.0.0.1:9",
  };
}
