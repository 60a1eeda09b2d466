"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useTransition } from "react";
import { POSITION } from "@/lib/paging/address";

/** Where the page is on its way to: two filters that are changed at once both count, though the first is not shown yet. */
let underWay: { readonly from: string; readonly query: URLSearchParams } | null = null;

/** Reads and changes one parameter of this page's address; a change goes back to the first rows unless it keeps the place. */
export function useQueryChange(name: string, { keepsPlace = false } = {}) {
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const [pending, startTransition] = useTransition();
  const here = `${path}?${query}`;

  useEffect(() => {
    if (!pending) return undefined;
    return () => {
      underWay = null;
    };
  }, [pending]);

  function change(value: string) {
    const next = new URLSearchParams(underWay?.from === here ? underWay.query : query);
    if (!keepsPlace) for (const position of POSITION) next.delete(position);
    if (value) next.set(name, value);
    else next.delete(name);
    underWay = { from: here, query: next };
    startTransition(() => router.replace(next.size > 0 ? `${path}?${next}` : path, { scroll: false }));
  }

  return { current: query.get(name) ?? "", change, pending };
}
