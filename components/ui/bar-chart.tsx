import { cn } from "./cn";

export interface Bar {
  label: string;
  value: number;
  /** The value, written for people. */
  text: string;
}

const HEIGHT = 160;

/** Columns over time or by group, drawn on the server; the figures are also a table for screen readers. */
export function BarChart({
  caption,
  bars,
  className,
}: {
  caption: string;
  bars: readonly Bar[];
  className?: string;
}) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <figure className={cn("min-w-0", className)}>
      <div aria-hidden className="flex h-44 items-end gap-1.5 sm:gap-2.5">
        {bars.map(({ label, value, text }) => (
          <div
            key={label}
            data-tip={`${label}: ${text}`}
            className="flex h-full min-w-0 flex-1 flex-col justify-end gap-1.5"
          >
            <svg
              viewBox={`0 0 10 ${HEIGHT}`}
              preserveAspectRatio="none"
              className="mx-auto block min-h-0 w-full max-w-14 flex-1 rounded-xs text-brand opacity-85 transition-opacity hover:opacity-100"
            >
              <rect
                x="0"
                width="10"
                y={HEIGHT - Math.max(2, (value / most) * HEIGHT)}
                height={Math.max(2, (value / most) * HEIGHT)}
                fill="currentColor"
              />
            </svg>
            <span className="truncate text-center text-xs text-ink-soft">{label}</span>
          </div>
        ))}
      </div>
      <figcaption className="sr-only">{caption}</figcaption>
      <table className="sr-only">
        <caption>{caption}</caption>
        <tbody>
          {bars.map(({ label, text }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
