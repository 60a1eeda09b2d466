-- A stock form that was saved is answered so to whoever sends it again, although a branch was archived, a product taken off
-- the list or the work in a branch ended meanwhile.

-- What a form says, as documents keep it. One place, so that a form that comes again is known by the same.
create function private.stock_form_hash(p_kind text, p_branch uuid, p_to uuid, p_note text, p_content jsonb) returns bytea
language sql immutable set search_path = '' as $$
  select sha256(convert_to(jsonb_build_array(p_kind, p_branch, p_to, p_note, p_content)::text, 'UTF8'))
$$;
revoke execute on function private.stock_form_hash(text, uuid, uuid, text, jsonb) from anon, authenticated;

-- Whether the caller has saved this form before: asked ahead of any rule, none of which held it then. Refuses one that says
-- something else now. What others saved is left to open_stock_document(), behind the rules.
create function private.stock_form_saved(p_member public.admin_users, p_key text, p_kind text, p_branch uuid, p_to uuid, p_note text,
                                         p_content jsonb) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  v_known public.stock_documents;
begin
  select * into v_known from public.stock_documents d
  where d.organization_id = p_member.organization_id and d.idempotency_key = p_key and d.created_by = p_member.user_id;
  if v_known.request_hash <> private.stock_form_hash(p_kind, p_branch, p_to, p_note, p_content) then
    perform private.fail('stock.already_saved');
  end if;
  return v_known.id is not null;
end
$$;
revoke execute on function private.stock_form_saved(public.admin_users, text, text, uuid, uuid, text, jsonb) from anon, authenticated;

-- Opens a stock document once per form. Returns null when the same person has sent the same before: the act is done, and
-- its answer was lost. The same form with anything else in it is refused: taken for another one, it would count all goods
-- that stayed in it twice. p_content: what is moved.
create or replace function private.open_stock_document(p_member public.admin_users, p_key text, p_kind text, p_branch uuid, p_to uuid,
                                                       p_note text, p_content jsonb) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_hash bytea := private.stock_form_hash(p_kind, p_branch, p_to, p_note, p_content);
  v_document uuid;
  v_known public.stock_documents;
begin
  insert into public.stock_documents (organization_id, branch_id, to_branch_id, kind, note, idempotency_key, request_hash, created_by, created_by_name)
  values (p_member.organization_id, p_branch, p_to, p_kind, p_note, p_key, v_hash, p_member.user_id, p_member.full_name)
  on conflict (organization_id, idempotency_key) do nothing
  returning id into v_document;
  if v_document is null then
    select * into v_known from public.stock_documents d where d.organization_id = p_member.organization_id and d.idempotency_key = p_key;
    if v_known.request_hash <> v_hash or v_known.created_by <> p_member.user_id then
      perform private.fail('stock.already_saved');
    end if;
    return null;
  end if;
  -- From here the foreign keys hold both branches. Who archives one waits; for one that was archived while this waited
  -- there are no goods any more.
  if exists (select from public.branches b
             where b.organization_id = p_member.organization_id and b.id in (p_branch, p_to) and b.archived_at is not null) then
    perform private.fail('branch.not_found');
  end if;
  return v_document;
end
$$;

