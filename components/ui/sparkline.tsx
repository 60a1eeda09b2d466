import { cn } from "./cn";

/** The course of a figure, without axes; say in words beside it what it shows. */
export function Sparkline({ values, className }: { values: readonly number[]; className?: string }) {
  if (values.length < 2) return null;
  const most = Math.max(...values);
  const least = Math.min(...values);
  const range = most - least || 1;
  const points = values.map(
    (value, index) =>
      `${(index / (values.length - 1)) * 100},${(26 - ((value - least) / range) * 24).toFixed(2)}`,
  );
  return (
    <svg
      viewBox="0 0 100 28"
      preserveAspectRatio="none"
      aria-hidden="true"
      className={cn("block h-9 w-full text-brand", className)}
    >
      <polygon points={`0,28 ${points.join(" ")} 100,28`} fill="currentColor" opacity="0.1" />
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
