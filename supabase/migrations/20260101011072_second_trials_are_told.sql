-- A trial is remembered by the mailbox that signed up, and another mailbox costs nothing. A shop that tries the product and
-- enters the RUT of a shop that tried it before is told to the platform's staff, once, who decide. Nothing ends by itself: a
-- RUT is typed, not proved, and stands on every receipt, so that anybody could end a competitor's trial with it; and a company
-- with two shops, or an owner who signed up with the wrong mailbox first, has done nothing wrong.
-- Definer: the member who types the RUT sees no other shop.
create function private.tell_of_second_trial() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_before uuid;
begin
  select o.id into v_before
  from public.organizations o join private.trial_claims c on c.organization_id = o.id
  where o.rut = new.rut and o.id <> new.id
    and exists (select from private.trial_claims own where own.organization_id = new.id and own.claimed_at > c.claimed_at)
    and exists (select from public.subscriptions s where s.organization_id = new.id and s.status = 'trialing')
  order by c.claimed_at limit 1;
  if v_before is not null
     and not exists (select from private.security_events e where e.organization_id = new.id and e.kind = 'trial.same_rut') then
    insert into private.security_events (kind, severity, organization_id, subject) values ('trial.same_rut', 'warning', new.id, v_before::text);
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'trial.same_rut', 'severity', 'warning', 'organizationId', new.id,
      'subject', v_before, 'reason', 'a shop on trial has the RUT of a shop that had its trial'));
  end if;
  return null;
end
$$;
revoke execute on function private.tell_of_second_trial() from anon, authenticated;
create trigger organizations_second_trial after update of rut on public.organizations
  for each row when (new.rut is not null and new.rut is distinct from old.rut) execute function private.tell_of_second_trial();
