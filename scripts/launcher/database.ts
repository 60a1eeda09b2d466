import { join } from "node:path";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { migrate } from "@/lib/db/migrate";
import { rememberedPort } from "../services/ports";
import { type Postgres, startPostgres } from "../services/postgres";
import { prepareLikeSupabase } from "../services/supabase-roles";
import { DATABASE } from "./environment";
import type { Secrets } from "./secrets";

export const migrationsDirectory = join(import.meta.dirname, "../../supabase/migrations");

/** Starts the Postgres of a data directory. */
export async function startDatabase(
  dataDirectory: string,
  secrets: Secrets,
  onExit?: (said: string) => void,
): Promise<Postgres> {
  return startPostgres({
    directory: join(dataDirectory, "postgres"),
    port: await rememberedPort(dataDirectory, "postgres"),
    password: secrets.postgresPassword,
    durable: true,
    ...(onExit ? { onExit } : {}),
  });
}

/** Makes the database and its roles, or brings their passwords up to date. */
export async function prepareDatabase(postgres: Postgres, secrets: Secrets): Promise<void> {
  await asSuperuser(postgres.superuserUrl(), async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await client.query(`create database ${escapeIdentifier(DATABASE)}`);
  });
  await asSuperuser(postgres.superuserUrl(DATABASE), (client) =>
    prepareLikeSupabase(client, { owner: secrets.ownerPassword, auth: secrets.authPassword }),
  );
}

/**
 * Applies the migrations as the migration role, and gives the application's login its password.
 *
 * @returns how many migrations were new
 */
export async function migrateDatabase(
  postgres: Postgres,
  databaseUrl: string,
  secrets: Secrets,
): Promise<number> {
  const applied = await migrate(databaseUrl, migrationsDirectory);
  await asSuperuser(postgres.superuserUrl(DATABASE), (client) =>
    client.query(`alter role app_login login password ${escapeLiteral(secrets.appPassword)}`),
  );
  return applied.length;
}

/** Throws the demo's database away. */
export async function dropDatabase(postgres: Postgres): Promise<void> {
  await asSuperuser(postgres.superuserUrl(), (client) =>
    client.query(`drop database if exists ${escapeIdentifier(DATABASE)} with (force)`),
  );
}

async function asSuperuser(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
