-- A renewal that people are looking at goes on collecting at its gateway: its shop is not asked to pay by itself.

-- One subscription as lib/subscriptions/lifecycle.ts needs it, locked; null when another worker has it.
create or replace function private.take_subscription(p_organization uuid) returns jsonb
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
    'isCollected', exists (select from public.auto_renewals a where a.organization_id = p_organization and a.status in ('active', 'past_due', 'review')
                           and a.cancel_requested_at is null),
    'nextPeriodAt', (select min(l.period_start) from private.payment_ledger l where l.organization_id = p_organization
                     and l.effect_kind = 'activated' and l.superseded_by is null and l.period_start > v_now),
    'unconfirmed', private.unconfirmed(p_organization));
end
$$;
