import type { ClientBase } from "pg";

/** Something that somebody did in a shop. */
export interface AuditEntry {
  readonly at: Date;
  readonly actor: { readonly userId: string | null; readonly name: string };
  readonly via?: "shop" | "console" | "system";
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly reason?: string;
  readonly changes?: object;
}

// private.append_audit writes entries of this moment alone; a history needs its own dates. The text that is hashed
// comes from private.audit_text, so that this chain is the one that private.first_broken_audit walks.
const APPEND = `
create or replace function pg_temp.append_history(p_organization uuid, p_entries jsonb) returns void language plpgsql as $$
declare
  v_new jsonb;
  v_entry public.audit_entries;
  v_seq bigint;
  v_hash bytea;
begin
  insert into private.audit_heads (organization_id, seq, hash) values (p_organization, 0, '\\x00') on conflict do nothing;
  select seq, hash into v_seq, v_hash from private.audit_heads where organization_id = p_organization for update;
  for v_new in select e from jsonb_array_elements(p_entries) e loop
    v_seq := v_seq + 1;
    v_entry := jsonb_populate_record(null::public.audit_entries, v_new);
    v_entry.organization_id := p_organization;
    v_entry.id := gen_random_uuid();
    v_entry.seq := v_seq;
    v_entry.text_version := 2;
    v_entry.prev_hash := v_hash;
    v_entry.hash := sha256(v_hash || convert_to(private.audit_text(v_entry), 'UTF8'));
    v_hash := v_entry.hash;
    insert into public.audit_entries select v_entry.*;
  end loop;
  update private.audit_heads set seq = v_seq, hash = v_hash where organization_id = p_organization;
end
$$`;

/** Writes the trail of an organization, oldest first, as one whole chain. */
export async function writeAudit(
  client: ClientBase,
  organization: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query(APPEND);
  const rows = entries
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, actor, via = "shop", action, objectType, objectId, reason, changes }) => ({
      at,
      actor_user_id: actor.userId,
      actor_name: actor.name,
      via,
      action,
      object_type: objectType,
      object_id: objectId,
      reason: reason ?? null,
      changes: changes ?? {},
    }));
  await client.query("select pg_temp.append_history($1, $2)", [organization, JSON.stringify(rows)]);
}
