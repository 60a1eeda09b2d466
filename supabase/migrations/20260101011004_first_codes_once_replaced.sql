-- Whoever replaced their recovery codes had the first ones: a code of the app alone, without the password, makes no others.

-- Ten new codes replace the old ones; only a session that has stepped up may ask. The first ten belong to enrolling, which
-- was told already.
create or replace function private.replace_recovery_codes(p_hashes bytea[], p_language text default 'es') returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    perform private.fail('access.step_up_required');
  end if;
  if cardinality(p_hashes) <> 10 then
    perform private.fail('input.invalid');
  end if;
  -- Whether one of the first was used is forgotten with them: they arrived, and are made no second time.
  update private.two_factor f set begun_in = null where f.user_id = auth.uid() and f.confirmed_at is not null;
  delete from private.recovery_codes where user_id = auth.uid();
  if found then
    perform private.tell_two_factor_changed('codes_replaced', p_language);
  end if;
  insert into private.recovery_codes (user_id, code_hash) select auth.uid(), h from unnest(p_hashes) h;
end
$$;