-- Goods that came in. p_lines: [{productId, quantity > 0, unitCost?}]. A second send of the same form changes nothing.
-- Definer, like the next two: stock is written by no role, and document, levels and ledger change together.
create or replace function private.receive_stock(p_key text, p_branch uuid, p_lines jsonb, p_note text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('inventory.receive');
  v_document uuid;
begin
  if private.stock_form_saved(v_member, p_key, 'receive', p_branch, null, p_note, p_lines) then
    return;
  end if;
  perform private.require_branch(p_branch);
  if exists (select from jsonb_array_elements(p_lines) l where (l ->> 'quantity')::int not between 1 and 100000) then
    perform private.fail('input.invalid', '{"field": "quantity"}');
  end if;
  v_document := private.open_stock_document(v_member, p_key, 'receive', p_branch, null, p_note, p_lines);
  if v_document is not null then
    perform private.move_stock(v_member.organization_id, p_branch, private.stock_moves(v_member.organization_id, p_lines, 1),
                               'receive', p_note, v_document, null);
  end if;
end
$$;

-- From one branch to another of the same shop. The sender must work in the first; the second must exist.
create or replace function private.transfer_stock(p_key text, p_from uuid, p_to uuid, p_lines jsonb, p_note text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('inventory.transfer');
  v_document uuid;
begin
  if private.stock_form_saved(v_member, p_key, 'transfer', p_from, p_to, p_note, p_lines) then
    return;
  end if;
  perform private.require_branch(p_from);
  if p_from = p_to or not exists (select from public.branches b
      where b.organization_id = v_member.organization_id and b.id = p_to and b.archived_at is null) then
    perform private.fail('branch.not_found');
  end if;
  if exists (select from jsonb_array_elements(p_lines) l where (l ->> 'quantity')::int not between 1 and 100000) then
    perform private.fail('input.invalid', '{"field": "quantity"}');
  end if;
  v_document := private.open_stock_document(v_member, p_key, 'transfer', p_from, p_to, p_note, p_lines);
  if v_document is null then
    return;
  end if;
  -- Both branches in one order of branch, so that two opposite transfers cannot wait for each other.
  if p_from < p_to then
    perform private.move_stock(v_member.organization_id, p_from, private.stock_moves(v_member.organization_id, p_lines, -1), 'transfer_out', p_note, v_document, null);
    perform private.move_stock(v_member.organization_id, p_to, private.stock_moves(v_member.organization_id, p_lines, 1), 'transfer_in', p_note, v_document, null);
  else
    perform private.move_stock(v_member.organization_id, p_to, private.stock_moves(v_member.organization_id, p_lines, 1), 'transfer_in', p_note, v_document, null);
    perform private.move_stock(v_member.organization_id, p_from, private.stock_moves(v_member.organization_id, p_lines, -1), 'transfer_out', p_note, v_document, null);
  end if;
end
$$;

-- Sets the counted quantity of one product, with a reason that someone will ask for. p_book: what the books said when the
-- person counted, zero for what the branch never had. Goods that moved since are in the count or not, and only the person
-- can tell: refused, with what the books say now. What the books said is no part of the document, so it may be sent anew.
-- Null compares nothing: an older version of the application says nothing of it while it is being replaced.
create or replace function private.adjust_stock(p_key text, p_branch uuid, p_product uuid, p_counted int, p_reason text, p_book int default null)
returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('inventory.adjust');
  v_content jsonb := jsonb_build_object('productId', p_product, 'counted', p_counted);
  v_document uuid;
  v_quantity int;
begin
  if private.stock_form_saved(v_member, p_key, 'adjust', p_branch, null, p_reason, v_content) then
    return;
  end if;
  perform private.require_branch(p_branch);
  if p_counted not between 0 and 1000000 or length(trim(coalesce(p_reason, ''))) < 3 then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  perform private.stock_moves(v_member.organization_id, jsonb_build_array(jsonb_build_object('productId', p_product, 'quantity', 1)), 1);
  v_document := private.open_stock_document(v_member, p_key, 'adjust', p_branch, null, p_reason, v_content);
  if v_document is null then
    return;
  end if;
  insert into public.stock_levels (organization_id, branch_id, product_id)
  values (v_member.organization_id, p_branch, p_product) on conflict do nothing;
  select l.quantity into v_quantity from public.stock_levels l
  where l.organization_id = v_member.organization_id and l.branch_id = p_branch and l.product_id = p_product for update;
  if v_quantity <> p_book then
    perform private.fail('stock.changed', jsonb_build_object('available', v_quantity));
  end if;
  if v_quantity <> p_counted then
    perform private.move_stock(v_member.organization_id, p_branch,
      jsonb_build_array(jsonb_build_object('productId', p_product, 'quantity', p_counted - v_quantity)), 'adjust', p_reason, v_document, null);
    perform private.audit('stock.adjusted', 'products', p_product, p_reason,
      jsonb_build_object('branch', p_branch, 'quantity', jsonb_build_array(v_quantity, p_counted)));
  end if;
end
$$;
