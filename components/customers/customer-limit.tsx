import Link from "next/link";
import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";

/** From this share of the limit on the list tells of it. */
const NEAR = 0.9;

export interface CustomerLimitProps {
  usage: { readonly used: number; readonly max: number | null };
  /** May see the plans. */
  mayUpgrade: boolean;
}

/** Tells how close the shop is to the customers of its plan, before a form is refused. */
export function CustomerLimit({ usage: { used, max }, mayUpgrade }: CustomerLimitProps) {
  const t = useTranslations("customers");
  if (max === null || used < max * NEAR) return null;
  const full = used >= max;
  return (
    <Alert tone={full ? "warning" : "info"} className="mb-6">
      {full ? t("atLimit", { max }) : t("nearLimit", { used, max })}{" "}
      {mayUpgrade && (
        <Link href="/billing" className="font-medium underline underline-offset-2">
          {t("plans")}
        </Link>
      )}
    </Alert>
  );
}
