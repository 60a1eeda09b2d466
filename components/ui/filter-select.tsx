"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { cn } from "./cn";
import { Select } from "./select";

export interface FilterSelectProps {
  /** Name in the address. */
  name: string;
  /** Accessible name; also the choice that filters nothing. */
  label: string;
  options: readonly { value: string; label: string }[];
  className?: string;
}

/** Filters the list of this page by one choice, kept in the address. */
export function FilterSelect({ name, label, options, className }: FilterSelectProps) {
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const [pending, startTransition] = useTransition();

  function choose(value: string) {
    const next = new URLSearchParams(query);
    for (const position of ["after", "before", "page"]) next.delete(position);
    if (value) next.set(name, value);
    else next.delete(name);
    startTransition(() => router.replace(next.size > 0 ? `${path}?${next}` : path, { scroll: false }));
  }

  return (
    <Select
      key={query.get(name)}
      aria-label={label}
      placeholder={label}
      options={options}
      defaultValue={query.get(name) ?? ""}
      aria-busy={pending || undefined}
      onChange={(event) => choose(event.currentTarget.value)}
      className={cn("w-auto min-w-36 max-sm:flex-1", className)}
    />
  );
}
