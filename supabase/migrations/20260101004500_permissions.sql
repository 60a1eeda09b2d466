-- What a member may do: role, plan and the state of the subscription, and row level security of everything so far.

-- What the shop may do now, from its subscription and the clock: an ended trial is read-only at once,
-- whether or not a job has noticed.
create function private.is_read_only(p_organization uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return not exists (
    select from public.subscriptions s
    where s.organization_id = p_organization
      and (s.status in ('active', 'past_due', 'grace') or (s.status = 'trialing' and s.trial_ends_at > private.clock(p_organization))));
end
$$;

-- Which feature of a tier a permission belongs to; null: every tier has it. `lib/security/features.ts` names the features.
create function private.feature_of(p_permission text) returns text
language plpgsql immutable parallel safe set search_path = '' as $$
begin
  return case p_permission when 'sales.create' then 'pos' end;
end
$$;

-- Whether an organization's tier includes a feature. Without a living subscription none is missing: the shop is read-only anyway.
-- In plpgsql, like all that each sale asks: a function in sql with a search path is planned anew in each transaction.
create function private.has_feature(p_organization uuid, p_feature text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return not exists (
    select from public.subscriptions s join public.subscription_tiers t on t.code = s.tier_code and t.version = s.tier_version
    where s.organization_id = p_organization and s.status <> 'cancelled' and not p_feature = any (t.features));
end
$$;
revoke execute on function private.has_feature(uuid, text) from anon, authenticated;

-- The caller's organization, where its tier includes a feature; raises where it does not. Definer: reads the subscription
-- for members who may not.
create function private.org_with_feature(p_feature text) returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  v_organization uuid := private.current_org();
begin
  if not private.has_feature(v_organization, p_feature) then
    perform private.fail('tier.feature_locked', jsonb_build_object('feature', p_feature));
  end if;
  return v_organization;
end
$$;
grant execute on function private.org_with_feature(text) to authenticated;

-- What stands in the way of an act of this member: null when nothing does. The one place that knows the rules: what the
-- role allows, what the tier leaves out (nobody may), and read-only shops, which keep reading, exporting and paying.
create function private.obstacle(p_member public.admin_users, p_permission text) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_feature text := private.feature_of(p_permission);
begin
  if p_member.organization_id is null or not private.member_may(p_member, p_permission) then
    return 'access.forbidden';
  end if;
  if v_feature is not null and not private.has_feature(p_member.organization_id, v_feature) then
    return 'tier.feature_locked';
  end if;
  if p_permission not like '%.read' and p_permission not like '%.export' and p_permission not like 'billing.%'
     and private.is_read_only(p_member.organization_id) then
    return 'organization.read_only';
  end if;
  return null;
end
$$;
revoke execute on function private.obstacle(public.admin_users, text) from anon, authenticated;

-- Permission of the caller in the caller's organization. Definer: reads membership and roles. Billing works in suspended
-- shops too.
create function private.has_permission(p_permission text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.obstacle(private.membership(p_permission like 'billing.%'), p_permission) is null;
end
$$;
grant execute on function private.has_permission(text) to authenticated;

-- Raises what stands in the way of an act; definer functions begin with it. Returns the member.
create function private.require_permission(p_permission text) returns public.admin_users
language plpgsql stable security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(p_permission like 'billing.%');
  v_obstacle text := private.obstacle(v_member, p_permission);
begin
  if v_obstacle is not null then
    perform private.fail(v_obstacle, case v_obstacle
      when 'access.forbidden' then jsonb_build_object('permission', p_permission)
      when 'tier.feature_locked' then jsonb_build_object('feature', private.feature_of(p_permission))
      else '{}' end);
  end if;
  return v_member;
end
$$;
revoke execute on function private.require_permission(text) from anon, authenticated;

-- Row level security of everything so far.
alter table public.organizations enable row level security, force row level security;
create policy organizations_read on public.organizations for select to authenticated
  using (id = (select private.billing_org()));
create policy organizations_update on public.organizations for update to authenticated
  using (id = (select private.current_org()) and (select private.has_permission('organization.manage')))
  with check (id = (select private.current_org()) and (select private.has_permission('organization.manage')));
grant select on public.organizations to authenticated;
grant update (name, legal_name, rut, activity, address, comuna, phone, email, receipt_footer, updated_at) on public.organizations to authenticated;

alter table public.branches enable row level security, force row level security;
create policy branches_read on public.branches for select to authenticated
  using (organization_id = (select private.current_org()));
create policy branches_insert on public.branches for insert to authenticated
  with check (organization_id = (select private.current_org()) and (select private.has_permission('branches.manage')));
create policy branches_update on public.branches for update to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('branches.manage')))
  with check (organization_id = (select private.current_org()) and (select private.has_permission('branches.manage')));
grant select on public.branches to authenticated;
grant insert (name, address, comuna, phone, time_zone, hours) on public.branches to authenticated;
grant update (name, address, comuna, phone, time_zone, hours, archived_at) on public.branches to authenticated;
alter table public.branches alter column organization_id set default private.current_org();

alter table public.admin_users enable row level security, force row level security;
create policy admin_users_read on public.admin_users for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('users.read')));
grant select on public.admin_users to authenticated;

alter table public.member_branches enable row level security, force row level security;
create policy member_branches_read on public.member_branches for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('users.read')));
grant select on public.member_branches to authenticated;

alter table public.invitations enable row level security, force row level security;
create policy invitations_read on public.invitations for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('users.read')));
grant select on public.invitations to authenticated;

alter table public.audit_entries enable row level security, force row level security;
create policy audit_entries_read on public.audit_entries for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('audit.read')));
grant select on public.audit_entries to authenticated;

-- The price list belongs to the platform; everybody signed in may read it.
alter table public.subscription_tiers enable row level security, force row level security;
create policy subscription_tiers_read on public.subscription_tiers for select to anon, authenticated using (true);
grant select on public.subscription_tiers to anon, authenticated;

alter table public.subscriptions enable row level security, force row level security;
create policy subscriptions_read on public.subscriptions for select to authenticated
  using (organization_id = (select private.billing_org()) and (select private.has_permission('billing.read')));
grant select on public.subscriptions to authenticated;

alter table public.usage_counters enable row level security, force row level security;
create policy usage_counters_read on public.usage_counters for select to authenticated
  using (organization_id = (select private.billing_org()));
grant select on public.usage_counters to authenticated;

alter table public.limit_overrides enable row level security, force row level security;
create policy limit_overrides_read on public.limit_overrides for select to authenticated
  using (organization_id = (select private.billing_org()) and (select private.has_permission('billing.read')));
grant select on public.limit_overrides to authenticated;

create trigger organizations_audit after update on public.organizations
  for each row execute function private.audit_row('values');
create trigger branches_audit after insert or update on public.branches
  for each row execute function private.audit_row('values');
