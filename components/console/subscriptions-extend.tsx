"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/ui/dialog";
import { ActionForm, Field, type FormAction, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";

interface SubscriptionsExtendProps {
  organizationId: string;
  /** The end that is on the screen: the same form sent twice gives the days once. */
  from: string;
  /** The same, written for people. */
  day: string;
  extend: FormAction<{ days: number }>;
}

/** Gives a shop days for nothing. */
export function SubscriptionsExtend({ organizationId, from, day, extend }: SubscriptionsExtendProps) {
  const t = useTranslations("consoleSubscriptions.extend");
  return (
    <DialogButton
      variant="primary"
      label={t("action")}
      title={t("title")}
      description={t("description", { day })}
    >
      <ActionForm action={extend} successMessage={({ days }) => t("done", { days })}>
        <input type="hidden" name="organizationId" value={organizationId} />
        <input type="hidden" name="from" value={from} />
        <div className="flex flex-col gap-4">
          <Field name="days" label={t("days")} hint={t("daysHint")} required>
            <Input inputMode="numeric" className="max-w-32" autoFocus />
          </Field>
          <Field name="reason" label={t("reason")} hint={t("reasonHint")} required>
            <Textarea rows={2} />
          </Field>
        </div>
        <FormActions>
          <SubmitButton>{t("action")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </DialogButton>
  );
}
