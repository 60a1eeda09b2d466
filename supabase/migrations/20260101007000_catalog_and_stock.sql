-- Products and stock. stock_movements is the ledger, stock_levels the balance that a sale takes from.

create table public.products (
  organization_id uuid not null default private.current_org() references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  sku             text not null check (length(sku) between 1 and 40),
  barcode         text check (barcode ~ '^[0-9A-Za-z._/-]{4,48}$'),
  name            text not null check (length(name) between 1 and 160),
  category        text not null check (category in ('frame', 'sunglasses', 'lens', 'contact_lens', 'accessory', 'service')),
  brand           text check (length(brand) <= 80),
  price           bigint not null check (price between 0 and 100000000),
  cost            bigint check (cost between 0 and 100000000),
  tax_kind        text not null default 'taxable' check (tax_kind in ('taxable', 'exempt')),
  tracks_stock    boolean not null default true,
  allows_negative boolean not null default false,
  low_stock_at    int check (low_stock_at >= 0),
  search_text     text not null generated always as (
    private.fold(name || ' ' || coalesce(brand, '') || ' ' || sku || ' ' || coalesce(barcode, ''))) stored,
  sort_name       text collate "C" not null generated always as (private.fold(name)) stored,
  version         int not null default 1,
  archived_at     timestamptz,
  created_by      uuid default auth.uid(),
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  primary key (organization_id, id),
  check (category <> 'service' or not tracks_stock)
);
create unique index products_sku on public.products (organization_id, lower(sku));
create unique index products_barcode on public.products (organization_id, barcode) where barcode is not null;
create index products_by_name on public.products (organization_id, sort_name, id);
comment on column public.products.sort_name is 'The order of lists: accents and case ignored, whatever the collation of the database.';
comment on column public.products.price is 'Retail price in pesos, IVA included.';

alter table public.products enable row level security, force row level security;
create policy products_read on public.products for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('products.read')));
create policy products_insert on public.products for insert to authenticated
  with check (organization_id = (select private.current_org()) and (select private.has_permission('products.write')));
create policy products_update on public.products for update to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('products.write')))
  with check (organization_id = (select private.current_org()) and (select private.has_permission('products.write')));
grant select on public.products to authenticated;
grant insert (sku, barcode, name, category, brand, price, cost, tax_kind, tracks_stock, allows_negative, low_stock_at)
  on public.products to authenticated;
grant update (sku, barcode, name, category, brand, price, cost, tax_kind, tracks_stock, allows_negative, low_stock_at, archived_at)
  on public.products to authenticated;
create trigger products_touch before update on public.products for each row execute function private.touch_version();
create trigger products_count after insert or delete or update of archived_at on public.products
  for each row execute function private.count_usage('products');
create trigger products_audit after insert or update on public.products
  for each row execute function private.audit_row('values');

-- Paper behind stock that moved by hand: one per reception, adjustment or transfer.
create table public.stock_documents (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  to_branch_id    uuid,
  kind            text not null check (kind in ('receive', 'adjust', 'transfer')),
  note            text check (length(note) <= 500),
  idempotency_key text not null check (length(idempotency_key) between 8 and 80),
  created_by      uuid not null,
  created_by_name text not null,
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, idempotency_key),
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete restrict,
  foreign key (organization_id, to_branch_id) references public.branches (organization_id, id) on delete restrict,
  check ((kind = 'transfer') = (to_branch_id is not null)),
  check (branch_id <> to_branch_id)
);
create index stock_documents_by_branch on public.stock_documents (organization_id, branch_id, created_at desc, id);
create index stock_documents_to_branch on public.stock_documents (organization_id, to_branch_id) where to_branch_id is not null;

create table public.stock_levels (
  organization_id uuid not null references public.organizations on delete restrict,
  branch_id       uuid not null,
  product_id      uuid not null,
  quantity        int not null default 0,
  primary key (organization_id, branch_id, product_id),
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete restrict,
  foreign key (organization_id, product_id) references public.products (organization_id, id) on delete restrict
);
create index stock_levels_by_product on public.stock_levels (organization_id, product_id);

create table public.stock_movements (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  product_id      uuid not null,
  kind            text not null check (kind in ('opening', 'receive', 'adjust', 'transfer_out', 'transfer_in', 'sale', 'void')),
  quantity        int not null check (quantity <> 0),
  balance_after   int not null,
  unit_cost       bigint check (unit_cost >= 0),
  reason          text check (length(reason) <= 200),
  document_id     uuid,
  order_id        uuid,
  created_by      uuid,
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete restrict,
  foreign key (organization_id, product_id) references public.products (organization_id, id) on delete restrict,
  foreign key (organization_id, document_id) references public.stock_documents (organization_id, id) on delete restrict
);
create index stock_movements_by_product on public.stock_movements (organization_id, branch_id, product_id, created_at desc, id);
create index stock_movements_by_document on public.stock_movements (organization_id, document_id) where document_id is not null;
comment on table public.stock_movements is 'Ledger: signed units. The level of a product in a branch is the sum of its movements.';

