import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { repositoryFiles, root } from "../../repo/files";
import { variable } from "./people";

/** The address patterns of all pages: `/customers/[customerId]/edit`. */
export function pagePatterns(): string[] {
  return addresses("page.tsx");
}

/** The address patterns of all routes that answer GET. */
export function readingRoutes(): string[] {
  return addresses("route.ts", (text) => /export const GET\b|\bas GET\b/.test(text));
}

function addresses(name: string, keep: (text: string) => boolean = () => true): string[] {
  return repositoryFiles()
    .filter((file) => file.startsWith("app/") && file.endsWith(`/${name}`))
    .filter((file) => keep(readFileSync(join(root, file), "utf8")))
    .map((file) => file.slice(3, -name.length - 1).replaceAll(/\/\([^)]+\)/g, "") || "/");
}

/** A server action as the build knows it. */
export interface BuiltAction {
  /** What a browser names it by. */
  readonly id: string;
  readonly name: string;
  /** A page from which it can be called. */
  readonly path: string;
}

interface Manifest {
  readonly node: Record<
    string,
    { readonly workers: Record<string, unknown>; readonly filename?: string; readonly exportedName?: string }
  >;
}

/** Every server action of the build. */
export function builtActions(): BuiltAction[] {
  const text = readFileSync(join(root, ".next/server/server-reference-manifest.json"), "utf8");
  const { node } = JSON.parse(text) as Manifest;
  return Object.entries(node).map(([id, { workers, filename, exportedName }]) => ({
    id,
    name: `${filename}#${exportedName}`,
    path: filled((Object.keys(workers)[0] ?? "").replace(/^app|\/page$/g, "").replaceAll(/\/\([^)]+\)/g, "")),
  }));
}

/** Files that the build sends to every browser that asks. */
export function sentFiles(): string[] {
  const directory = join(root, ".next/static");
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A pattern with ids in its places: those that are given, else one that never existed. */
export function filled(pattern: string, ids: Readonly<Record<string, string>> = {}): string {
  return pattern.replaceAll(/\[(\w+)\]/g, (_, name: string) => ids[name] ?? NOBODY) || "/";
}

export const NOBODY = "7e57ab1e-0000-4000-8000-000000000000";

/** Ids of a shop's records by the names that they have in addresses. */
export async function recordsOf(name: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: variable("DATABASE_URL") });
  await client.connect();
  try {
    const first = (table: string, id = "id") =>
      `(select t.${id} from public.${table} t where t.organization_id = o.id order by 1 limit 1)`;
    const { rows } = await client.query<Record<string, string>>(
      `select o.id as "organizationId", ${first("customers")} as "customerId", ${first("products")} as "productId",
              ${first("orders")} as "orderId", ${first("branches")} as "branchId", ${first("admin_users")} as "memberId",
              ${first("cash_sessions")} as "sessionId", ${first("stock_movements", "document_id")} as "documentId",
              ${first("payments")} as "paymentId"
       from public.organizations o where o.name ilike '%' || $1 || '%' limit 1`,
      [name],
    );
    return Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([, id]) => id !== null));
  } finally {
    await client.end();
  }
}
