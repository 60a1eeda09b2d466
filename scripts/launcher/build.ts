import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explain } from "../services/start-error";

const root = join(import.meta.dirname, "../..");
/** What `next build` reads. The lockfile stands for node_modules. */
const sources = [
  "app",
  "components",
  "lib",
  "public",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
];
const next = join(root, "node_modules/next/dist/bin/next");
const builtFrom = join(root, ".next/built-from");

/** Whether `.next` holds a build of the sources as they are now. */
function isBuilt(): boolean {
  return (
    existsSync(join(root, ".next/BUILD_ID")) &&
    existsSync(builtFrom) &&
    readFileSync(builtFrom, "utf8") === sourcesHash()
  );
}

/**
 * Builds the application unless it is built already.
 *
 * @param log file for what the build says
 * @returns whether it had to be built
 * @throws StartError with the end of what the build said
 */
export async function build(log: string, onSpawn: (pid: number) => void = () => undefined): Promise<boolean> {
  if (isBuilt()) return false;
  const hash = sourcesHash();
  const output = openSync(log, "w");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", output, output],
    detached: true,
  });
  closeSync(output);
  if (child.pid !== undefined) onSpawn(child.pid);
  const failed = await new Promise<string | null>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(code === 0 ? null : `it ended with ${signal ?? code}`));
  });
  if (failed)
    throw explain(readFileSync(log, "utf8") || failed, `The application could not be built (${log})`);
  writeFileSync(builtFrom, hash);
  return true;
}

function sourcesHash(): string {
  const hash = createHash("sha256").update(process.env["BENCH"] ?? "");
  for (const source of sources) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: "utf8" })
          .sort()
          .map((file) => join(path, file))
      : [path];
    for (const file of files) {
      if (statSync(file).isFile()) hash.update(file).update("\0").update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}
