-- Reconciliation: what gateways say they hold for us beside what we say, each night and both ways; dead notices sent
-- round again; and what must always be true, asked every ten minutes.

-- One row a gateway and day (UTC). A later night that looks at the same day again replaces what was found.
create table private.reconciliation_runs (
  gateway     text not null,
  day         date not null,
  finished_at timestamptz not null default now(),
  theirs      int not null check (theirs >= 0),
  ours        int not null check (ours >= 0),
  unanswered  int not null default 0 check (unanswered >= 0),
  failure     text check (length(failure) <= 300),
  findings    int not null default 0,
  primary key (gateway, day)
);
comment on column private.reconciliation_runs.unanswered is 'Payments of the day about which the gateway did not answer: nothing is known of them, and nothing is found.';

create table private.reconciliation_findings (
  gateway         text not null,
  day             date not null,
  n               int not null,
  kind            text not null check (kind in ('theirs_not_ours', 'ours_not_theirs', 'amount_differs', 'refunded_there', 'disputed_there')),
  organization_id uuid,
  payment_id      uuid,
  reference       text check (length(reference) <= 200),
  theirs_minor    bigint,
  ours_minor      bigint,
  currency        text check (length(currency) <= 10),
  primary key (gateway, day, n),
  foreign key (gateway, day) references private.reconciliation_runs (gateway, day) on delete cascade,
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict
);
comment on table private.reconciliation_findings is 'Where a gateway and we differ. Amounts in minor units: of the payment, or for refunded_there of what went back.';

-- A payment as the comparison needs it; the names are lib/payments/compare-payments.ts's.
create function private.payment_to_reconcile(p_payment public.payments)
returns table ("organizationId" uuid, "paymentId" uuid, at timestamptz, status text, "isPaid" boolean, "isDecided" boolean, amount bigint,
               currency text, surplus bigint, refunded bigint, names jsonb)
language sql stable set search_path = '' as $$
  select p_payment.organization_id, p_payment.id, coalesce(p_payment.paid_at, p_payment.created_at), p_payment.status, p_payment.paid_at is not null,
         p_payment.status = 'review' or private.review_was_rejected(p_payment) or (p_payment.status = 'refunded' and p_payment.paid_at is null),
         p_payment.amount, p_payment.currency,
         case when p_payment.paid_at is null then 0 else (private.unapplied_of(p_payment)).amount end,
         greatest(p_payment.refunded_amount, coalesce((
           select sum(f.amount)::bigint from public.refunds f
           where f.organization_id = p_payment.organization_id and f.payment_id = p_payment.id
             and f.status in ('creating', 'processing', 'unknown', 'succeeded')), 0)),
         (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'value', r.reference) order by (r.kind = 'order') desc, r.created_at, r.kind), '[]')
          from private.payment_references r
          where r.organization_id = p_payment.organization_id and r.payment_id = p_payment.id and r.refund_id is null)
$$;

-- Our payments of a gateway that were paid, or opened and not paid, from one instant up to another.
create function private.payments_to_reconcile(p_gateway text, p_from timestamptz, p_to timestamptz)
returns table ("organizationId" uuid, "paymentId" uuid, at timestamptz, status text, "isPaid" boolean, "isDecided" boolean, amount bigint,
               currency text, surplus bigint, refunded bigint, names jsonb)
language sql stable set search_path = '' as $$
  select r.* from public.payments p cross join lateral private.payment_to_reconcile(p) r
  where p.gateway = p_gateway and p.status <> 'creating' and coalesce(p.paid_at, p.created_at) >= p_from and coalesce(p.paid_at, p.created_at) < p_to
$$;

-- Our payments of a gateway that have one of these names, of whatever day.
create function private.payments_named(p_gateway text, p_names text[])
returns table ("organizationId" uuid, "paymentId" uuid, at timestamptz, status text, "isPaid" boolean, "isDecided" boolean, amount bigint,
               currency text, surplus bigint, refunded bigint, names jsonb)
language sql stable set search_path = '' as $$
  select r.* from public.payments p cross join lateral private.payment_to_reconcile(p) r
  where (p.organization_id, p.id) in (select n.organization_id, n.payment_id from private.payment_references n
                                      where n.gateway = p_gateway and n.reference = any (p_names) and n.payment_id is not null)
$$;

-- Keeps what one night found about one gateway and day, asks again about payments of ours that the gateway knows
-- better, and tells people when what is found is not what was found before.
--
-- p_findings  [{kind, organizationId, paymentId, reference, referenceKind, theirsMinor, oursMinor, currency}, …]
create function private.record_reconciliation(p_gateway text, p_day date, p_theirs int, p_ours int, p_unanswered int, p_failure text, p_findings jsonb)
returns void
language plpgsql set search_path = '' as $$
declare
  v_before jsonb;
  v_after jsonb;
  v_difference numeric;
