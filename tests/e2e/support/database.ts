import { Client, type QueryResultRow } from "pg";
import { variable } from "./people";

/** Looks into the demo's database, past the wall: what a test wants to know, never what it proves. */
export async function look<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: variable("DATABASE_URL") });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
