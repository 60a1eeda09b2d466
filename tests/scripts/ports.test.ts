import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePort, isFree, rememberedPort } from "@/scripts/services/ports";

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), "opttius-ports-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

async function occupy(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
}

test("a port is free until somebody listens on it", async () => {
  const port = await freePort();
  expect(await isFree(port)).toBe(true);
  await occupy(port);
  expect(await isFree(port)).toBe(false);
});

test("a port that is kept for later is none that the system hands out meanwhile", async () => {
  for (let count = 0; count < 20; count += 1) expect(await freePort()).toBeLessThan(32_768);
});

test("a service keeps its port from one start to the next, and services do not share", async () => {
  const home = directory();
  const first = await rememberedPort(home, "postgres");
  expect(await rememberedPort(home, "mail")).not.toBe(first);
  expect(await rememberedPort(home, "postgres")).toBe(first);
});

test("a port that somebody took meanwhile is given up for another", async () => {
  const home = directory();
  const first = await rememberedPort(home, "postgres");
  await occupy(first);
  const second = await rememberedPort(home, "postgres");
  expect(second).not.toBe(first);
  expect(await rememberedPort(home, "postgres")).toBe(second);
});
