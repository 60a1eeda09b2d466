import { useTranslations } from "next-intl";
import { buttonVariants } from "@/components/ui/button";
import { controlStyle } from "@/components/ui/control-style";

interface CouponFormProps {
  tier: string;
  interval: "month" | "year";
  /** What was typed. */
  coupon: string | null;
  /** Why it does not count. */
  problem: string | null;
}

/** Takes a coupon by loading the page with it: the price that is shown is always the server's. */
export function CouponForm({ tier, interval, coupon, problem }: CouponFormProps) {
  const t = useTranslations("checkout");
  return (
    <form method="get" className="flex flex-col gap-1.5">
      <input type="hidden" name="tier" value={tier} />
      <input type="hidden" name="interval" value={interval} />
      <label htmlFor="coupon" className="text-sm font-medium">
        {t("coupon")}
      </label>
      <span className="flex gap-2">
        <input
          id="coupon"
          name="coupon"
          defaultValue={coupon ?? ""}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? "coupon-problem" : undefined}
          className={controlStyle()}
        />
        <button type="submit" className={buttonVariants()}>
          {t("applyCoupon")}
        </button>
      </span>
      {problem && (
        <p id="coupon-problem" role="alert" className="text-sm text-danger-text">
          {problem}
        </p>
      )}
    </form>
  );
}
