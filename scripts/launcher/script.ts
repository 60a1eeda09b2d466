import { join } from "node:path";
import { pathToFileURL } from "node:url";

const scripts = join(import.meta.dirname, "..");

/** Arguments that make Node run one of our TypeScript files. */
export function script(file: string, ...args: string[]): string[] {
  return ["--import", pathToFileURL(join(scripts, "tsx.mjs")).href, join(scripts, file), ...args];
}
