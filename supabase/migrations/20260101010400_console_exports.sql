-- Who of the platform's staff took the list of shops along, and what of it.
create function private.console_note_organization_export(p_filter jsonb, p_rows int) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  perform private.record_security_event('organizations.exported', 'info', null, null, jsonb_build_object('rows', p_rows, 'filter', p_filter));
end
$$;
grant execute on function private.console_note_organization_export(jsonb, int) to authenticated;