begin
  select coalesce(jsonb_agg(to_jsonb(f) - 'n' order by f.kind, f.reference, f.payment_id), '[]') into v_before
  from private.reconciliation_findings f where f.gateway = p_gateway and f.day = p_day;
  insert into private.reconciliation_runs as r (gateway, day, theirs, ours, unanswered, failure, findings)
  values (p_gateway, p_day, p_theirs, p_ours, p_unanswered, left(p_failure, 300), jsonb_array_length(p_findings))
  on conflict (gateway, day) do update set finished_at = now(), theirs = excluded.theirs, ours = excluded.ours,
    unanswered = excluded.unanswered, failure = excluded.failure, findings = excluded.findings;
  delete from private.reconciliation_findings f where f.gateway = p_gateway and f.day = p_day;
  insert into private.reconciliation_findings (gateway, day, n, kind, organization_id, payment_id, reference, theirs_minor, ours_minor, currency)
  select p_gateway, p_day, f.n, f.found ->> 'kind', (f.found ->> 'organizationId')::uuid, (f.found ->> 'paymentId')::uuid,
         left(f.found ->> 'reference', 200), (f.found ->> 'theirsMinor')::bigint, (f.found ->> 'oursMinor')::bigint, left(f.found ->> 'currency', 10)
  from jsonb_array_elements(p_findings) with ordinality f (found, n);

  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, payment_ref)
  select p_gateway, 'reconcile:' || p_day || ':' || (now() at time zone 'UTC')::date || ':' || (f ->> 'reference'), 'payment',
         f ->> 'referenceKind', f ->> 'reference', 'sweep', (f ->> 'paymentId')::uuid
  from jsonb_array_elements(p_findings) f
  where f ->> 'kind' in ('theirs_not_ours', 'refunded_there', 'disputed_there') and exists (
    select from private.payment_references r where r.gateway = p_gateway and r.reference = f ->> 'reference' and r.kind = f ->> 'referenceKind')
  on conflict (gateway, event_key) do nothing;

  select coalesce(jsonb_agg(to_jsonb(f) - 'n' order by f.kind, f.reference, f.payment_id), '[]'),
         sum(abs(coalesce(f.theirs_minor, 0) - coalesce(f.ours_minor, 0)))
  into v_after, v_difference from private.reconciliation_findings f where f.gateway = p_gateway and f.day = p_day;
  if v_after <> v_before and v_after <> '[]' then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'reconciliation.difference', 'gateway', p_gateway, 'subject', p_day,
      'severity', case when v_difference > 0 then 'critical' else 'error' end,
      'reason', jsonb_array_length(v_after) || ' differences, ' || coalesce(v_difference, 0) || ' minor units'));
  elsif p_failure is not null or p_unanswered > 0 then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'reconciliation.incomplete', 'gateway', p_gateway, 'subject', p_day,
      'severity', 'warning', 'reason', coalesce(p_failure, p_unanswered || ' unanswered')));
  end if;
end
$$;

-- The last nights' comparisons, newest day first, with what was found.
create function private.console_reconciliation(p_days int default 14)
returns table (gateway text, day date, finished_at timestamptz, theirs int, ours int, unanswered int, failure text, findings jsonb)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_staff public.platform_admins := private.require_platform(false);
begin
  return query
  select r.gateway, r.day, r.finished_at, r.theirs, r.ours, r.unanswered, r.failure,
         (select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'organizationId', f.organization_id, 'organization', o.name, 'paymentId', f.payment_id,
            'reference', f.reference, 'theirsMinor', f.theirs_minor, 'oursMinor', f.ours_minor, 'currency', f.currency) order by f.n), '[]')
          from private.reconciliation_findings f left join public.organizations o on o.id = f.organization_id
          where f.gateway = r.gateway and f.day = r.day)
  from private.reconciliation_runs r
  where r.day >= (now() at time zone 'UTC')::date - least(greatest(p_days, 1), 400)
  order by r.day desc, r.gateway;
end
$$;

-- Sends a notice that was given up round again, as a new notice: the old one keeps its story. Returns the new id.
create function private.console_replay_notice(p_notice bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_notice private.webhook_events;
begin
  select * into v_notice from private.webhook_events e where e.id = p_notice for update;
  if v_notice.id is null then
    perform private.fail('not_found');
  elsif v_notice.status not in ('dead', 'done') or v_notice.reference is null then
    perform private.fail('conflict');
  end if;
  return private.replay_notice(v_notice);
end
$$;

-- Every dead notice of a gateway, as after a long outage or a wrong key. Returns how many.
create function private.console_replay_dead_notices(p_gateway text) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_notice private.webhook_events;
  v_count int := 0;
begin
  for v_notice in select * from private.webhook_events d
    where d.gateway = p_gateway and d.status = 'dead' and d.reference is not null order by d.id for update
  loop
    perform private.replay_notice(v_notice);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
grant execute on function private.console_reconciliation(int), private.console_replay_notice(bigint), private.console_replay_dead_notices(text) to authenticated;

create function private.replay_notice(p_notice private.webhook_events) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_id bigint;
begin
  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, payment_ref, trace_id)
  values (p_notice.gateway, 'replay:' || p_notice.id || ':' || gen_random_uuid(), p_notice.kind, p_notice.reference_kind, p_notice.reference,
          p_notice.verified_by, p_notice.payment_ref, p_notice.trace_id)
  returning id into v_id;
  update private.webhook_events e set status = case e.status when 'dead' then 'ignored' else e.status end,
    last_error = left(concat_ws('; ', 'replayed as ' || v_id, e.last_error), 500)
  where e.id = p_notice.id;
  perform private.record_security_event('notice.replayed', 'info', p_notice.id::text, null,
    jsonb_build_object('gateway', p_notice.gateway, 'as', v_id, 'receivedAt', p_notice.received_at, 'was', p_notice.status));
  perform pg_notify('webhook_events', '');
  return v_id;
end
$$;
