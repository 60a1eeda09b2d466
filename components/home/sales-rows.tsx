"use client";

import Link from "next/link";
import type { ReactNode } from "react";

/** A sale as the list of the newest shows it, in words and figures for people. */
export interface SaleRow {
  id: string;
  customer: string;
  detail: string;
  total: string;
  /** ISO 8601. */
  at: string;
  time: string;
  /** The whole instant. */
  tip: string;
  /** Stands behind the customer: a state. */
  mark?: ReactNode;
}

/** The newest sales, each leading to its page. A client component only to be sent as plain values. */
export function SalesRows({ rows }: { rows: readonly SaleRow[] }) {
  return (
    <ul className="pb-2">
      {rows.map(({ id, customer, detail, total, at, time, tip, mark }) => (
        <li key={id} className="border-t border-line first:border-0">
          <Link
            href={`/orders/${id}`}
            prefetch={false}
            className="flex min-h-14 items-center justify-between gap-4 px-5 py-2 -outline-offset-2 hover:bg-sunken"
          >
            <span className="min-w-0">
              <span className="flex items-center gap-2">
                <span className="truncate">{customer}</span>
                {mark}
              </span>
              <span className="block truncate text-sm text-ink-soft">{detail}</span>
            </span>
            <span className="shrink-0 text-right">
              <span className="block font-medium whitespace-nowrap tabular">{total}</span>
              <time dateTime={at} data-tip={tip} className="text-sm text-ink-soft tabular">
                {time}
              </time>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
