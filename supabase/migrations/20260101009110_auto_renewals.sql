-- Automatic renewals: how one is opened, how its price changes, and how it ends, as members and jobs ask for it.

-- When the first charge of a renewal that is agreed now is due: when what the shop has runs out; null: at once.
create function private.first_charge_at(p_organization uuid) returns timestamptz
language sql stable set search_path = '' as $$
  select due.at from public.subscriptions s
  cross join lateral (select case s.status when 'trialing' then s.trial_ends_at when 'active' then s.current_period_end end as at) due
  where s.organization_id = p_organization and s.status <> 'cancelled' and due.at > private.clock(p_organization)
$$;

-- Opens an automatic renewal: the intent that is committed before the gateway hears of it. Same key, same renewal.
-- Definer: members may read renewals and write none. The price, the payer and the organization are the server's word.
create function private.open_auto_renewal(p_key text, p_gateway text, p_currency text, p_tier text, p_interval text, p_request_hash text,
                                          p_language text, p_subject text, p_return_url text, p_notify_url text)
returns table (id uuid, organization_id uuid, is_new boolean, status text, redirect_url text, redirect_method text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_tier public.subscription_tiers := private.tier_on_sale(v_member.organization_id, p_tier, p_currency, p_interval);
  v_renewal public.auto_renewals;
  v_new boolean;
begin
  insert into public.auto_renewals (organization_id, gateway, amount, currency, tier_code, tier_version, billing_interval, first_charge_at,
                                    idempotency_key, request_hash, subject, payer_email, payer_name, return_url, notify_url, language, created_by)
  values (v_member.organization_id, p_gateway, private.tier_price(v_tier, p_currency, p_interval), p_currency, v_tier.code, v_tier.version,
          p_interval, private.first_charge_at(v_member.organization_id), p_key, p_request_hash, p_subject, v_member.email,
          v_member.full_name, p_return_url, p_notify_url, p_language, auth.uid())
  on conflict (organization_id, idempotency_key) do nothing
  returning * into v_renewal;
  v_new := v_renewal.id is not null;

  if v_new then
    insert into private.payment_references (gateway, reference, kind, organization_id, auto_renewal_id)
    values (p_gateway, encode(extensions.gen_random_bytes(16), 'hex'), 'order', v_renewal.organization_id, v_renewal.id);
    perform private.audit('auto_renewal.opened', 'auto_renewals', v_renewal.id, null, jsonb_build_object(
      'gateway', p_gateway, 'amount', v_renewal.amount, 'currency', p_currency, 'tier', v_tier.code, 'interval', p_interval));
  else
    select a.* into v_renewal from public.auto_renewals a
    where a.organization_id = v_member.organization_id and a.idempotency_key = p_key;
    if v_renewal.request_hash <> p_request_hash then
      perform private.fail('idempotency.key_reused');
    end if;
    if v_renewal.status = 'creating' then
      perform private.fail('idempotency.in_progress', jsonb_build_object('retryAfterSeconds', 5));
    end if;
  end if;
  return query select v_renewal.id, v_renewal.organization_id, v_new, v_renewal.status, v_renewal.redirect_url, v_renewal.redirect_method;
end
$$;
grant execute on function private.open_auto_renewal(text, text, text, text, text, text, text, text, text, text) to authenticated;

-- Keeps the names that a gateway gave a renewal, and wakes the notices that came before us.
create function private.name_auto_renewal(p_renewal public.auto_renewals, p_references jsonb) returns void
language sql volatile set search_path = '' as $$
  insert into private.payment_references (gateway, reference, kind, organization_id, auto_renewal_id)
  select p_renewal.gateway, n ->> 'value', n ->> 'kind', p_renewal.organization_id, p_renewal.id from jsonb_array_elements(p_references) n
  on conflict do nothing;
  update private.webhook_events e set next_attempt_at = now()
  where e.status = 'received' and e.gateway = p_renewal.gateway and e.locked_by is null
    and e.last_error = 'unknown reference' and e.reference in (select n ->> 'value' from jsonb_array_elements(p_references) n)
$$;

-- What setup answered: where to send the payer, and the gateway's names. The first must be new: it is the one that comes back.
create function private.record_auto_renewal_setup(p_organization uuid, p_renewal uuid, p_redirect_url text, p_redirect_method text,
                                                  p_references jsonb, p_expires_at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_renewal public.auto_renewals;
begin
  update public.auto_renewals a set
    status = case when a.status = 'creating' then 'pending' else a.status end,
    redirect_url = p_redirect_url, redirect_method = p_redirect_method, expires_at = p_expires_at, updated_at = now()
  where a.organization_id = p_organization and a.id = p_renewal returning * into v_renewal;
  insert into private.payment_references (gateway, reference, kind, organization_id, auto_renewal_id)
  values (v_renewal.gateway, p_references #>> '{0,value}', p_references #>> '{0,kind}', p_organization, p_renewal);
  perform private.name_auto_renewal(v_renewal, p_references);
end
$$;

-- A setup that certainly came to nothing. Only from creating: whatever the gateway knows of is asked about instead.
create function private.fail_auto_renewal(p_organization uuid, p_renewal uuid, p_reason text) returns void
language sql volatile set search_path = '' as $$
  update public.auto_renewals a set status = 'failed', reason = left(p_reason, 300), updated_at = now()
  where a.organization_id = p_organization and a.id = p_renewal and a.status = 'creating'
$$;

-- Has the worker ask the gateway about a renewal, by our own reference. Once under one key.
create function private.poke_auto_renewal(p_renewal public.auto_renewals, p_key text, p_at timestamptz) returns void
language sql volatile set search_path = '' as $$
  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, next_attempt_at)
  select p_renewal.gateway, p_key, 'subscription', 'order', r.reference, 'sweep', p_at from private.payment_references r
  where r.organization_id = p_renewal.organization_id and r.auto_renewal_id = p_renewal.id and r.kind = 'order'
  on conflict (gateway, event_key) do nothing
$$;

-- Notes that a renewal is to end. The worker asks the gateway, again and again until it confirms.
create function private.ask_to_cancel_auto_renewal(p_organization uuid, p_renewal uuid, p_at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_renewal public.auto_renewals;
begin
  update public.auto_renewals a set cancel_requested_at = coalesce(a.cancel_requested_at, now()), updated_at = now()
  where a.organization_id = p_organization and a.id = p_renewal and a.status not in ('cancelled', 'expired', 'failed')
  returning * into v_renewal;
  if v_renewal.id is not null then
    perform private.poke_auto_renewal(v_renewal, 'cancel:' || v_renewal.id || ':' || extract(epoch from v_renewal.cancel_requested_at)::bigint, p_at);
  end if;
end
$$;

-- A member ends a renewal: the wish is committed before the gateway hears of it. What was paid for remains.
-- Definer: members may read renewals and write none.
create function private.request_auto_renewal_cancel(p_renewal uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_renewal public.auto_renewals;
begin
  select * into v_renewal from public.auto_renewals a where a.organization_id = v_member.organization_id and a.id = p_renewal for no key update;
  if v_renewal.id is null then
    perform private.fail('auto_renewal.not_found');
  end if;
  if v_renewal.cancel_requested_at is null and v_renewal.status not in ('cancelled', 'expired', 'failed') then
    perform private.audit('auto_renewal.cancel_requested', 'auto_renewals', v_renewal.id, null, '{}');
  end if;
  perform private.ask_to_cancel_auto_renewal(v_renewal.organization_id, v_renewal.id, now() + interval '30 seconds');
  return v_renewal.organization_id;
end
$$;
grant execute on function private.request_auto_renewal_cancel(uuid) to authenticated;

-- A member wants another tier collected from the next charge on. The price is the price book's; it holds once the gateway says so.
-- Definer: members may read renewals and write none.
create function private.request_auto_renewal_price(p_renewal uuid, p_tier text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_renewal public.auto_renewals;
  v_tier public.subscription_tiers;
begin
  select * into v_renewal from public.auto_renewals a where a.organization_id = v_member.organization_id and a.id = p_renewal for no key update;
  if v_renewal.id is null then
    perform private.fail('auto_renewal.not_found');
  end if;
  if v_renewal.status not in ('active', 'past_due') or v_renewal.cancel_requested_at is not null then
    perform private.fail('auto_renewal.not_active');
  end if;
  v_tier := private.tier_on_sale(v_member.organization_id, p_tier, v_renewal.currency, v_renewal.billing_interval);
  update public.auto_renewals a set next_amount = private.tier_price(v_tier, a.currency, a.billing_interval),
    next_tier_code = v_tier.code, next_tier_version = v_tier.version, updated_at = now()
  where a.organization_id = v_renewal.organization_id and a.id = v_renewal.id returning * into v_renewal;
  perform private.audit('auto_renewal.price_requested', 'auto_renewals', v_renewal.id, null,
    jsonb_build_object('amount', jsonb_build_array(v_renewal.amount, v_renewal.next_amount), 'tier', jsonb_build_array(v_renewal.tier_code, v_tier.code)));
  return v_renewal.organization_id;
end
$$;
grant execute on function private.request_auto_renewal_price(uuid, text) to authenticated;

-- The price that was asked for holds from now on: every charge that comes is compared with it. Questions that began before
-- now may still be answered with the old one, and are too old.
create function private.agree_auto_renewal_price(p_organization uuid, p_renewal uuid) returns void
language plpgsql set search_path = '' as $$
declare
  v_old public.auto_renewals;
begin
  select * into v_old from public.auto_renewals a where a.organization_id = p_organization and a.id = p_renewal for no key update;
  if v_old.next_amount is null then
    return;
  end if;
  update public.auto_renewals a set amount = a.next_amount, tier_code = a.next_tier_code, tier_version = a.next_tier_version,
    next_amount = null, next_tier_code = null, next_tier_version = null, checked_at = clock_timestamp(), updated_at = now()
  where a.organization_id = p_organization and a.id = p_renewal;
  perform private.append_audit(p_organization, 'system', v_old.gateway, 'auto_renewal.price_changed', 'auto_renewals', p_renewal, null,
    jsonb_build_object('amount', jsonb_build_array(v_old.amount, v_old.next_amount), 'tier', jsonb_build_array(v_old.tier_code, v_old.next_tier_code)));
end
$$;

-- The gateway certainly refused the price that was asked for.
create function private.drop_auto_renewal_price(p_organization uuid, p_renewal uuid) returns void
language sql volatile set search_path = '' as $$
  update public.auto_renewals a set next_amount = null, next_tier_code = null, next_tier_version = null, updated_at = now()
  where a.organization_id = p_organization and a.id = p_renewal
$$;
