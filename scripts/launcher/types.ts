import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { databaseTypes } from "../database-types";
import { StartError } from "../services/start-error";
import { say } from "./terminal";

const file = join(import.meta.dirname, "../../lib/db/types.ts");

/**
 * Writes lib/db/types.ts from a migrated database, or compares.
 *
 * @param check compare instead of writing
 * @throws StartError when they differ
 */
export async function writeTypes(databaseUrl: string, check: boolean): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const fresh = await databaseTypes(client);
    if (!check) {
      writeFileSync(file, fresh);
      say("Wrote lib/db/types.ts.");
    } else if (!existsSync(file) || readFileSync(file, "utf8") !== fresh) {
      throw new StartError(
        "lib/db/types.ts does not fit the migrations: run npm run db:types and commit what it writes.",
      );
    }
  } finally {
    await client.end();
  }
}
