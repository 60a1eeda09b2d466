import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FieldGrid } from "@/components/ui/form-actions";
import { MoneyInput } from "@/components/ui/money-input";
import type { TenderMethod } from "@/lib/sales/totals";
import type { Counted } from "./counted";

interface CountSlipsProps {
  counted: Counted;
  onCount: (method: TenderMethod, pesos: number | null) => void;
  /** Tenders that nobody has counted yet, where that is to be said. */
  missing: readonly TenderMethod[];
}

/** The sums of the other tenders' slips. They begin empty: that there were none is for the person to say. */
export function CountSlips({ counted, onCount, missing }: CountSlipsProps) {
  const t = useTranslations("cashRegister");
  return (
    <Card title={t("close.other")} description={t("close.otherHint")}>
      <FieldGrid columns={3}>
        {(["debit", "credit", "transfer"] as const).map((method) => (
          <Field
            key={method}
            name={method}
            label={t(`methods.${method}`)}
            required
            {...(missing.includes(method) && { error: t("close.notCounted") })}
          >
            <MoneyInput
              value={counted[method]}
              onValueChange={(pesos) => onCount(method, pesos)}
              suffix={counted[method] === null && <None method={method} onPress={() => onCount(method, 0)} />}
            />
          </Field>
        ))}
      </FieldGrid>
    </Card>
  );
}

/** One press instead of a typed zero. */
function None({ method, onPress }: { method: TenderMethod; onPress: () => void }) {
  const t = useTranslations("cashRegister");
  return (
    <button
      type="button"
      aria-label={t("close.noneOf", { method: t(`methods.${method}`) })}
      onClick={onPress}
      className="h-full px-3 text-sm font-medium text-brand-text hover:underline"
    >
      {t("close.none")}
    </button>
  );
}
