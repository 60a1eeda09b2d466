-- Audit trails are verified by parts: a look goes on where the last one stopped, so that a trail of millions of entries is
-- read to its end as well, and in a transaction of its own, so that it keeps nobody from looking at the other invariants.
-- The console shows what the last look found, and when it was.

alter table private.audit_verifications
  alter column verified_at drop not null,
  add column looked_at timestamptz not null default now(),
  add column seq bigint not null default 0,
  add column hash bytea not null default '\x00';
comment on column private.audit_verifications.verified_at is 'When a walk came to the head, or to a break, last; null: none did yet.';
comment on column private.audit_verifications.broken_at is 'What that walk found: it stands until another one ends.';
comment on column private.audit_verifications.looked_at is 'When a part was read last: who was looked at longest ago goes first.';
comment on column private.audit_verifications.seq is 'How far the present walk has come; 0: it begins again.';

-- Walks a chain on from an entry up to which it is whole, over so many entries at most; null: over all.
-- seq, hash: up to where it is whole now; broken_at: the first entry that does not fit; is_done: a break or the head.
create function private.walk_audit_chain(p_organization uuid, p_seq bigint, p_hash bytea, p_entries bigint,
                                         out seq bigint, out hash bytea, out broken_at bigint, out is_done boolean)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_entry public.audit_entries;
  v_head private.audit_heads;
begin
  seq := p_seq;
  hash := p_hash;
  is_done := true;
  for v_entry in select e.* from public.audit_entries e
    where e.organization_id = p_organization and e.seq > case p_seq when 0 then -9223372036854775808 else p_seq end
    order by e.seq limit p_entries
  loop
    if v_entry.seq <> seq + 1 or v_entry.prev_hash <> hash
       or v_entry.hash <> sha256(hash || convert_to(private.audit_text(v_entry), 'UTF8')) then
      broken_at := seq + 1;
      return;
    end if;
    seq := v_entry.seq;
    hash := v_entry.hash;
  end loop;
  -- An empty trail has no head yet; any other one without its head was cut.
  select h.* into v_head from private.audit_heads h where h.organization_id = p_organization;
  if coalesce(v_head.seq, 0) <> seq or coalesce(v_head.hash, '\x00') <> hash then
    is_done := p_entries is null or seq - p_seq < p_entries;
    broken_at := case when is_done then seq + 1 end;
  end if;
end
$$;
revoke execute on function private.walk_audit_chain(uuid, bigint, bytea, bigint) from anon, authenticated;

-- First broken link of an organization's chain, or null when it is whole up to its head. Reads all of it.
create or replace function private.first_broken_audit(p_organization uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select w.broken_at from private.walk_audit_chain(p_organization, 0, '\x00', null) w
$$;

-- Verifies trails by parts, those looked at longest ago first, until so many entries are read (at least one look); a
-- walk that came to the end begins again the next time.
create or replace function private.verify_audit_chains(p_entries bigint) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_left bigint := p_entries;
  v_trail record;
  v_walk record;
begin
  for v_trail in
    select o.id, coalesce(v.seq, 0) as seq, coalesce(v.hash, '\x00') as hash
    from public.organizations o left join private.audit_verifications v on v.organization_id = o.id
    order by v.looked_at nulls first, o.id limit 1000
  loop
    select * into v_walk from private.walk_audit_chain(v_trail.id, v_trail.seq, v_trail.hash, v_left);
    insert into private.audit_verifications as v (organization_id, looked_at, verified_at, broken_at, seq, hash)
    values (v_trail.id, clock_timestamp(), case when v_walk.is_done then clock_timestamp() end, v_walk.broken_at,
            case when v_walk.is_done then 0 else v_walk.seq end, case when v_walk.is_done then '\x00' else v_walk.hash end)
    on conflict (organization_id) do update set looked_at = excluded.looked_at, seq = excluded.seq, hash = excluded.hash,
      verified_at = coalesce(excluded.verified_at, v.verified_at),
      broken_at = case when v_walk.is_done then excluded.broken_at else v.broken_at end;
    v_left := v_left - (v_walk.seq - v_trail.seq);
    exit when v_left <= 0;
  end loop;
end
$$;
