import { Client } from "pg";
import { writeCast } from "./cast";
import type { SeedOptions } from "./options";

/** Writes the demo's shops into an empty database; does nothing where they are already. One transaction: all or nothing. */
export async function seedDemo(options: SeedOptions): Promise<void> {
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query("begin");
    const { rowCount } = await client.query("select from public.organizations where slug = 'vista'");
    if (!rowCount) await writeCast(client, options.password, options.now);
    await client.query("commit");
  } finally {
    await client.end();
  }
}
