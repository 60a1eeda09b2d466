-- A second factor is turned on together with its recovery codes. Before, the codes were written after it: an answer that got
-- lost, or a failure in between, left a factor on whose ten codes nobody had ever seen.

-- Whether the caller's factor was turned on in this session a moment ago, and none of its recovery codes was used: then
-- its first codes may be made once more, because nobody can tell whether they ever arrived. The session gave the password
-- when it began the factor. Definer: reads factors, which are nobody's to read.
create function private.confirmed_just_now() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.stepped_up()
    and exists (select from private.two_factor f where f.user_id = auth.uid()
                and f.begun_in = (auth.jwt() ->> 'session_id')::uuid and f.confirmed_at > now() - interval '15 minutes')
    and not exists (select from private.recovery_codes c where c.user_id = auth.uid() and c.used_at is not null);
end
$$;

-- Turns a begun factor on with its first code, writes its recovery codes and steps this session up, all or nothing; p_secret
-- and p_step as in complete_step_up. May be said again with a fresh code while confirmed_just_now. Definer: writes factors.
-- Returns whether this turned it on; false where it was on and got other codes.
create function private.confirm_two_factor(p_secret bytea, p_step bigint, p_hashes bytea[], p_language text default 'es') returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_factor private.two_factor;
begin
  if not private.session_is_live() then
    perform private.fail('access.unauthenticated');
  end if;
  if cardinality(p_hashes) is distinct from 10 then
    perform private.fail('input.invalid');
  end if;
  select * into v_factor from private.two_factor f where f.user_id = auth.uid() for update;
  if v_factor.confirmed_at is not null and not private.confirmed_just_now() then
    perform private.fail('conflict');
  end if;
  if v_factor.confirmed_at is null and private.began_here(v_factor) is not true then
    perform private.fail('two_factor.setup_over');
  end if;
  if v_factor.secret_digest <> sha256(p_secret) or v_factor.last_step >= p_step
     or abs(p_step - floor(extract(epoch from now()) / 30)) > 2 then
    perform private.fail('two_factor.code_invalid');
  end if;
  update private.two_factor f set last_step = p_step, confirmed_at = coalesce(f.confirmed_at, now()) where f.user_id = auth.uid();
  delete from private.recovery_codes where user_id = auth.uid();
  insert into private.recovery_codes (user_id, code_hash) select auth.uid(), h from unnest(p_hashes) h;
  perform private.tell_two_factor_changed(case when v_factor.confirmed_at is null then 'enrolled' else 'codes_replaced' end, p_language);
  perform private.open_step_up();
  return v_factor.confirmed_at is null;
end
$$;
grant execute on function private.confirmed_just_now(), private.confirm_two_factor(bytea, bigint, bytea[], text) to authenticated;
