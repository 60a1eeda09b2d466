"use client";

import { cn } from "./cn";
import { shareStyle } from "./share-bar";

export interface Bar {
  label: string;
  value: number;
  /** The value, written for people. */
  text: string;
}

/**
 * Columns over time or by group, drawn by the style sheet (`.bar-chart`); screen readers hear the figures as a list.
 * A client component only to be sent as plain values.
 */
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
      <figcaption className="sr-only">{caption}</figcaption>
      <ul className="bar-chart">
        {bars.map(({ label, value, text }) => (
          <li key={label} data-tip={`${label}: ${text}`} style={shareStyle(value / most)}>
            {label}
            <span className="sr-only">: {text}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
