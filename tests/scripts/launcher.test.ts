import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@supabase/supabase-js";
import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { readJson } from "@/scripts/launcher/data-directory";
import { freePort } from "@/scripts/services/ports";
import { isAlive } from "@/scripts/services/processes";
import { temporaryDirectory } from "@/scripts/services/temporary-directory";
import { parseEnvironment } from "@/scripts/testing/demo";

const root = join(import.meta.dirname, "../..");

type Launched = { child: ChildProcess; said: () => string };

/** Starts the services as `npm run services` does, with the data of one directory. */
async function launcher() {
  const port = await freePort();
  const home = temporaryDirectory("launcher");
  const launched: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const child of launched) await stop(child, "SIGTERM");
    rmSync(home, { recursive: true, force: true });
  });
  const start = (): Launched => {
    const child = spawn(process.execPath, ["--import", "./scripts/tsx.mjs", "scripts/services.ts"], {
      cwd: root,
      env: {
        PATH: process.env["PATH"] ?? "",
        NODE_ENV: "test",
        DATA_DIR: home,
        PORT: String(port),
        LANG: "tr_TR.UTF-8",
      },
    });
    launched.push(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    return { child, said: () => said };
  };
  const running = async (): Promise<Launched> => {
    const one = start();
    await vi.waitUntil(() => one.child.exitCode !== null || one.said().includes("are running"), {
      timeout: 90_000,
    });
    expect(one.said()).toMatch(/are running/);
    return one;
  };
  /** Every process that the launcher has started, Postgres included. */
  const children = (): number[] => [
    ...(readJson<{ pid: number }[]>(join(home, "processes.json")) ?? []).map(({ pid }) => pid),
    Number(readFileSync(join(home, "postgres/postmaster.pid"), "utf8").split("\n")[0]),
  ];
  const environment = () => parseEnvironment(readFileSync(join(home, "demo.env"), "utf8"));
  return { start, running, children, environment };
}

function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  return ended(child);
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once("exit", resolve));
}

async function organizations(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query("select from public.organizations")).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

test("the services come up, survive a kill with their data and addresses, and leave nothing when told to stop", {
  timeout: 180_000,
}, async () => {
  const { start, running, children, environment } = await launcher();
  const first = await running();
  const before = environment();
  const people = createClient(before["SUPABASE_URL"] ?? "", before["SUPABASE_PUBLISHABLE_KEY"] ?? "");
  const signedIn = await people.auth.signInWithPassword({
    email: "owner@vista.test",
    password: before["DEMO_PASSWORD"] ?? "",
  });
  expect(signedIn.error).toBeNull();
  const shops = await organizations(before["DATABASE_URL"] ?? "");
  expect(shops).toBeGreaterThanOrEqual(2);

  const second = start();
  await vi.waitFor(() => expect(second.said()).toMatch(/already running on .*; stop it first/), {
    timeout: 10_000,
  });
  expect(await ended(second.child)).toBe(1);

  const left = children();
  await stop(first.child, "SIGKILL");
  await vi.waitFor(() => expect(left.filter(isAlive)).toEqual([]), { timeout: 10_000 });

  const third = await running();
  expect(environment()).toEqual(before);
  expect(await organizations(before["DATABASE_URL"] ?? "")).toBe(shops);
  const stopped = children();
  expect(await stop(third.child, "SIGINT")).toBe(0);
  expect(stopped.filter(isAlive)).toEqual([]);
});

test("told to stop in the middle of a start, the launcher leaves nothing", { timeout: 60_000 }, async () => {
  const { start, children } = await launcher();
  const { child, said } = start();
  await vi.waitFor(() => expect(said()).toMatch(/Roles/), { timeout: 30_000 });
  const begun = children();
  expect(await stop(child, "SIGTERM")).toBe(0);
  expect(begun.filter(isAlive)).toEqual([]);
});
