import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ShareBar } from "./share-bar";

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
      <ShareBar share={share} className={colour} />
    </div>
  );
}
