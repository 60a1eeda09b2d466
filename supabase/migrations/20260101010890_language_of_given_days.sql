-- Owners are written to in the language in which the shop paid last. Days that staff give are a payment of nothing, which
-- nobody opened in any language: it keeps the last one, where it used to turn a shop's mails into Spanish.

-- A period as a gift: a payment of nothing, so that what gave it stands where all periods stand.
create or replace function private.give_period(p_sub public.subscriptions, p_until timestamptz, p_now timestamptz, p_by uuid, p_email text) returns void
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
  v_start timestamptz := greatest(p_now, coalesce(private.paid_until(p_sub, p_now), p_now));
begin
  insert into public.payments (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval, reason,
                               expires_at, paid_at, idempotency_key, request_hash, payer_email, created_by, language)
  values (p_sub.organization_id, 'credit', 'succeeded', 0, 'CLP', p_sub.tier_code, p_sub.tier_version, p_sub.billing_interval, 'extended',
          now(), p_now, 'extended:' || gen_random_uuid(), '', p_email, p_by, private.language_of(p_sub.organization_id))
  returning * into v_payment;
  insert into private.payment_ledger (organization_id, payment_id, effect_kind, subscription_id, tier_code, tier_version,
                                      billing_interval, period_start, period_end, anchor_at, value, at)
  values (p_sub.organization_id, v_payment.id, 'activated', p_sub.id, p_sub.tier_code, p_sub.tier_version, p_sub.billing_interval,
          v_start, p_until, p_until, 0, p_now);
end
$$;

-- The language in which a shop paid last; Spanish where it never opened a payment.
create function private.language_of(p_organization uuid) returns text
language sql stable set search_path = '' as $$
  select coalesce((select p.language from public.payments p where p.organization_id = p_organization order by p.created_at desc limit 1), 'es')
$$;

-- Writes to the owners, once for a kind and a moment; in the language in which the shop paid last.
create or replace function private.mail_owners(p_sub public.subscriptions, p_kind text, p_key timestamptz, p_facts jsonb default '{}')
returns boolean
language plpgsql set search_path = '' as $$
declare
  v_owner record;
begin
  insert into private.subscription_mails (organization_id, subscription_id, kind, period_key, sent_at)
  values (p_sub.organization_id, p_sub.id, p_kind, coalesce(p_key, '-infinity'), private.clock(p_sub.organization_id)) on conflict do nothing;
  if not found then
    return false;
  end if;
  for v_owner in
    select m.email from public.admin_users m
    where m.organization_id = p_sub.organization_id and m.role = 'owner' and m.status = 'active' order by m.created_at
  loop
    perform private.enqueue('mail.subscription', jsonb_build_object('kind', p_kind, 'organizationId', p_sub.organization_id,
      'to', v_owner.email, 'language', private.language_of(p_sub.organization_id),
      'facts', jsonb_strip_nulls(jsonb_build_object('tier', p_sub.tier_code, 'periodEnd', p_sub.current_period_end) || p_facts)));
  end loop;
  return true;
end
$$;

-- What was given before this: each in the language of the payment before it.
update public.payments g set language = p.language
from public.payments p
where g.gateway = 'credit' and g.reason = 'extended' and g.language = 'es' and p.organization_id = g.organization_id and p.language <> 'es'
  and p.id = (select x.id from public.payments x where x.organization_id = g.organization_id and x.created_at < g.created_at
              and x.reason is distinct from 'extended' order by x.created_at desc limit 1);
