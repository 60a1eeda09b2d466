import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Moment } from "@/components/ui/moment";
import type { SessionMovement } from "@/lib/cash-register";
import { formatMoney } from "@/lib/money";

/** Money that went in and out of a drawer without a sale. */
export function MovementList({
  movements,
  timeZone,
}: {
  movements: readonly SessionMovement[];
  timeZone: string;
}) {
  const t = useTranslations("cashRegister.movement");
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line text-sm">
      {movements.map(({ id, kind, amount, reason, at }) => (
        <li key={id} className="flex items-baseline justify-between gap-4 py-2 first:pt-0 last:pb-0">
          <span className="min-w-0">
            <span className="block font-medium">{reason}</span>
            <span className="text-ink-soft">
              {t(kind === "paid_in" ? "paid_in" : "paid_out")}
              {" · "}
              <Moment value={at} timeZone={timeZone} />
            </span>
          </span>
          <span
            className={cn(
              "shrink-0 font-medium tabular",
              kind === "paid_in" ? "text-success-text" : "text-danger-text",
            )}
          >
            {`${kind === "paid_in" ? "+" : "-"}${formatMoney(amount, "CLP", locale)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
