"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Wallet } from "@/components/ui/icons";
import { MoneyInput } from "@/components/ui/money-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { useDesk } from "./desk";
import { useFirstFocus } from "./use-first-focus";

/** Cash needs an open drawer: opened here, on the way, without losing the sale. */
export function DrawerStep() {
  const t = useTranslations("pos.drawer");
  const { actions, branchId, drawerOpened } = useDesk();
  useFirstFocus("[name=float]");
  return (
    <ActionForm
      action={actions.openDrawer}
      keepOpen
      onSuccess={drawerOpened}
      className="flex flex-col gap-4 rounded-lg border border-line p-4"
    >
      <div className="flex gap-3">
        <Wallet aria-hidden className="mt-0.5 text-brand-text" />
        <div>
          <p className="font-semibold">{t("title")}</p>
          <p className="text-sm text-ink-soft">{t("text")}</p>
        </div>
      </div>
      <input type="hidden" name="branchId" value={branchId} />
      <Field name="float" label={t("float")} required>
        <MoneyInput size="lg" defaultValue={0} />
      </Field>
      <SubmitButton size="lg" block>
        {t("submit")}
      </SubmitButton>
    </ActionForm>
  );
}
