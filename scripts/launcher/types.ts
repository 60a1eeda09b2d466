import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "../services/start-error";
import { say } from "./terminal";

const root = join(import.meta.dirname, "../..");
const file = join(root, "lib/db/types.ts");
const header = "// Generated from the database by `npm run db:types`; do not edit.\n";

/** As lib/db's parsers deliver them: see ARCHITECTURE, "Drivers give". */
const mapping = { int8: "number", date: "string" };

/**
 * Writes lib/db/types.ts from a migrated database, or compares.
 *
 * @param check compare instead of writing
 * @throws StartError when they differ
 */
export async function writeTypes(databaseUrl: string, check: boolean): Promise<void> {
  const fresh = generate(databaseUrl);
  if (!check) {
    writeFileSync(file, fresh);
    say("Wrote lib/db/types.ts.");
  } else if (readFileSync(file, "utf8") !== fresh) {
    throw new StartError("lib/db/types.ts does not fit the migrations: run npm run db:types and commit what it writes.");
  }
}

function generate(databaseUrl: string): string {
  const directory = mkdtempSync(join(tmpdir(), "opttius-types-"));
  const out = join(directory, "types.ts");
  try {
    const made = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/kysely-codegen/dist/cli/bin.js"), "--dialect=postgres", `--url=${databaseUrl}`, `--out-file=${out}`,
        "--default-schema=public", "--include-pattern=(public|private).*", "--date-parser=string", `--type-mapping=${JSON.stringify(mapping)}`,
      ],
      { cwd: directory, encoding: "utf8" },
    );
    if (made.status !== 0) throw new StartError(`The types could not be generated: ${made.stderr || made.stdout}`);
    return header + readFileSync(out, "utf8").replace(/^\/\*\*[\s\S]*?\*\/\s*/, "");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
