"use client";

import { useLocale, useTranslations } from "next-intl";
import { ShoppingBasket } from "@/components/ui/icons";
import { formatMoney } from "@/lib/money";
import { useDesk } from "./desk";

/** On a phone the cart is behind the products; this bar is the way to it. */
export function PhoneCartBar({ view, onOpen }: { view: "products" | "cart"; onOpen: () => void }) {
  const t = useTranslations("pos.cart");
  const locale = useLocale();
  const { till, totals } = useDesk();
  if (view === "cart" || (till.lines.length === 0 && !till.finished)) return null;
  return (
    <div className="fixed inset-x-0 bottom-[calc(3.75rem+env(safe-area-inset-bottom))] z-20 px-3 pb-2 md:hidden">
      <button
        type="button"
        onClick={onOpen}
        className="flex h-14 w-full items-center gap-3 rounded-xl bg-brand px-5 text-on-brand shadow-lg"
      >
        <ShoppingBasket aria-hidden />
        <span className="font-medium">
          {till.finished ? t("seeFinished") : t("see", { count: totals.itemCount })}
        </span>
        <span className="ml-auto text-lg font-semibold tabular">
          {formatMoney(till.finished?.total ?? totals.total, "CLP", locale)}
        </span>
      </button>
    </div>
  );
}
