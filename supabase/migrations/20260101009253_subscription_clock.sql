-- The clock of subscriptions: what is due, what is not known, and what a step by the clock brings along.

-- Why a step towards suspension has to wait; null: the gateways confirmed within the hour that nobody paid.
-- Real time throughout: a test clock moves the shop's time, not the gateways'.
create function private.unconfirmed(p_organization uuid) returns text
language sql stable set search_path = '' as $$
  select case
    when exists (select from public.payments p
                 where p.organization_id = p_organization and p.status in ('creating', 'pending', 'processing', 'review')) then 'payment_open'
    when exists (select from public.payments p
                 where p.organization_id = p_organization and p.status in ('failed', 'cancelled', 'expired')
                   and (p.redirect_url is not null or p.auto_renewal_id is not null) and p.created_at > now() - interval '31 days'
                   and coalesce(p.checked_at, '-infinity') < now() - interval '1 hour') then 'payment_unasked'
    when exists (select from public.auto_renewals a
                 where a.organization_id = p_organization and a.status not in ('cancelled', 'expired', 'failed')
                   and coalesce(a.checked_at, '-infinity') < now() - interval '1 hour') then 'renewal_unasked'
  end
$$;

-- Asks the gateways about whatever keeps a step waiting: notices of our own, at most one in ten minutes for each.
create function private.ask_gateways(p_organization uuid) returns int
language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, payment_ref)
  select r.gateway, 'ask:' || coalesce(r.payment_id, r.auto_renewal_id) || ':' || floor(extract(epoch from now()) / 600)::bigint,
         case when r.payment_id is null then 'subscription' else 'payment' end, r.kind, r.reference, 'sweep', r.payment_id
  from private.payment_references r
  left join public.payments p on p.organization_id = r.organization_id and p.id = r.payment_id
  left join public.auto_renewals a on a.organization_id = r.organization_id and a.id = r.auto_renewal_id
  -- What a renewal collected has no order of its own: any of its names leads to the renewal, one that has ended too.
  where r.organization_id = p_organization and (r.kind = 'order' or p.auto_renewal_id is not null) and r.refund_id is null
    and (p.status in ('creating', 'pending', 'processing', 'review')
      or (p.status in ('failed', 'cancelled', 'expired') and p.created_at > now() - interval '31 days'
          and coalesce(p.checked_at, '-infinity') < now() - interval '1 hour')
      or (a.status not in ('cancelled', 'expired', 'failed') and coalesce(a.checked_at, '-infinity') < now() - interval '1 hour'))
  on conflict (gateway, event_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Organizations whose subscription the clock must look at, in an order that pages.
create function private.due_subscriptions(p_after uuid, p_limit int) returns table (organization_id uuid)
language sql stable set search_path = '' as $$
  select s.organization_id from public.subscriptions s
  left join private.test_clocks c on c.organization_id = s.organization_id
  where s.status <> 'cancelled' and (p_after is null or s.organization_id > p_after)
    and (s.next_step_at is null or s.next_step_at <= coalesce(c.at, now()) or c.target > c.at)
  order by s.organization_id limit p_limit
$$;

-- One subscription as lib/subscriptions/lifecycle.ts needs it, locked; null when another worker has it.
create function private.take_subscription(p_organization uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
  v_now timestamptz := private.clock(p_organization);
begin
  select * into v_sub from public.subscriptions s
  where s.organization_id = p_organization and s.status <> 'cancelled' for update skip locked;
  if v_sub.id is null then
    return null;
  end if;
  return jsonb_build_object('id', v_sub.id, 'status', v_sub.status, 'stateSince', v_sub.state_since, 'trialEndsAt', v_sub.trial_ends_at,
    'paidUntil', v_sub.current_period_end, 'cancelAtPeriodEnd', v_sub.cancel_at_period_end, 'now', v_now,
    'target', (select c.target from private.test_clocks c where c.organization_id = p_organization),
    'isDisputed', private.is_disputed(p_organization),
    'isCollected', exists (select from public.auto_renewals a where a.organization_id = p_organization and a.status in ('active', 'past_due')
                           and a.cancel_requested_at is null),
    'nextPeriodAt', (select min(l.period_start) from private.payment_ledger l where l.organization_id = p_organization
                     and l.effect_kind = 'activated' and l.superseded_by is null and l.period_start > v_now),
    'unconfirmed', private.unconfirmed(p_organization));
end
$$;

-- What a step by the clock brings along, as the transition function orders it: mails, an open invoice, a question.
create function private.carry_out(p_organization uuid, p_subscription uuid, p_effects jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
  v_effect jsonb;
begin
  select * into v_sub from public.subscriptions s where s.organization_id = p_organization and s.id = p_subscription;
  for v_effect in select * from jsonb_array_elements(p_effects) loop
    case v_effect ->> 'kind'
      when 'mail' then
        perform private.mail_owners(v_sub, v_effect ->> 'mail', (v_effect ->> 'key')::timestamptz, coalesce(v_effect -> 'facts', '{}'));
      when 'invoice' then perform private.issue_open_invoice(v_sub, p_now);
      when 'ask' then perform private.ask_gateways(p_organization);
      when 'hold' then
        update public.subscriptions s set held_because = v_effect ->> 'because'
        where s.organization_id = p_organization and s.id = p_subscription and s.held_because is distinct from v_effect ->> 'because';
    end case;
  end loop;
end
$$;

-- When the clock looks again; a null asks for the next tick.
create function private.set_next_step(p_organization uuid, p_subscription uuid, p_at timestamptz) returns void
language sql volatile set search_path = '' as $$
  update public.subscriptions s set next_step_at = p_at
  where s.organization_id = p_organization and s.id = p_subscription and s.next_step_at is distinct from p_at
$$;

create function private.move_clock(p_organization uuid, p_at timestamptz) returns void
language sql volatile set search_path = '' as $$
  update private.test_clocks c set at = greatest(c.at, least(p_at, c.target)) where c.organization_id = p_organization
$$;
