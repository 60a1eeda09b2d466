import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 16 });

/** One prepared query by key, as the cheapest page that shows data would make. */
export async function oneRow(): Promise<{ name: string }> {
  const { rows } = await pool.query<{ name: string }>({
    name: "one",
    text: "select name from public.organizations where slug = $1",
    values: ["vista"],
  });
  return rows[0] ?? { name: "" };
}
