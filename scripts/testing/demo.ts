import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { script } from "../launcher/script";
import { freePort } from "../services/ports";
import { end, endWithUs } from "../services/processes";
import { StartError } from "../services/start-error";
import { temporaryDirectory } from "../services/temporary-directory";

const START_TIMEOUT_MS = 600_000;
const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Starts a demo of its own for the browser tests, on a free port and with new data. Told to end meanwhile (Ctrl-C), this
 * process stops it and takes its data away first.
 *
 * @returns what it wrote into demo.env, and how to stop it
 * @throws StartError when it does not come up
 */
export async function startDemo(): Promise<{ environment: Record<string, string>; stop(): Promise<void> }> {
  const directory = temporaryDirectory("e2e");
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const child = spawn(process.execPath, script("demo.ts"), {
    env: { ...inherited, DATA_DIR: directory, PORT: String(await freePort()) },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const pid = child.pid ?? 0;
  const release = endWithUs(pid, "TERM");
  const stop = async () => {
    for (const signal of signals) process.off(signal, interrupted);
    await end(pid, "SIGTERM", 40_000);
    release();
    rmSync(directory, { recursive: true, force: true });
  };
  const interrupted = () => void stop().finally(() => process.exit(130));
  for (const signal of signals) process.once(signal, interrupted);
  try {
    await new Promise<void>((resolve, reject) => {
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => {
        const text = chunk.toString();
        process.stdout.write(text);
        said = (said + text).slice(-10_000);
        if (said.includes("Opttius is ready")) resolve();
      });
      child.once("exit", (code) =>
        reject(new StartError(`The demo for the browser tests ended with ${code}.`)),
      );
      setTimeout(
        () => reject(new StartError("The demo for the browser tests did not come up within ten minutes.")),
        START_TIMEOUT_MS,
      ).unref();
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { environment: parseEnvironment(readFileSync(join(directory, "demo.env"), "utf8")), stop };
}

/** Reads what `writeDemoEnv` wrote. */
export function parseEnvironment(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const [, name, value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
    return name ? [[name, value.startsWith('"') ? String(JSON.parse(value)) : value] as const] : [];
  });
  return Object.fromEntries(pairs);
}
