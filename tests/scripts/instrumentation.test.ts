import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { applicationEnvironment } from "@/scripts/launcher/environment";
import { secretsOf } from "@/scripts/launcher/secrets";

const ports = { app: 3000, postgres: 5001, auth: 5002, mail: 5003, smtp: 5004, sandbox: 5005 };
const root = join(import.meta.dirname, "../..");

function complete(): Record<string, string> {
  const home = mkdtempSync(join(tmpdir(), "opttius-start-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  return applicationEnvironment(home, ports, secretsOf(home), {});
}

/** Runs a module's function in a process of its own, and says `on` when it comes back. */
function start(module: string, name: string, environment: Record<string, string>) {
  const code = `import("${module}").then((it) => it.${name}()).then(() => process.stdout.write("on"))`;
  return spawnSync(
    process.execPath,
    ["--import", "./scripts/tsx.mjs", "--input-type=module", "--eval", code],
    {
      cwd: root,
      env: { PATH: process.env["PATH"], NODE_ENV: "production", ...environment },
      encoding: "utf8",
    },
  );
}

test("a server starts with a complete configuration", () => {
  const { status, stdout, stderr } = start("./lib/env/check-start.ts", "checkStart", complete());
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "on", stderr: "" });
});

test("the application refuses to start with a wrong one, one sentence a variable, and tells no value", () => {
  const { APP_ENCRYPTION_KEY: _, ...rest } = complete();
  const wrong = { ...rest, APP_URL: "hunter2", SUPABASE_URL: "" };
  const { status, stdout, stderr } = start("./instrumentation.ts", "register", wrong);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  const problems = stderr.split("\n").filter((line) => line.startsWith("  "));
  expect(problems).toEqual([
    "  APP_URL must be an address like https://shop.example",
    "  SUPABASE_URL is missing",
    "  APP_ENCRYPTION_KEY is missing",
  ]);
  expect(stderr).not.toContain("hunter2");
  expect(stderr).toContain(".env.example");
});
