"use client";

import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, useTransition } from "react";
import { type Aligned, cellLook } from "./cell-look";
import { ChooseRow } from "./selection";

/** How the values of one column stand. */
export interface Column extends Aligned {
  /** Heading of the column, shown before the value on a phone. */
  label?: string;
  /** The value that ends the first line on a phone: a total, a state. */
  side?: boolean;
  className?: string;
}

/** An instant as people read it, with the exact one for machines. */
export interface Instant {
  /** ISO 8601. */
  at: string;
  text: string;
  tip?: string;
}

export interface TableRow {
  /** The record's page: the whole row leads there. No two rows share one. */
  href: string;
  /** One value a column; the first names the row. */
  values: readonly (ReactNode | Instant)[];
  /** Stands behind the name: a state. */
  mark?: ReactNode;
}

interface TableRowsProps {
  columns: readonly Column[];
  rows: readonly TableRow[];
  /** Lets each row be chosen by a box, inside a `Selection` of the same rows; what names a row is text then. */
  choosable?: boolean;
}

/**
 * The rows of a list, sent as plain values and made into markup here: on the server and in the browser by the same
 * code, so that a page does not carry every cell twice. For lists whose rows lead to a record.
 */
export function TableRows({ columns, rows, choosable = false }: TableRowsProps) {
  const router = useRouter();
  const [waiting, start] = useTransition();
  function follow(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest("a.row-link") : null;
    const href = link?.getAttribute("href");
    if (!href || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    start(() => router.push(href));
  }
  const looks = columns.map(({ label, side, className, ...aligned }, index) => ({
    "data-lead": index === 0 ? "" : undefined,
    "data-side": side ? "" : undefined,
    "data-label": label,
    ...cellLook(aligned, className),
  }));
  return (
    <tbody role="rowgroup" onClick={follow} data-waiting={waiting || undefined}>
      {rows.map(({ href, values, mark }, place) => (
        <tr key={href} role="row">
          {choosable && (
            <td role="cell" data-choice="">
              <ChooseRow place={place} name={typeof values[0] === "string" ? values[0] : ""} />
            </td>
          )}
          {looks.map((look, index) => (
            <td key={index} role="cell" {...look}>
              {index === 0 ? (
                <>
                  <a href={href} className="row-link">
                    {written(values[0])}
                  </a>
                  {mark}
                </>
              ) : (
                written(values[index])
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function written(value: ReactNode | Instant): ReactNode {
  if (!isInstant(value)) return value;
  return (
    <time dateTime={value.at} data-tip={value.tip}>
      {value.text}
    </time>
  );
}

function isInstant(value: ReactNode | Instant): value is Instant {
  // Not by `at`: what a fragment holds comes from the server as an array, and arrays have a method of that name.
  return typeof value === "object" && value !== null && "text" in value;
}
