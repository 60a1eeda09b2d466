-- Revenue is real money: the ledger keeps what test shops and test gateways move as well, because gateways are compared
-- with it to the peso, but nobody earned it.

-- Revenue between two instants, in minor units: what was charged, less what was let off, went back or was lost. Without
-- test shops, and without payments that were opened while their gateway moved no money. Credit is posted without a
-- payment: it is as real as what the shop had paid last. (Credit left by test money that a real payment uses up later
-- is taken for real.)
create or replace function private.ledger_revenue(p_currency text, p_from timestamptz, p_to timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(-sum(e.amount), 0)::bigint from private.ledger_transactions t
  join public.organizations o on o.id = t.organization_id and not o.is_test
  join private.ledger_entries e on e.transaction_id = t.id and e.account in ('revenue', 'discounts', 'refunds', 'disputes', 'rounding')
  left join public.payments p on p.organization_id = t.organization_id and p.id = t.payment_id
  where t.currency = p_currency and t.at >= p_from and t.at < p_to
    and not coalesce(p.test_mode, (select x.test_mode from public.payments x where x.organization_id = t.organization_id
                                   and x.amount > 0 and x.paid_at <= t.at order by x.paid_at desc limit 1), false)
$$;
