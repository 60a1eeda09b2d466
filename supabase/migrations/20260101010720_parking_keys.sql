-- A sale is put aside once under its key: a till whose answer was lost asks again. Null in what was parked before.

alter table public.parked_sales add column idempotency_key text check (length(idempotency_key) between 8 and 80);
create unique index parked_sales_by_key on public.parked_sales (organization_id, idempotency_key);
grant insert (idempotency_key) on public.parked_sales to authenticated;
