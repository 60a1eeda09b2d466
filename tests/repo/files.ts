import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** What no clean clone has: installed, built or made while running. */
const MADE = new Set([
  ".git",
  "node_modules",
  ".next",
  ".data",
  "coverage",
  "test-results",
  "playwright-report",
]);
const LOCAL = /^(\.env|\.env\.local|next-env\.d\.ts|.*\.tsbuildinfo)$/;

/** Paths of the repository's files, relative to its root, sorted. */
export function repositoryFiles(): string[] {
  return walk(root).sort();
}

/** The TypeScript of the product: what runs for a shop. */
export function productFiles(): string[] {
  return repositoryFiles().filter((path) => /^(app|components|lib)\/.*\.tsx?$/.test(path));
}

export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function walk(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (MADE.has(entry.name) || LOCAL.test(entry.name)) return [];
    const path = join(directory, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(root, path).replaceAll("\\", "/")];
  });
}
