import { describe, expect, test } from "vitest";
import { productFiles } from "./files";
import { directiveOf, isServerOnly, loadedModules, loads } from "./imports";

const files = productFiles();
const server = files.filter((path) => path.startsWith("lib/") && isServerOnly(path));

describe("what must never reach a browser", () => {
  test('every module that touches the database opens with import "server-only"', () => {
    const touching = files.filter(
      (path) =>
        path.startsWith("lib/") &&
        (loads(path, /^(pg|pg-boss|ioredis|nodemailer)$/) ||
          loadedModules(path).some((target) => /^lib\/db\/(?!types\.ts)/.test(target))) &&
        directiveOf(path) !== "use server",
    );
    expect(touching.length).toBeGreaterThan(5);
    expect(touching.filter((path) => !isServerOnly(path))).toEqual([]);
  });

  test("so do the environment and the log", () => {
    expect(server).toEqual(
      expect.arrayContaining(["lib/env/index.ts", "lib/log/index.ts", "lib/db/index.ts"]),
    );
  });

  test("no client component reaches such a module", () => {
    const clients = files.filter((path) => directiveOf(path) === "use client");
    expect(clients.length).toBeGreaterThan(5);
    expect(clients.flatMap((client) => pathToServer(client) ?? [])).toEqual([]);
  });
});

/** The chain of imports from a client component to a server module, or null. Server actions end it: they are called, not loaded. */
function pathToServer(client: string): string | null {
  const cameFrom = new Map<string, string>([[client, ""]]);
  for (const [path] of cameFrom) {
    if (server.includes(path)) return chain(path, cameFrom);
    for (const target of loadedModules(path)) {
      if (!cameFrom.has(target) && directiveOf(target) !== "use server") cameFrom.set(target, path);
    }
  }
  return null;
}

function chain(path: string, cameFrom: ReadonlyMap<string, string>): string {
  const before = cameFrom.get(path);
  return before ? `${chain(before, cameFrom)} → ${path}` : path;
}
