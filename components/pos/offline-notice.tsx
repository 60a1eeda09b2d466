"use client";

import { useTranslations } from "next-intl";
import { WifiOff } from "@/components/ui/icons";

/** Says that the line is gone, what still works and what waits. */
export function OfflineNotice() {
  const t = useTranslations("pos");
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2.5 bg-warning-soft px-4 py-2.5 text-sm font-medium text-warning-text"
    >
      <WifiOff aria-hidden className="size-4" />
      {t("offline")}
    </div>
  );
}
