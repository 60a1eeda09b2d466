import type { ClientBase } from "pg";
import { createAuthUser } from "../services/auth-users";

/** The six people of a shop: the name in the address, what they may do, and what they are called. */
const people = [
  { address: "owner", role: "owner", names: { vista: "Carolina Fuentes", lumina: "Rodrigo Sepúlveda" } },
  { address: "manager", role: "store_manager", names: { vista: "Matías Araya", lumina: "Daniela Muñoz" } },
  { address: "optometrist", role: "optometrist", names: { vista: "Paula Contreras", lumina: "Ignacio Vera" } },
  { address: "seller", role: "seller", names: { vista: "Felipe Rojas", lumina: "Camila Soto" } },
  { address: "cashier", role: "cashier", names: { vista: "Javiera Pizarro", lumina: "Tomás Bravo" } },
  { address: "workshop", role: "workshop", names: { vista: "Hernán Ñancupil", lumina: "Elena Ibáñez" } },
] as const;

const shops = [
  { slug: "vista", name: "Óptica Vista", tier: "pro", branches: ["Casa matriz Providencia", "Ñuñoa", "Viña del Mar"] },
  { slug: "lumina", name: "Óptica Lumina", tier: "basic", branches: ["Concepción"] },
] as const;

/**
 * Writes the two shops with their branches and people, and the platform's administrator.
 *
 * @param client the migration role, inside a transaction
 * @param now when their current subscription periods began
 */
export async function writeCast(client: ClientBase, password: string, now: Date): Promise<void> {
  for (const shop of shops) {
    const { rows } = await client.query<{ id: string }>("insert into public.organizations (slug, name, legal_name) values ($1, $2, $2 || ' SpA') returning id", [
      shop.slug,
      shop.name,
    ]);
    const organization = rows[0]?.id ?? "";
    await client.query(
      `insert into public.subscriptions (organization_id, tier_code, tier_version, status, current_period_start, current_period_end)
       values ($1, $2, 1, 'active', $3, $3::timestamptz + interval '1 month')`,
      [organization, shop.tier, now],
    );
    // Six people do not fit the tiers: an override, as the console would set it.
    await client.query("insert into public.limit_overrides (organization_id, metric, max_count, reason) values ($1, 'users', 10, 'Demo cast of six')", [organization]);
    await client.query("select private.apply_limits($1)", [organization]);
    for (const branch of shop.branches) {
      await client.query("insert into public.branches (organization_id, name) values ($1, $2)", [organization, branch]);
    }
    for (const person of people) {
      const email = `${person.address}@${shop.slug}.test`;
      const user = await createAuthUser(client, { email, password });
      await client.query(
        "insert into public.admin_users (organization_id, user_id, email, full_name, role, all_branches) values ($1, $2, $3, $4, $5, true)",
        [organization, user, email, person.names[shop.slug], person.role],
      );
    }
  }
  const root = await createAuthUser(client, { email: "root@opttius.test", password });
  await client.query("insert into public.platform_admins (user_id, email, full_name, role) values ($1, 'root@opttius.test', 'Opttius', 'super_admin')", [root]);
}
