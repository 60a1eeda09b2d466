"use client";

import { useEffect, useState } from "react";
import type { CustomerChoice } from "@/lib/customers";
import type { CartCustomer } from "./cart";

const PAUSE_MS = 140;
const none: readonly CartCustomer[] = [];

/** Customers that a text means, after a short pause. */
export function useCustomerSearch(typed: string) {
  const q = typed.trim();
  const [answer, setAnswer] = useState({ to: "", customers: none, failed: false });

  useEffect(() => {
    if (q === "") return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      ask(q, asking.signal).then(
        (customers) => setAnswer({ to: q, customers, failed: false }),
        () => asking.signal.aborted || setAnswer({ to: q, customers: none, failed: true }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [q]);

  return {
    customers: q === "" ? none : answer.customers,
    waiting: q !== "" && answer.to !== q,
    failed: answer.failed,
  };
}

async function ask(q: string, signal: AbortSignal): Promise<CartCustomer[]> {
  const response = await fetch(`/api/customers/search?${new URLSearchParams({ q })}`, { signal });
  if (!response.ok) throw new Error(`customers answered ${response.status}`);
  const customers = (await response.json()) as readonly CustomerChoice[];
  return customers.map(({ id, name, rut, phone, email }) => ({ id, name, detail: rut ?? phone, email }));
}
