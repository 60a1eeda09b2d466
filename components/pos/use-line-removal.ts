"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import type { Till } from "./cart";
import { type TillEvent, takingBack } from "./till-events";

interface RemovalSetting {
  /** The till as it stands when called. */
  readonly current: () => Till;
  readonly dispatch: (event: TillEvent) => void;
  /** Whatever removes a line may go with it, and would take the focus along. */
  readonly focusField: () => void;
}

/** Takes a product out of the sale, and offers the way back. */
export function useLineRemoval({ current, dispatch, focusField }: RemovalSetting) {
  const t = useTranslations("pos.line");
  return (productId: string) => {
    const before = current();
    const line = before.lines.find((one) => one.productId === productId);
    if (!line) return;
    dispatch({ type: "lineRemoved", productId });
    focusField();
    toast.info(t("removed", { name: line.name }), {
      action: { label: t("undo"), run: () => dispatch(takingBack(before, line, Date.now())) },
    });
  };
}
