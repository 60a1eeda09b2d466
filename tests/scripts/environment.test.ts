import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkEnv } from "@/lib/env/read-env";
import {
  applicationEnvironment,
  bringsOwnDatabase,
  wantsDemoData,
  writeDemoEnv,
} from "@/scripts/launcher/environment";
import { secretsOf } from "@/scripts/launcher/secrets";

const ports = { app: 3000, postgres: 5001, auth: 5002, mail: 5003, smtp: 5004, sandbox: 5005 };

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), "opttius-env-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("the demo's environment is one that the application accepts", () => {
  const home = directory();
  const environment = applicationEnvironment(home, ports, secretsOf(home), {});
  expect(() => checkEnv(environment)).not.toThrow();
  expect(environment).toMatchObject({
    APP_URL: "http://127.0.0.1:3000",
    SANDBOX_URL: "http://127.0.0.1:5005",
  });
});

test("what the person sets wins, even when it is empty", () => {
  const home = directory();
  const environment = applicationEnvironment(home, ports, secretsOf(home), {
    FLOW_API_URL: "https://sandbox.flow.cl/api",
    FLOW_API_KEY: "",
    DEMO_PASSWORD: "one-of-mine",
    HOME: "/not/for/the/file",
  });
  expect(environment).toMatchObject({
    FLOW_API_URL: "https://sandbox.flow.cl/api",
    FLOW_API_KEY: "",
    DEMO_PASSWORD: "one-of-mine",
  });
  expect(environment).not.toHaveProperty("HOME");
});

test("a database of one's own comes with its auth server, or not at all", () => {
  const own = { DATABASE_URL: "a", APP_DATABASE_URL: "b", SUPABASE_URL: "c", SUPABASE_PUBLISHABLE_KEY: "d" };
  expect(bringsOwnDatabase({})).toBe(false);
  expect(bringsOwnDatabase(own)).toBe(true);
  expect(() => bringsOwnDatabase({ DATABASE_URL: "a" })).toThrow(
    /belong together.*missing: APP_DATABASE_URL/,
  );
});

test("the demo's shops go into no database of somebody else's unless that was asked for", () => {
  const staging = {
    DATABASE_URL: "postgresql://owner@db.example.cl:5432/optica",
    SMTP_URL: "smtp://mail.example.cl",
  };
  expect(wantsDemoData({}, [])).toBe(true);
  expect(wantsDemoData({ DATABASE_URL: "postgresql://owner@127.0.0.1:54322/postgres" }, [])).toBe(true);
  expect(wantsDemoData(staging, ["--reset"])).toBe(false);
  expect(wantsDemoData(staging, ["--seed"])).toBe(true);
  expect(() => wantsDemoData({ ...staging, SMTP_URL: "" }, ["--seed"])).toThrow(
    /mails of db\.example\.cl.*SMTP_URL/,
  );
});

test("secrets are made once and kept from other users", () => {
  const home = directory();
  const first = secretsOf(home);
  expect(secretsOf(home)).toEqual(first);
  expect(statSync(join(home, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  expect(first.demoTotpSecret).toMatch(/^[A-Z2-7]{32}$/);
  expect(Buffer.from(first.encryptionKey, "base64")).toHaveLength(32);
});

test("demo.env can be read by a shell and by nobody else", () => {
  const home = directory();
  writeDemoEnv(home, { PLAIN: "http://127.0.0.1:1/x?y", WITH_SPACE: "two words" });
  const file = join(home, "demo.env");
  expect(readFileSync(file, "utf8")).toBe('PLAIN="http://127.0.0.1:1/x?y"\nWITH_SPACE="two words"\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
