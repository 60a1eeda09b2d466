-- Shops that had paid, left since an instant and have not come back. Nobody comes back by looking at the plans. Who came back
-- to time that an earlier subscription had paid for has left again when that one ends.
create or replace function private.lost_shops(p_since timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select count(distinct s.organization_id)
  from public.subscriptions s join public.organizations o on o.id = s.organization_id and not o.is_test
  where s.status in ('cancelled', 'expired') and s.state_since > p_since
    and exists (select from private.paid_periods l where l.organization_id = s.organization_id and l.period_end > s.created_at)
    and not exists (select from public.subscriptions x where x.organization_id = s.organization_id
                    and x.status not in ('cancelled', 'expired', 'pending_payment'))
$$;

-- Ages count from when something was due: what waits for its next try is not late, and on its tenth try it is not as old as
-- when it came in.
create or replace function private.service_health() returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'jobsWaiting', (select count(*) from private.outbox where done_at is null),
    'oldestJobSeconds', (select floor(extract(epoch from now() - min(available_at))) from private.outbox where done_at is null and available_at <= now()),
    'jobsRetrying', f.retrying,
    'jobsFailed', f.given_up,
    'noticesWaiting', (select count(*) from private.webhook_events where status = 'received'),
    'oldestNoticeSeconds', (select floor(extract(epoch from now() - min(next_attempt_at))) from private.webhook_events
                            where status = 'received' and next_attempt_at <= now()),
    'noticesDead', (select count(*) from private.webhook_events where status = 'dead'),
    'paymentsInReview', (select count(*) from public.payments where status = 'review'),
    'securityEvents24h', (select coalesce(jsonb_object_agg(e.severity, e.n), '{}') from (
        select severity, count(*) as n from private.security_events where at > now() - interval '24 hours' group by 1) e),
    'databaseBytes', pg_database_size(current_database()))
  from private.failed_jobs() f
$$;
