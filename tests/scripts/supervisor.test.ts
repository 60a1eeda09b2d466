import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { readJson } from "@/scripts/launcher/data-directory";
import { Supervisor } from "@/scripts/launcher/supervisor";
import { freePort } from "@/scripts/services/ports";
import { isAlive } from "@/scripts/services/processes";

function supervised() {
  const home = mkdtempSync(join(tmpdir(), "opttius-supervisor-"));
  mkdirSync(join(home, "logs"));
  const supervisor = new Supervisor(home);
  onTestFinished(async () => {
    await supervisor.stop();
    rmSync(home, { recursive: true });
  });
  const pidOf = (name: string) =>
    readJson<{ name: string; pid: number }[]>(join(home, "processes.json"))?.find(
      (child) => child.name === name,
    )?.pid ?? 0;
  return { home, supervisor, pidOf };
}

const idle = ["-e", "setInterval(() => {}, 1000)"];

test("a child that crashes is started again", async () => {
  const { supervisor, pidOf } = supervised();
  await supervisor.start({ name: "worker", args: idle, env: process.env });
  const first = pidOf("worker");
  process.kill(first, "SIGKILL");
  await vi.waitFor(() => expect(pidOf("worker")).not.toBe(first), { timeout: 5_000 });
  expect(isAlive(pidOf("worker"))).toBe(true);
});

test("a child counts as started when it answers", async () => {
  const { supervisor } = supervised();
  const port = await freePort();
  const server = `setTimeout(() => require("http").createServer((_, r) => r.end("ok")).listen(${port}, "127.0.0.1"), 300)`;
  await supervisor.start({
    name: "app",
    args: ["-e", server],
    env: process.env,
    readyUrl: `http://127.0.0.1:${port}/`,
  });
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("ok");
});

test("a child that cannot start says why", async () => {
  const { supervisor } = supervised();
  const failing = ["-e", 'console.error("no such key"); process.exit(3)'];
  await expect(
    supervisor.start({ name: "auth", args: failing, env: process.env, readyUrl: "http://127.0.0.1:1/" }),
  ).rejects.toThrow(/The auth could not start: no such key/);
});

test("stopping ends the children in the reverse order of their start, with all that they started", async () => {
  const { home, supervisor, pidOf } = supervised();
  const order: string[] = [];
  const parent = `const child = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]); console.log(child.pid); setInterval(() => {}, 1000)`;
  await supervisor.onStop(async () => void order.push("first"));
  await supervisor.start({ name: "app", args: ["-e", parent], env: process.env });
  await supervisor.onStop(async () => void order.push("last"));
  const grandchild = await vi.waitFor(() => {
    const pid = Number(readFileSync(join(home, "logs/app.log"), "utf8"));
    expect(pid).toBeGreaterThan(0);
    return pid;
  });
  const child = pidOf("app");
  await supervisor.stop();
  expect(order).toEqual(["last", "first"]);
  await vi.waitFor(() => expect([isAlive(child), isAlive(grandchild)]).toEqual([false, false]));
  await expect(supervisor.start({ name: "worker", args: idle, env: process.env })).rejects.toThrow(
    /not started any more/,
  );
});

test("children do not outlive a launcher that is killed", async () => {
  const { home } = supervised();
  const source = JSON.stringify(join(import.meta.dirname, "../../scripts/launcher/supervisor.ts"));
  const launcher = spawn(
    process.execPath,
    [
      "--import",
      join(import.meta.dirname, "../../scripts/tsx.mjs"),
      "--input-type=module",
      "-e",
      `const { Supervisor } = await import(${source});
       const supervisor = new Supervisor(${JSON.stringify(home)});
       await supervisor.start({ name: "worker", args: ${JSON.stringify(idle)}, env: process.env });
       console.log("started"); setInterval(() => {}, 1000);`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void launcher.kill("SIGKILL"));
  await new Promise((resolve) => launcher.stdout.once("data", resolve));
  const pid = readJson<{ pid: number }[]>(join(home, "processes.json"))?.[0]?.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  launcher.kill("SIGKILL");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000 });
});
