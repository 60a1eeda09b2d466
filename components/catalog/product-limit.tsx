import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";

/** From this share of the limit on people are told. */
const NEAR = 0.9;

export interface ProductLimitProps {
  usage: { readonly used: number; readonly max: number | null };
  /** May see the plans. */
  mayUpgrade: boolean;
}

/** Tells how close the shop is to the products of its plan, before a form is refused. */
export function ProductLimit({ usage: { used, max }, mayUpgrade }: ProductLimitProps) {
  const t = useTranslations("products");
  if (max === null || used < max * NEAR) return null;
  const full = used >= max;
  const plans = mayUpgrade && (
    <ButtonLink href="/billing" size="sm">
      {t("plans")}
    </ButtonLink>
  );
  return (
    <Alert tone={full ? "warning" : "info"} className="mb-6" actions={plans}>
      {full ? t("atLimit", { max }) : t("nearLimit", { used, max })}
    </Alert>
  );
}
