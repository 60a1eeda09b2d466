import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { type Aligned, cellLook } from "./cell-look";
import { cn } from "./cn";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "./icons";
import type { TableView } from "./table-view";

// The look stands in app/globals.css (`.data-table`): cells are many, and each class name would be sent with
// each of them, twice. On a phone a row becomes a small card; `display` then takes the meaning of a table away
// from screen readers, so every part says its role itself.

export interface TableProps {
  /** What the table lists; read aloud, not shown. */
  caption: string;
  /** Stays a table on a phone and scrolls sideways instead. */
  keepShape?: boolean;
  className?: string;
  children: ReactNode;
}

/** Rows that came from the server. Put TableHead and TableBody inside, and all of it in a `<Card flush>`. */
export function Table({ caption, keepShape = false, className, children }: TableProps) {
  return (
    <div
      className={cn("data-table scrollbar-calm", !keepShape && "data-table-cards", className)}
      // What scrolls sideways must be reachable by the keyboard.
      {...(keepShape && { role: "region", "aria-label": caption, tabIndex: 0 })}
    >
      <table role="table">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

/** The headings; on a desk they stay in view while the rows scroll. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup">
      <tr role="row">{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody role="rowgroup">{children}</tbody>;
}

export interface HeaderProps extends Aligned {
  className?: string;
  children?: ReactNode;
}

/** A heading that does not sort. Without text, say what the column holds in `sr-only`. */
export function Header({ className, children, ...aligned }: HeaderProps) {
  return (
    <th role="columnheader" scope="col" {...cellLook(aligned, className)}>
      {children}
    </th>
  );
}

export interface SortHeaderProps extends HeaderProps {
  view: TableView;
  column: string;
}

/** A heading that sorts by its column; a second press turns the order round. */
export function SortHeader({ view, column, className, children, ...aligned }: SortHeaderProps) {
  const t = useTranslations("common.table");
  const direction = view.sort?.column === column ? view.sort.direction : null;
  const Icon = direction === "asc" ? ArrowUp : direction === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={direction === null ? undefined : direction === "asc" ? "ascending" : "descending"}
      {...cellLook(aligned, className)}
    >
      <Link
        href={view.sortHref(column)}
        prefetch={false}
        scroll={false}
        className={cn(
          "-mx-1.5 inline-flex min-h-8 items-center gap-1 rounded-xs px-1.5 hover:text-ink",
          direction && "text-ink",
          aligned.numeric && "flex-row-reverse",
        )}
      >
        {children}
        <Icon aria-hidden className={cn("size-3.5", !direction && "text-ink-faint opacity-60")} />
        {direction && (
          <span className="sr-only">, {t(direction === "asc" ? "sortedAscending" : "sortedDescending")}</span>
        )}
      </Link>
    </th>
  );
}

/** A row; it lights up under the pointer when a RowLink makes all of it a link. */
export function Row(props: ComponentProps<"tr">) {
  return <tr role="row" {...props} />;
}

export interface CellProps extends Aligned {
  /** Heading of the column, shown before the value on a phone. */
  label?: string;
  /** The value that names the row: begins the first line on a phone. */
  lead?: boolean;
  /** The value that ends the first line on a phone: a total, a state. */
  side?: boolean;
  className?: string;
  children?: ReactNode;
}

/** One value. */
export function Cell({ label, lead, side, className, children, ...aligned }: CellProps) {
  return (
    <td
      role="cell"
      data-lead={lead ? "" : undefined}
      data-side={side ? "" : undefined}
      data-label={label}
      {...cellLook(aligned, className)}
    >
      {children}
    </td>
  );
}

/** The link of a row: its text names the row, its target is the whole row. Other links in the row need `relative z-1`. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...rest} className={cn("row-link", className)} />;
}
