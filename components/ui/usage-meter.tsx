import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface UsageMeterProps {
  label: ReactNode;
  used: number;
  /** Null for no limit. */
  max: number | null;
  className?: string;
}

/** How much of a limit is used: "498 de 500". Amber from 80 %, red when it is reached. */
export function UsageMeter({ label, used, max, className }: UsageMeterProps) {
  const t = useTranslations("common");
  const share = max === null || max === 0 ? 0 : Math.min(1, used / max);
  const colour =
    max !== null && used >= max ? "text-danger-solid" : share >= 0.8 ? "text-warning-solid" : "text-brand";
  return (
    <div className={className}>
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
        <span className="text-ink-soft">{label}</span>
        <span className="font-medium tabular">
          {max === null ? t("usageUnlimited", { used }) : t("usage", { used, max })}
        </span>
      </div>
      <Bar share={share} colour={colour} />
    </div>
  );
}

function Bar({ share, colour }: { share: number; colour: string }) {
  // A drawing instead of a styled element: the content policy forbids style attributes.
  return (
    <svg
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="block h-1.5 w-full overflow-hidden rounded-full bg-neutral-soft"
    >
      <rect width={share * 100} height="6" className={cn("fill-current", colour)} />
    </svg>
  );
}
