import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new directory for a run's data, open to the user as whom Postgres runs where root started us. */
export function temporaryDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `opttius-${name}-`));
  chmodSync(directory, 0o755);
  return directory;
}
