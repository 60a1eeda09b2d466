-- The ledger: double entry for every peso that a gateway holds for us, and for what it was given for.
-- Debit is positive, credit negative; each transaction adds up to zero. A balance is a sum, never a stored figure.

create table private.ledger_transactions (
  id              uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete restrict,
  kind            text not null check (kind ~ '^[a-z][a-z_]{2,39}$'),
  source          uuid not null,
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  payment_id      uuid,
  refund_id       uuid,
  at              timestamptz not null,
  posted_at       timestamptz not null default now(),
  -- The database transaction that posted it: whoever comes later adds no line.
  posted_in       xid8 not null default pg_current_xact_id(),
  unique (kind, source),
  unique (id, organization_id, currency),
  check (refund_id is null or payment_id is not null),
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict,
  foreign key (organization_id, refund_id) references public.refunds (organization_id, id) on delete restrict
);
create index ledger_transactions_of_payment on private.ledger_transactions (organization_id, payment_id) where payment_id is not null;
create index ledger_transactions_by_time on private.ledger_transactions (at);
comment on table private.ledger_transactions is 'What happened to money, once: (kind, source) makes a second posting impossible. Append only.';
comment on column private.ledger_transactions.source is 'The row that gave the reason: a payment, a refund, an invoice, a credit.';
comment on column private.ledger_transactions.at is 'When it happened in the life of the organization (its clock); posted_at is when we wrote it down.';

create table private.ledger_entries (
  transaction_id  uuid not null,
  line            smallint not null check (line > 0),
  organization_id uuid not null,
  currency        text not null,
  account         text not null check (
    account ~ '^gateway:[a-z]{2,32}$'
    or account in ('receivable', 'revenue', 'refunds', 'credits', 'disputes', 'rounding', 'discounts', 'unapplied')),
  amount          bigint not null check (amount <> 0),
  primary key (transaction_id, line),
  foreign key (transaction_id, organization_id, currency)
    references private.ledger_transactions (id, organization_id, currency) on delete restrict
);
create index ledger_entries_by_account on private.ledger_entries (account, currency, organization_id) include (amount);
comment on table private.ledger_entries is 'Lines of the ledger in minor units of the currency; debit positive, credit negative. Append only.';

create trigger ledger_transactions_append_only before update or delete on private.ledger_transactions
  for each row execute function private.refuse_change();
create trigger ledger_transactions_no_truncate before truncate on private.ledger_transactions
  for each statement execute function private.refuse_change();
create trigger ledger_entries_append_only before update or delete on private.ledger_entries
  for each row execute function private.refuse_change();
create trigger ledger_entries_no_truncate before truncate on private.ledger_entries
  for each statement execute function private.refuse_change();

-- What was committed is closed: a later correction is a transaction of its own.
create function private.keep_ledger_closed() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not exists (select from private.ledger_transactions t
                 where t.id = new.transaction_id and t.posted_in = pg_current_xact_id()) then
    raise exception using errcode = '42501', message = 'a committed ledger transaction takes no further line';
  end if;
  return new;
end
$$;
create trigger ledger_entries_keep_closed before insert on private.ledger_entries
  for each row execute function private.keep_ledger_closed();

-- Looks at commit, whoever wrote the lines and however: an unbalanced or empty transaction never becomes true.
-- Definer: at commit the definer function that wrote is over, and the caller may not read the ledger.
create function private.require_ledger_balance() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_transaction uuid := coalesce(to_jsonb(new) ->> 'transaction_id', to_jsonb(new) ->> 'id')::uuid;
  v_sum numeric;
begin
  select sum(e.amount) into v_sum from private.ledger_entries e where e.transaction_id = v_transaction;
  if v_sum is distinct from 0 then
    raise exception using errcode = '23514', message = 'a ledger transaction does not add up to zero',
      detail = jsonb_build_object('transaction', v_transaction, 'sum', v_sum)::text;
  end if;
  return null;
end
$$;
create constraint trigger ledger_transactions_balanced after insert on private.ledger_transactions
  deferrable initially deferred for each row execute function private.require_ledger_balance();
create constraint trigger ledger_entries_balanced after insert on private.ledger_entries
  deferrable initially deferred for each row execute function private.require_ledger_balance();

-- Posts one transaction; false when (kind, source) was posted before, or nothing is left to post.
--
-- p_entries  [{"account": "receivable", "amount": 99000}, …]: debit positive, credit negative, sum 0; lines of 0 are left out
-- p_at       when it happened, by the organization's clock
create function private.post_ledger(p_organization uuid, p_kind text, p_source uuid, p_currency text, p_entries jsonb,
                                    p_at timestamptz default now(), p_payment uuid default null, p_refund uuid default null)
returns boolean
language plpgsql set search_path = '' as $$
declare
  v_sum numeric;
  v_lines int;
  v_transaction uuid;
begin
  select coalesce(sum((e ->> 'amount')::bigint), 0), count(*) filter (where (e ->> 'amount')::bigint <> 0) into v_sum, v_lines
  from jsonb_array_elements(p_entries) e;
  if v_sum <> 0 then
    raise exception using errcode = '23514', message = 'a ledger transaction does not add up to zero',
      detail = jsonb_build_object('kind', p_kind, 'source', p_source, 'sum', v_sum)::text;
  end if;
  if v_lines = 0 then
    return false;
  end if;
  insert into private.ledger_transactions (organization_id, kind, source, currency, at, payment_id, refund_id)
  values (p_organization, p_kind, p_source, p_currency, p_at, p_payment, p_refund)
  on conflict (kind, source) do nothing returning id into v_transaction;
  if v_transaction is null then
    return false;
  end if;
  insert into private.ledger_entries (transaction_id, line, organization_id, currency, account, amount)
  select v_transaction, row_number() over (order by e.n), p_organization, p_currency, e.entry ->> 'account', (e.entry ->> 'amount')::bigint
  from jsonb_array_elements(p_entries) with ordinality e (entry, n) where (e.entry ->> 'amount')::bigint <> 0;
  return true;
end
$$;

-- What an account holds, in minor units: of one organization, or of all of them.
create function private.ledger_balance(p_account text, p_currency text, p_organization uuid default null) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(sum(e.amount), 0)::bigint from private.ledger_entries e
  where e.account = p_account and e.currency = p_currency and (p_organization is null or e.organization_id = p_organization)
$$;

-- What one payment moved on an account, in minor units.
create function private.ledger_of_payment(p_organization uuid, p_payment uuid, p_account text) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(sum(e.amount), 0)::bigint from private.ledger_transactions t
  join private.ledger_entries e on e.transaction_id = t.id and e.account = p_account
  where t.organization_id = p_organization and t.payment_id = p_payment
$$;
