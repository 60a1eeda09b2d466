import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** Whether a server could listen on 127.0.0.1 at this port now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once("error", () => resolve(false))
      .once("listening", () => server.close(() => resolve(true)))
      .listen(port, "127.0.0.1");
  });
}

/** Below the ports that systems hand out by themselves (from 32768 on Linux, 49152 elsewhere). */
const RANGE = { from: 20_000, to: 32_000 };

/**
 * A port of 127.0.0.1 that nobody listens on, for a server that starts later: no connection that the system opens
 * meanwhile can take it.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = RANGE.from + Math.floor(Math.random() * (RANGE.to - RANGE.from));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port was found between ${RANGE.from} and ${RANGE.to}`);
}

/**
 * The port a service used last time, if it is still free; else a new one, remembered for the next start.
 *
 * @param dataDir directory that holds `ports.json`
 */
export async function rememberedPort(dataDir: string, service: string): Promise<number> {
  const file = join(dataDir, "ports.json");
  const ports = readPorts(file);
  const before = ports[service];
  if (before && (await isFree(before))) return before;
  const taken = new Set(Object.values(ports));
  let port = await freePort();
  while (taken.has(port)) port = await freePort();
  writeFileSync(file, `${JSON.stringify({ ...readPorts(file), [service]: port }, null, 2)}\n`);
  return port;
}

function readPorts(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
  } catch {
    return {};
  }
}
