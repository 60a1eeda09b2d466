import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { migrate } from "@/lib/db/migrate";
import {
  dataDirectory,
  lockDataDirectory,
  openDataDirectory,
  runningLauncher,
} from "./launcher/data-directory";
import {
  dropDatabase,
  migrateDatabase,
  migrationsDirectory,
  prepareDatabase,
  startDatabase,
} from "./launcher/database";
import { DATABASE, isLocal } from "./launcher/environment";
import { type Secrets, secretsOf } from "./launcher/secrets";
import { main, say } from "./launcher/terminal";
import { writeTypes } from "./launcher/types";
import type { Postgres } from "./services/postgres";
import { StartError } from "./services/start-error";
import { temporaryDirectory } from "./services/temporary-directory";

// npm run db:migrate | db:reset | db:types [-- --check], against DATABASE_URL, else the embedded Postgres.
const own = process.env["DATABASE_URL"];

const commands: Record<string, () => Promise<void>> = {
  migrate: () =>
    own
      ? migrateOwn(own)
      : embedded(dataDirectory(), (postgres, secrets) => migrateEmbedded(postgres, secrets)),
  reset: () => (own ? resetOwn(own) : embedded(dataDirectory(), resetEmbedded)),
  types: () => (own ? writeTypes(own, process.argv.includes("--check")) : typesOfFiles()),
};

void main(async () => {
  const command = commands[process.argv[2] ?? ""];
  if (!command) throw new StartError(`Say what to do: ${Object.keys(commands).join(", ")}.`);
  await command();
});

async function migrateOwn(databaseUrl: string): Promise<void> {
  const applied = await migrate(databaseUrl, migrationsDirectory, ({ version, name }, tookMs) =>
    say(`  ${version}_${name}  ${tookMs} ms`),
  );
  say(applied.length > 0 ? `Applied ${applied.length} migrations.` : "Nothing to apply.");
}

async function migrateEmbedded(postgres: Postgres, secrets: Secrets): Promise<void> {
  say(`Applied ${await migrateDatabase(postgres, ownerUrl(postgres, secrets), secrets)} migrations.`);
}

async function resetEmbedded(postgres: Postgres, secrets: Secrets): Promise<void> {
  await dropDatabase(postgres);
  await prepareDatabase(postgres, secrets);
  await migrateEmbedded(postgres, secrets);
}

/** Empties a database of the person's own: our schemas go, identities and extensions stay. */
async function resetOwn(databaseUrl: string): Promise<void> {
  if (!isLocal(databaseUrl) && !process.argv.includes("--yes")) {
    throw new StartError(
      `This deletes everything in ${new URL(databaseUrl).host}; if that is what you want, say so: npm run db:reset -- --yes`,
    );
  }
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      "drop schema if exists private, pgboss, supabase_migrations cascade; drop schema public cascade; create schema public",
    );
  } finally {
    await client.end();
  }
  await migrateOwn(databaseUrl);
}

/** The types of what the migration files make, on a Postgres that lives as long as this takes. */
async function typesOfFiles(): Promise<void> {
  const directory = temporaryDirectory("types");
  try {
    await embedded(directory, async (postgres, secrets) => {
      await migrateDatabase(postgres, ownerUrl(postgres, secrets), secrets);
      await writeTypes(ownerUrl(postgres, secrets), process.argv.includes("--check"));
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Does something with a data directory's Postgres; a demo that runs on it has to stop first. */
async function embedded(
  directory: string,
  work: (postgres: Postgres, secrets: Secrets) => Promise<void>,
): Promise<void> {
  const holder = runningLauncher(directory);
  if (holder) {
    const env = join(directory, "demo.env");
    const url = /^DATABASE_URL=(.*)$/m.exec(readFileSync(env, "utf8"))?.[1];
    throw new StartError(
      `Opttius is running on ${directory} (process ${holder}); stop it first, or name its database: DATABASE_URL=${url}`,
    );
  }
  openDataDirectory(directory);
  const unlock = lockDataDirectory(directory);
  try {
    const secrets = secretsOf(directory);
    const postgres = await startDatabase(directory, secrets);
    try {
      await prepareDatabase(postgres, secrets);
      await work(postgres, secrets);
    } finally {
      await postgres.stop();
    }
  } finally {
    unlock();
  }
}

function ownerUrl(postgres: Postgres, secrets: Secrets): string {
  return `postgresql://opttius_owner:${secrets.ownerPassword}@127.0.0.1:${postgres.port}/${DATABASE}`;
}
