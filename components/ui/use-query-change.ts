"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { POSITION } from "@/lib/paging/address";

/** Reads and changes one parameter of this page's address; a change goes back to the first rows unless it keeps the place. */
export function useQueryChange(name: string, { keepsPlace = false } = {}) {
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const [pending, startTransition] = useTransition();

  function change(value: string) {
    const next = new URLSearchParams(query);
    if (!keepsPlace) for (const position of POSITION) next.delete(position);
    if (value) next.set(name, value);
    else next.delete(name);
    startTransition(() => router.replace(next.size > 0 ? `${path}?${next}` : path, { scroll: false }));
  }

  return { current: query.get(name) ?? "", change, pending };
}
