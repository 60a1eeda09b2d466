import { cn } from "./cn";

const sizes = { sm: "size-7 text-[0.6875rem]", md: "size-9 text-xs", lg: "size-12 text-base" } as const;

/** The initials of a person or a shop; decorative (drawn, not text), the name stands beside it. */
export function Avatar({
  name,
  size = "md",
  square = false,
  className,
}: {
  name: string;
  size?: keyof typeof sizes;
  square?: boolean;
  className?: string;
}) {
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className={cn(
        "inline-grid before:content-[attr(data-initials)] shrink-0 place-items-center bg-brand-soft font-semibold text-brand-text select-none",
        square ? "rounded-md" : "rounded-full",
        sizes[size],
        className,
      )}
    />
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen
    .map((word) => word?.[0] ?? "")
    .join("")
    .toLocaleUpperCase();
}
