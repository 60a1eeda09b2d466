-- Two people who change one branch do not overwrite each other, as with customers and products.

alter table public.branches
  add column version    int not null default 1,
  add column updated_at timestamptz not null default now();
comment on column public.branches.version is 'Raised by each change: a form that was opened before is refused, not merged.';
create trigger branches_touch before update on public.branches for each row execute function private.touch_version();
