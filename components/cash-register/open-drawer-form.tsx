"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import type { FormAction } from "@/components/ui/form-outcome";
import { Wallet } from "@/components/ui/icons";
import { MoneyInput } from "@/components/ui/money-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatMoney } from "@/lib/money";

/** What shops start a day with. */
const usualFloats = [20_000, 30_000, 50_000, 100_000];

/** Opens the drawer with what is in it. */
export function OpenDrawerForm({
  action,
  branchId,
}: {
  action: FormAction<{ id: string }>;
  branchId: string;
}) {
  const t = useTranslations("cashRegister.open");
  const locale = useLocale();
  const router = useRouter();
  const [float, setFloat] = useState<number | null>(null);
  return (
    <Card>
      <div className="mb-5 flex gap-4">
        <div
          aria-hidden
          className="grid size-12 shrink-0 place-items-center rounded-full bg-brand-soft text-brand-text"
        >
          <Wallet />
        </div>
        <div>
          <h2 className="text-lg font-semibold">{t("title")}</h2>
          <p className="text-ink-soft">{t("description")}</p>
        </div>
      </div>
      <ActionForm action={action} successMessage={t("done")} onSuccess={() => router.refresh()}>
        <input type="hidden" name="branchId" value={branchId} />
        <Field name="float" label={t("float")} required>
          <MoneyInput size="lg" autoFocus value={float} onValueChange={setFloat} />
        </Field>
        <div className="mt-3 grid grid-cols-2 gap-2 sm:grid-cols-5">
          <Quick onPress={() => setFloat(0)}>{t("empty")}</Quick>
          {usualFloats.map((amount) => (
            <Quick key={amount} onPress={() => setFloat(amount)}>
              {formatMoney(amount, "CLP", locale)}
            </Quick>
          ))}
        </div>
        <FormActions>
          <SubmitButton size="lg">{t("submit")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}

function Quick({ onPress, children }: { onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="h-11 rounded-md border border-line bg-surface text-sm font-medium tabular shadow-xs hover:bg-sunken"
    >
      {children}
    </button>
  );
}
