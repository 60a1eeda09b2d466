"use client";

import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Field, type FormAction } from "@/components/ui/form";
import { Select } from "@/components/ui/select";

/** What came of it. */
export interface Ended {
  readonly when: "now" | "period_end";
}

interface SubscriptionsEndProps {
  organization: { readonly id: string; readonly name: string };
  /** Something runs, at the end of which it can end. */
  mayWait: boolean;
  end: FormAction<Ended>;
}

/** Ends a subscription, after the name of the shop was typed. */
export function SubscriptionsEnd({ organization, mayWait, end }: SubscriptionsEndProps) {
  const t = useTranslations("consoleSubscriptions.end");
  return (
    <ConfirmButton
      label={t("action")}
      variant="quietDanger"
      title={t("title", { name: organization.name })}
      description={t("description")}
      action={end}
      values={{ organizationId: organization.id }}
      confirmLabel={t("action")}
      confirmText={organization.name}
      askReason
      reasonLabel={t("reason")}
      successMessage={({ when }) => t(when === "now" ? "doneNow" : "doneLater")}
    >
      <Field name="when" label={t("when")} required>
        <Select
          options={(mayWait ? (["period_end", "now"] as const) : (["now"] as const)).map((value) => ({
            value,
            label: t(value),
          }))}
        />
      </Field>
    </ConfirmButton>
  );
}
