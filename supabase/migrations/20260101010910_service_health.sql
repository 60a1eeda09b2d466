-- What of the service waits, is tried again or was given up, as the console's health card and /api/metrics tell it.

-- Jobs of the queue that failed: those that are tried again, and those that were given up and are kept for two weeks.
-- The queue's tables are made by the first worker that starts, as the same role that owns this function; before, none
-- has failed. Nothing else in SQL looks into them (docs/decisions/0008).
create function private.failed_jobs(out retrying int, out given_up int)
language plpgsql stable set search_path = '' as $$
begin
  retrying := 0;
  given_up := 0;
  if to_regclass('pgboss.job') is not null then
    select count(*) filter (where j.state = 'retry'), count(*) filter (where j.state = 'failed') into retrying, given_up
    from pgboss.job j where j.state in ('retry', 'failed');
  end if;
end
$$;

-- Ages count from when something was due: what waits for its next try is not late.
create function private.service_health() returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'jobsWaiting', (select count(*) from private.outbox where done_at is null),
    'oldestJobSeconds', (select floor(extract(epoch from now() - min(available_at))) from private.outbox where done_at is null and available_at <= now()),
    'jobsRetrying', f.retrying,
    'jobsFailed', f.given_up,
    'noticesWaiting', (select count(*) from private.webhook_events where status = 'received'),
    'oldestNoticeSeconds', (select floor(extract(epoch from now() - min(received_at))) from private.webhook_events
                            where status = 'received' and next_attempt_at <= now()),
    'noticesDead', (select count(*) from private.webhook_events where status = 'dead'),
    'paymentsInReview', (select count(*) from public.payments where status = 'review'),
    'securityEvents24h', (select coalesce(jsonb_object_agg(e.severity, e.n), '{}') from (
        select severity, count(*) as n from private.security_events where at > now() - interval '24 hours' group by 1) e),
    'databaseBytes', pg_database_size(current_database()))
  from private.failed_jobs() f
$$;
