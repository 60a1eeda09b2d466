import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import type { TableView } from "./table-view";

// On a phone a row becomes a small card and each cell is led by its label. `display` takes the meaning of
// a table away from screen readers, so every part says its role itself.

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
      className={cn(
        "group/table w-full",
        keepShape ? "overflow-x-auto scrollbar-calm" : "sm:overflow-x-auto sm:scrollbar-calm",
        className,
      )}
      data-cards={keepShape ? undefined : ""}
    >
      <table role="table" className="w-full border-collapse text-sm max-sm:group-data-cards/table:block">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

/** The headings; they stay in view while the rows scroll. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="sticky top-0 z-10 bg-surface max-sm:group-data-cards/table:sr-only">
      <tr role="row">{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="max-sm:group-data-cards/table:block">
      {children}
    </tbody>
  );
}

interface Aligned {
  /** Figures stand at the right, in digits of one width. */
  numeric?: boolean;
  /** Left out where the screen is narrow: `md` below 768 px, `lg` below 1024 px. */
  hideBelow?: "md" | "lg";
}

const hiding = { md: "max-md:hidden", lg: "max-lg:hidden" } as const;

const headCell =
  "h-10 border-b border-line px-3 text-left text-xs font-medium whitespace-nowrap text-ink-soft first:pl-5 last:pr-5";

export interface HeaderProps extends Aligned {
  className?: string;
  children?: ReactNode;
}

/** A heading that does not sort. Without text, say what the column holds in `sr-only`. */
export function Header({ numeric = false, hideBelow, className, children }: HeaderProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={cn(headCell, numeric && "text-right", hideBelow && hiding[hideBelow], className)}
    >
      {children}
    </th>
  );
}

export interface SortHeaderProps extends HeaderProps {
  view: TableView;
  column: string;
}

/** A heading that sorts by its column; a second press turns the order round. */
export function SortHeader({
  view,
  column,
  numeric = false,
  hideBelow,
  className,
  children,
}: SortHeaderProps) {
  const t = useTranslations("common.table");
  const direction = view.sort?.column === column ? view.sort.direction : null;
  const Icon = direction === "asc" ? ArrowUp : direction === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={direction === null ? undefined : direction === "asc" ? "ascending" : "descending"}
      className={cn(headCell, numeric && "text-right", hideBelow && hiding[hideBelow], className)}
    >
      <Link
        href={view.sortHref(column)}
        scroll={false}
        className={cn(
          "-mx-1.5 inline-flex min-h-8 items-center gap-1 rounded-xs px-1.5 hover:text-ink",
          direction && "text-ink",
          numeric && "flex-row-reverse",
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
export function Row({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      role="row"
      {...rest}
      className={cn(
        "relative border-b border-line last:border-b-0 has-[a[data-row]]:hover:bg-sunken/60",
        "max-sm:group-data-cards/table:flex max-sm:group-data-cards/table:flex-wrap max-sm:group-data-cards/table:items-center max-sm:group-data-cards/table:gap-x-3 max-sm:group-data-cards/table:gap-y-1 max-sm:group-data-cards/table:px-5 max-sm:group-data-cards/table:py-3.5",
        // Ends the first line, which lead and side have to themselves.
        "max-sm:group-data-cards/table:before:order-[-1] max-sm:group-data-cards/table:before:basis-full",
        className,
      )}
    />
  );
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
export function Cell({
  label,
  lead = false,
  side = false,
  numeric = false,
  hideBelow,
  className,
  children,
}: CellProps) {
  return (
    <td
      role="cell"
      className={cn(
        "h-12 px-3 py-2 first:pl-5 last:pr-5",
        "max-sm:group-data-cards/table:flex max-sm:group-data-cards/table:h-auto max-sm:group-data-cards/table:min-w-0 max-sm:group-data-cards/table:items-baseline max-sm:group-data-cards/table:gap-1.5 max-sm:group-data-cards/table:p-0",
        numeric && "text-right tabular",
        lead &&
          "font-medium max-sm:group-data-cards/table:order-[-3] max-sm:group-data-cards/table:flex-1 max-sm:group-data-cards/table:text-base",
        side && "max-sm:group-data-cards/table:order-[-2] max-sm:group-data-cards/table:font-medium",
        hideBelow && hiding[hideBelow],
        className,
      )}
    >
      {label && (
        <span aria-hidden className="hidden text-xs text-ink-faint max-sm:group-data-cards/table:inline">
          {label}
        </span>
      )}
      {children}
    </td>
  );
}

/** The link of a row: its text names the row, its target is the whole row. Other links in the row need `relative z-1`. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-row
      {...rest}
      className={cn(
        "outline-none after:absolute after:inset-0 focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus",
        className,
      )}
    />
  );
}
