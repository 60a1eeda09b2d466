import { Client, type ClientBase } from "pg";
import { createVault } from "@/lib/security/encryption";
import { sealFactor } from "@/lib/security/two-factor";
import { createAuthUser } from "../services/auth-users";
import { lumina, otherShops, vista } from "./cast";
import type { SeedOptions } from "./options";
import { Random } from "./random";
import { writeShop } from "./shop";

export type { SeedOptions } from "./options";
export type { ShopSpec } from "./shop";

/**
 * Writes the demo's shops into a migrated database; does nothing where they are already. One transaction: all or
 * nothing. The same `now` gives the same shops.
 */
export async function seedDemo(options: SeedOptions): Promise<void> {
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query("begin");
    const { rowCount } = await client.query("select from public.organizations where slug = 'vista'");
    if (!rowCount) await writeDemo(client, options);
    await client.query("commit");
    // Fresh tables have no statistics, and plans for empty ones are slow.
    if (!rowCount) await client.query("analyze");
  } finally {
    await client.end();
  }
}

async function writeDemo(client: ClientBase, options: SeedOptions): Promise<void> {
  const random = new Random("opttius");
  const { password, now } = options;
  const shops = [vista(now), lumina(random.fork("lumina"), now), ...otherShops(random.fork("others"), now)];
  for (const shop of shops) await writeShop(client, random.fork(shop.slug), shop, password, now);
  await writePlatform(client, random.fork("platform"), options);
}

/** The person who runs the service, with a second factor that is already confirmed, and a coupon of theirs. */
async function writePlatform(client: ClientBase, random: Random, options: SeedOptions): Promise<void> {
  const { password, totpSecret, encryptionKey, now } = options;
  const email = "root@opttius.test";
  const user = await createAuthUser(client, { email, password, id: random.uuid() });
  await client.query(
    "insert into public.platform_admins (user_id, email, full_name, role) values ($1, $2, 'Opttius', 'super_admin')",
    [user, email],
  );
  const { encrypted, digest } = sealFactor(user, totpSecret, createVault(encryptionKey));
  await client.query(
    "insert into private.two_factor (user_id, secret_encrypted, secret_digest, confirmed_at) values ($1, $2, $3, now())",
    [user, encrypted, digest],
  );
  await client.query(
    `insert into private.coupons (code, percent_bp, duration, repeats, valid_from, note, created_by, created_at)
     values ('LANZAMIENTO', 2000, 'repeating', 3, $1, 'Campaña de lanzamiento', $2, $1)`,
    [now, user],
  );
  // The price list is older than the oldest shop's first payment.
  await client.query(
    "update public.subscription_tiers set available_from = $1::timestamptz - interval '15 months'",
    [now],
  );
}
