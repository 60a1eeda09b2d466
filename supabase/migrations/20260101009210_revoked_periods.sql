-- Money that went back: the period it gave goes, what it had ended or become follows, and no gap stays.

-- Takes back the period of a payment that was paid back whole: what other payments and the trial still give, remains.
create function private.revoke_period(p_payment public.payments) returns void
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_payment.organization_id);
  v_given private.payment_ledger;
begin
  perform from public.subscriptions s where s.organization_id = p_payment.organization_id and s.status <> 'cancelled' for update;
  select * into v_given from private.payment_ledger l
  where l.organization_id = p_payment.organization_id and l.payment_id = p_payment.id and l.effect_kind = 'activated';
  insert into private.payment_ledger (organization_id, payment_id, effect_kind, subscription_id, tier_code, tier_version,
                                      billing_interval, period_start, period_end, anchor_at, superseded_by, at)
  select v_given.organization_id, v_given.payment_id, 'revoked', v_given.subscription_id, v_given.tier_code, v_given.tier_version,
         v_given.billing_interval, v_given.period_start, v_given.period_end, v_given.anchor_at, p_payment.id, v_now
  where v_given.payment_id is not null
  on conflict do nothing;
  if not found then
    perform private.settle_subscription(p_payment.organization_id, 'refund');
    return;
  end if;
  -- What this payment had ended early is owed again, unless a later upgrade has long since taken its worth along.
  if v_given.superseded_by is null or v_given.superseded_by = p_payment.id then
    update private.payment_ledger l set superseded_by = null
    where l.organization_id = p_payment.organization_id and l.superseded_by = p_payment.id and l.payment_id <> p_payment.id
      and l.effect_kind = 'activated';
    perform private.unspend_quote(p_payment, v_now);
  else
    perform private.claw_back(p_payment, v_given, v_now);
  end if;
  update private.payment_ledger l set superseded_by = coalesce(nullif(l.superseded_by, p_payment.id), p_payment.id)
  where l.organization_id = p_payment.organization_id and l.payment_id = p_payment.id and l.effect_kind = 'activated';
  perform private.refund_invoice(p_payment);
  perform private.withdraw_quotes(p_payment.organization_id, p_payment.id);
  perform private.settle_subscription(p_payment.organization_id, 'refund');
  perform private.append_audit(p_payment.organization_id, 'system', 'billing', 'subscription.period_revoked', 'subscriptions',
    v_given.subscription_id, null, jsonb_build_object('payment', p_payment.id));
end
$$;

-- Money that went back after its period's worth had moved on, into an upgrade and the shop's credit: the worth follows.
-- It is taken from the credit first, then off the end of what still runs.
create function private.claw_back(p_payment public.payments, p_given private.payment_ledger, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_ended timestamptz := (select l.at from private.payment_ledger l where l.organization_id = p_payment.organization_id
                          and l.payment_id = p_given.superseded_by and l.effect_kind = 'activated');
  v_owed bigint := floor(coalesce(p_given.value, p_payment.amount)::numeric
    * greatest(0, extract(epoch from p_given.period_end - greatest(p_given.period_start, v_ended)))
    / greatest(1, extract(epoch from p_given.period_end - p_given.period_start)));
  v_period record;
begin
  v_owed := v_owed + private.change_credit(p_payment.organization_id, p_payment.currency, 'credit_clawed', p_payment.id, -coalesce(v_owed, 0), p_now);
  for v_period in
    select l.*, (coalesce(l.value, p.amount))::numeric * extract(epoch from l.period_end - greatest(l.period_start, p_now))
                / extract(epoch from l.period_end - l.period_start) as worth
    from private.payment_ledger l
    join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id and p.currency = p_payment.currency
    where l.organization_id = p_payment.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
    order by l.period_start desc for update of l
  loop
    exit when coalesce(v_owed, 0) <= 0;
    if v_owed >= v_period.worth then
      update private.payment_ledger l set superseded_by = p_payment.id
      where l.organization_id = v_period.organization_id and l.payment_id = v_period.payment_id and l.effect_kind = 'activated';
    else
      update private.payment_ledger l set value = greatest(0, coalesce(l.value, (select p.amount from public.payments p
          where p.organization_id = l.organization_id and p.id = l.payment_id)) - v_owed),
        period_end = l.period_end - (l.period_end - greatest(l.period_start, p_now)) * (v_owed / v_period.worth)::double precision
      where l.organization_id = v_period.organization_id and l.payment_id = v_period.payment_id and l.effect_kind = 'activated';
    end if;
    v_owed := v_owed - least(v_owed, ceil(v_period.worth));
  end loop;
  if v_owed > 0 then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'credit.short', 'severity', 'error',
      'organizationId', p_payment.organization_id, 'subject', p_payment.id));
  end if;
end
$$;

-- Lays the living periods end to end from now, or from the end of a trial that still runs: a gap that a refund left
-- closes, and of two that run at once the older waits with what is left of it. So the order in which gateways tell
-- things does not matter.
create function private.lay_periods(p_organization uuid, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_begins timestamptz := greatest(p_now, (select s.trial_ends_at from public.subscriptions s
                                           where s.organization_id = p_organization and s.status <> 'cancelled'));
  v_period private.payment_ledger;
  v_cursor timestamptz;
  v_left numeric;
begin
  for v_period in
    select * from private.payment_ledger l
    where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
    order by l.period_start <= p_now desc, case when l.period_start <= p_now then l.period_start end desc, l.period_start, l.at, l.payment_id
    for update
  loop
    if v_cursor is null and v_period.period_start <= p_now then
      v_cursor := v_period.period_end;
      continue;
    end if;
    v_cursor := coalesce(v_cursor, v_begins);
    if v_period.period_start <= p_now then
      v_left := extract(epoch from v_period.period_end - p_now) / extract(epoch from v_period.period_end - v_period.period_start);
      update private.payment_ledger l set period_start = v_cursor, period_end = v_cursor + (v_period.period_end - p_now), anchor_at = v_cursor,
        value = floor((select coalesce(v_period.value, p.amount) from public.payments p
                       where p.organization_id = p_organization and p.id = v_period.payment_id) * v_left)
      where l.organization_id = p_organization and l.payment_id = v_period.payment_id and l.effect_kind = 'activated' returning * into v_period;
    elsif v_period.period_start <> v_cursor then
      update private.payment_ledger l set period_start = v_cursor, anchor_at = v_cursor,
        period_end = private.next_period_end(v_cursor, v_cursor, l.billing_interval)
      where l.organization_id = p_organization and l.payment_id = v_period.payment_id and l.effect_kind = 'activated' returning * into v_period;
      perform private.move_invoice(p_organization, v_period.payment_id, v_period.period_start, v_period.period_end);
    end if;
    v_cursor := v_period.period_end;
  end loop;
end
$$;