alter table public.stock_documents enable row level security, force row level security;
create policy stock_documents_read on public.stock_documents for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('inventory.read')));
create policy stock_documents_branch on public.stock_documents as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
grant select on public.stock_documents to authenticated;

alter table public.stock_levels enable row level security, force row level security;
create policy stock_levels_read on public.stock_levels for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('inventory.read')));
create policy stock_levels_branch on public.stock_levels as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
grant select on public.stock_levels to authenticated;

alter table public.stock_movements enable row level security, force row level security;
create policy stock_movements_read on public.stock_movements for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('inventory.read')));
create policy stock_movements_branch on public.stock_movements as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
grant select on public.stock_movements to authenticated;
create trigger stock_movements_append_only before update or delete on public.stock_movements
  for each row execute function private.refuse_change();

-- A branch in which the caller works, or the same answer as for one that does not exist. Granted to nobody.
create function private.require_branch(p_branch uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not coalesce(p_branch = any (private.current_branches()), false)
     or exists (select from public.branches b where b.organization_id = private.current_org() and b.id = p_branch and b.archived_at is not null) then
    perform private.fail('branch.not_found');
  end if;
end
$$;
revoke execute on function private.require_branch(uuid) from anon, authenticated;

-- Moves units of several products in one branch: locks the levels in the order of product_id, refuses to go
-- below zero unless the product allows it, writes the ledger. p_moves: [{productId, quantity (signed), unitCost?}],
-- one entry a product. Granted to nobody: sales and stock documents call it.
create function private.move_stock(p_organization uuid, p_branch uuid, p_moves jsonb, p_kind text, p_reason text, p_document uuid, p_order uuid)
returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_known int;
  v_short jsonb;
begin
  loop
    select count(*), jsonb_agg(jsonb_build_object('productId', k.product_id, 'name', k.name, 'available', k.available, 'wanted', -k.quantity))
      filter (where k.quantity < 0 and k.available + k.quantity < 0 and not k.allows_negative)
    into v_known, v_short
    from (select l.product_id, p.name, l.quantity as available, m.quantity, p.allows_negative
          from jsonb_to_recordset(p_moves) as m ("productId" uuid, quantity int)
          join public.stock_levels l on l.organization_id = p_organization and l.branch_id = p_branch and l.product_id = m."productId"
          join public.products p on p.organization_id = l.organization_id and p.id = l.product_id
          order by l.product_id for update of l) k;
    exit when v_known = jsonb_array_length(p_moves);
    -- A product that never stood in this branch has no level yet.
    insert into public.stock_levels (organization_id, branch_id, product_id)
    select p_organization, p_branch, (m ->> 'productId')::uuid from jsonb_array_elements(p_moves) m
    order by 3 on conflict do nothing;
  end loop;
  if v_short is not null then
    perform private.fail('sale.insufficient_stock', v_short -> 0 || jsonb_build_object('products', v_short));
  end if;
  with moved as (
    update public.stock_levels l set quantity = l.quantity + m.quantity
    from jsonb_to_recordset(p_moves) as m ("productId" uuid, quantity int, "unitCost" bigint)
    where l.organization_id = p_organization and l.branch_id = p_branch and l.product_id = m."productId"
    returning l.product_id, m.quantity as moved, l.quantity, m."unitCost" as unit_cost
  )
  insert into public.stock_movements (organization_id, branch_id, product_id, kind, quantity, balance_after, unit_cost, reason,
                                      document_id, order_id, created_by)
  select p_organization, p_branch, product_id, p_kind, moved, quantity, unit_cost, p_reason, p_document, p_order, auth.uid() from moved;
end
$$;
revoke execute on function private.move_stock(uuid, uuid, jsonb, text, text, uuid, uuid) from anon, authenticated;

-- Opens a stock document once per key. Returns null when the key was used: the act is already done.
create function private.open_stock_document(p_member public.admin_users, p_key text, p_kind text, p_branch uuid, p_to uuid, p_note text)
returns uuid
language sql volatile security definer set search_path = '' as $$
  insert into public.stock_documents (organization_id, branch_id, to_branch_id, kind, note, idempotency_key, created_by, created_by_name)
  values (p_member.organization_id, p_branch, p_to, p_kind, p_note, p_key, p_member.user_id, p_member.full_name)
  on conflict (organization_id, idempotency_key) do nothing
  returning id
$$;
revoke execute on function private.open_stock_document(public.admin_users, text, text, uuid, uuid, text) from anon, authenticated;

-- One entry a product out of a person's list; refuses strangers, services and silly numbers. Granted to nobody.
create function private.stock_moves(p_organization uuid, p_lines jsonb, p_sign int) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_moves jsonb;
begin
  if jsonb_array_length(p_lines) not between 1 and 500 then
    perform private.fail('input.invalid', '{"field": "lines"}');
  end if;
  if exists (
    select from jsonb_array_elements(p_lines) l
    left join public.products p on p.organization_id = p_organization and p.id = (l ->> 'productId')::uuid
    where p.id is null or not p.tracks_stock) then
    perform private.fail('product.not_found');
  end if;
  select jsonb_agg(jsonb_build_object('productId', x.product_id, 'quantity', p_sign * x.quantity, 'unitCost', x.unit_cost)) into v_moves
  from (select l ->> 'productId' as product_id, sum((l ->> 'quantity')::int)::int as quantity, max((l ->> 'unitCost')::bigint) as unit_cost
        from jsonb_array_elements(p_lines) l group by 1) x where x.quantity <> 0;
  return v_moves;
end
$$;
revoke execute on function private.stock_moves(uuid, jsonb, int) from anon, authenticated;

-- Goods that came in. p_lines: [{productId, quantity > 0, unitCost?}]. A second send with the same key changes nothing.
-- Definer, like the next two: stock is written by no role, and document, levels and ledger change together.
create function private.receive_stock(p_key text, p_branch uuid, p_lines jsonb, p_note text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('inventory.receive');
  v_document uuid;
begin
  perform private.require_branch(p_branch);
  if exists (select from jsonb_array_elements(p_lines) l where (l ->> 'quantity')::int not between 1 and 100000) then
    perform private.fail('input.invalid', '{"field": "quantity"}');
  end if;
  v_document := private.open_stock_document(v_member, p_key, 'receive', p_branch, null, p_note);
  if v_document is not null then
    perform private.move_stock(v_member.organization_id, p_branch, private.stock_moves(v_member.organization_id, p_lines, 1),
                               'receive', p_note, v_document, null);
  end if;
end
$$;

-- Sets the counted quantity of one product, with a reason that someone will ask for.
create function private.adjust_stock(p_key text, p_branch uuid, p_product uuid, p_counted int, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('inventory.adjust');
  v_document uuid;
  v_quantity int;
begin
  perform private.require_branch(p_branch);
  if p_counted not between 0 and 1000000 or length(trim(coalesce(p_reason, ''))) < 3 then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  perform private.stock_moves(v_member.organization_id, jsonb_build_array(jsonb_build_object('productId', p_product, 'quantity', 1)), 1);
  v_document := private.open_stock_document(v_member, p_key, 'adjust', p_branch, null, p_reason);
  if v_document is null then
    return;
  end if;
  insert into public.stock_levels (organization_id, branch_id, product_id)
  values (v_member.organization_id, p_branch, p_product) on conflict do nothing;
  select l.quantity into v_quantity from public.stock_levels l
  where l.organization_id = v_member.organization_id and l.branch_id = p_branch and l.product_id = p_product for update;
  if v_quantity <> p_counted then
    perform private.move_stock(v_member.organization_id, p_branch,
      jsonb_build_array(jsonb_build_object('productId', p_product, 'quantity', p_counted - v_quantity)), 'adjust', p_reason, v_document, null);
    perform private.audit('stock.adjusted', 'products', p_product, p_reason,
      jsonb_build_object('branch', p_branch, 'quantity', jsonb_build_array(v_quantity, p_counted)));
  end if;
end
$$;

-- From one branch to another of the same shop. The sender must work in the first; the second must exist.
create function private.transfer_stock(p_key text, p_from uuid, p_to uuid, p_lines jsonb, p_note text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('inventory.transfer');
  v_document uuid;
begin
  perform private.require_branch(p_from);
  if p_from = p_to or not exists (select from public.branches b
      where b.organization_id = v_member.organization_id and b.id = p_to and b.archived_at is null) then
    perform private.fail('branch.not_found');
  end if;
  if exists (select from jsonb_array_elements(p_lines) l where (l ->> 'quantity')::int not between 1 and 100000) then
    perform private.fail('input.invalid', '{"field": "quantity"}');
  end if;
  v_document := private.open_stock_document(v_member, p_key, 'transfer', p_from, p_to, p_note);
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
grant execute on function private.receive_stock(text, uuid, jsonb, text), private.adjust_stock(text, uuid, uuid, int, text),
  private.transfer_stock(text, uuid, uuid, jsonb, text) to authenticated;
