import { useTranslations } from "next-intl";
import { ProblemLink } from "@/components/ui/problem-link";
import type { VoidDrawer } from "@/lib/cash-register";

interface VoidDrawerChoiceProps {
  amount: string;
  drawers: readonly VoidDrawer[];
  mayPayIn: boolean;
}

/**
 * From which open drawer the cash of a voided sale comes: the one that took it, unless somebody says another. Where none
 * holds enough, what is brought in for the customer goes into one's own first.
 */
export function VoidDrawerChoice({ amount, drawers, mayPayIn }: VoidDrawerChoiceProps) {
  const t = useTranslations("orders.void");
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("cash", { amount })}</legend>
      <div className="flex flex-col gap-2">
        {drawers.map((drawer, index) => (
          <label
            key={drawer.id}
            className="flex min-h-11 items-center gap-3 rounded-md border border-line px-3.5 has-checked:border-brand has-checked:bg-brand-soft"
          >
            <input
              type="radio"
              name="sessionId"
              value={drawer.id}
              defaultChecked={index === 0}
              className="size-4 accent-brand"
            />
            {t(`drawers.${nameOf(drawer)}`, { name: drawer.memberName })}
          </label>
        ))}
      </div>
      {mayPayIn && (
        <ProblemLink
          code="cash_session.not_enough_cash"
          href="/cash-register"
          label={t("payIn")}
          newTab
          className="mt-2 mb-0"
        />
      )}
    </fieldset>
  );
}

function nameOf({ isOwn, tookSale }: VoidDrawer): "own" | "ownThatSold" | "thatSold" | "other" {
  if (isOwn) return tookSale ? "ownThatSold" : "own";
  return tookSale ? "thatSold" : "other";
}
