-- What attacks leave behind is looked at each minute: a few rules, one alert an hour for each of whom they are about. What
-- was typed and from where is forgotten after 180 days.

-- When people were last told of a rule about somebody.
create table private.security_alerts (
  rule         text not null,
  subject_hash text not null,
  alerted_at   timestamptz not null default now(),
  primary key (rule, subject_hash)
);
create index security_alerts_by_time on private.security_alerts (alerted_at);
comment on table private.security_alerts is 'Keeps a rule from telling people of one subject more than once an hour; kept for a day.';

-- An account as an alert names it: known ones by the user's id, of an address that is nobody's only its beginning and its domain.
create function private.account_in_alert(p_email text) returns text
language sql stable set search_path = '' as $$
  select coalesce(
    (select m.user_id::text from public.admin_users m where lower(m.email) = lower(p_email) limit 1),
    (select a.user_id::text from public.platform_admins a where lower(a.email) = lower(p_email) limit 1),
    left(p_email, 1) || '…@' || left(split_part(p_email, '@', 2), 60))
$$;

-- What the rules find now. subject tells subjects apart and may be what somebody typed; name is what people are told.
create function private.security_findings()
returns table (rule text, severity text, subject text, name text, organization_id uuid, reason text)
language sql stable set search_path = '' as $$
  select 'security.account_attacked', 'error', lower(e.subject), private.account_in_alert(lower(e.subject)), null::uuid,
         count(*) || ' failed sign-ins of one account in 5 minutes'
  from private.security_events e
  where e.kind = 'auth.login_failed' and e.subject is not null and e.at > now() - interval '5 minutes'
  group by lower(e.subject) having count(*) >= 10
  union all
  select 'security.accounts_sprayed', 'error', e.address, e.address, null, count(distinct lower(e.subject)) || ' accounts tried from one address in 10 minutes'
  from private.security_events e
  where e.kind = 'auth.login_failed' and e.address is not null and e.at > now() - interval '10 minutes'
  group by e.address having count(distinct lower(e.subject)) >= 20
  union all
  select 'security.notices_forged', 'error', e.subject, e.subject, null, count(*) || ' notices in 5 minutes that the gateway did not sign'
  from private.security_events e
  where e.kind = 'webhook.not_authentic' and e.subject is not null and e.at > now() - interval '5 minutes'
  group by e.subject having count(*) >= 3
  union all
  select 'security.approval_code_locked', 'warning', p.member_id::text, p.member_id::text, p.organization_id, 'five wrong approval codes at a till'
  from private.approval_pins p where p.locked_until > now()
$$;

-- Tells people of what the rules find: once an hour for each subject, and of at most 20 subjects of a rule in an hour, so
-- that whoever makes up subjects buries nothing under mails. Returns how many were told.
create function private.raise_security_alerts() returns int
language plpgsql set search_path = '' as $$
declare
  v record;
  v_of_rule int;
  v_told int := 0;
begin
  for v in select f.* from private.security_findings() f order by f.rule, f.subject loop
    insert into private.security_alerts as a (rule, subject_hash)
    values (v.rule, encode(sha256(convert_to(v.subject, 'UTF8')), 'hex'))
    on conflict (rule, subject_hash) do update set alerted_at = excluded.alerted_at where a.alerted_at <= now() - interval '1 hour';
    continue when not found;
    select count(*) into v_of_rule from private.security_alerts a where a.rule = v.rule and a.alerted_at > now() - interval '1 hour';
    continue when v_of_rule > 20;
    perform private.enqueue('alert.raise', jsonb_strip_nulls(jsonb_build_object('rule', v.rule, 'severity', v.severity, 'subject', v.name,
      'organizationId', v.organization_id,
      'reason', v.reason || case when v_of_rule = 20 then '; more like this are only in the log for an hour' else '' end)));
    v_told := v_told + 1;
  end loop;
  return v_told;
end
$$;

-- Forgets who was tried, and from where, after 180 days. What staff did and what happened to money stays. Returns how many of
-- at most p_most went.
create function private.purge_security_events(p_most int) returns int
language sql volatile set search_path = '' as $$
  with alerts as (delete from private.security_alerts a where a.alerted_at < now() - interval '1 day'),
  gone as (
    delete from private.security_events e where e.id in (
      select o.id from private.security_events o
      where o.at < now() - interval '180 days' and split_part(o.kind, '.', 1) in ('auth', 'two_factor', 'invitation', 'approval', 'webhook')
      order by o.at limit p_most)
    returning 1)
  select count(*)::int from gone
$$;

revoke all on private.security_alerts from public, anon, authenticated;
revoke execute on function private.account_in_alert(text), private.security_findings(), private.raise_security_alerts(),
  private.purge_security_events(int) from anon, authenticated;
