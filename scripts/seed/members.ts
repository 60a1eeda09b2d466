import type { ClientBase } from "pg";
import { createAuthUser } from "../services/auth-users";
import { insertRows } from "./insert-rows";
import type { Random } from "./random";

export type MemberRole = "owner" | "store_manager" | "optometrist" | "seller" | "cashier" | "workshop";

/** Somebody who works in a shop. */
export interface PersonSpec {
  /** Before the @ of the login. */
  readonly address: string;
  readonly name: string;
  readonly role: MemberRole;
  /** Branches by their place in the shop's list; none for all of them. */
  readonly branches?: readonly number[];
}

export interface Person extends PersonSpec {
  readonly email: string;
  readonly userId: string;
  readonly memberId: string;
}

/** The code with which managers of the demo approve a discount at somebody else's till. */
const APPROVAL_PIN = "4711";

/** Writes the people of a shop with their logins, branches, and the managers' approval codes. */
export async function writePeople(
  client: ClientBase,
  random: Random,
  organization: { readonly id: string; readonly slug: string; readonly branches: readonly string[] },
  people: readonly PersonSpec[],
  password: string,
  createdAt: Date,
): Promise<Person[]> {
  const written: Person[] = [];
  for (const person of people) {
    const email = `${person.address}@${organization.slug}.test`;
    const userId = await createAuthUser(client, { email, password, id: random.uuid() });
    written.push({ ...person, email, userId, memberId: random.uuid() });
  }
  await insertRows(
    client,
    "admin_users",
    written.map(({ memberId, userId, email, name, role, branches }) => ({
      organization_id: organization.id,
      id: memberId,
      user_id: userId,
      email,
      full_name: name,
      role,
      all_branches: branches === undefined,
      granted_permissions: [],
      revoked_permissions: [],
      status: "active",
      created_at: createdAt,
      updated_at: createdAt,
    })),
  );
  const places = written.flatMap(({ memberId, branches = [] }) =>
    branches.map((place) => ({
      organization_id: organization.id,
      member_id: memberId,
      branch_id: organization.branches[place] ?? "",
    })),
  );
  await insertRows(client, "member_branches", places);
  await writeApprovalPins(client, organization.id);
  return written;
}

async function writeApprovalPins(client: ClientBase, organization: string): Promise<void> {
  await client.query(
    `insert into private.approval_pins (organization_id, member_id, pin_hash)
     select m.organization_id, m.id, p.hash
     from public.admin_users m cross join (select extensions.crypt($2, extensions.gen_salt('bf', 8)) as hash) p
     where m.organization_id = $1 and m.role in ('owner', 'store_manager')`,
    [organization, APPROVAL_PIN],
  );
}
