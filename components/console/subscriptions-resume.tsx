"use client";

import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import type { FormAction } from "@/components/ui/form";

interface SubscriptionsResumeProps {
  organization: { readonly id: string; readonly name: string };
  resume: FormAction<void>;
}

/** Takes back an end that staff ordered and that has not come. */
export function SubscriptionsResume({ organization, resume }: SubscriptionsResumeProps) {
  const t = useTranslations("consoleSubscriptions.resume");
  return (
    <ConfirmButton
      label={t("action")}
      tone="primary"
      title={t("title", { name: organization.name })}
      description={t("description")}
      action={resume}
      values={{ organizationId: organization.id }}
      confirmLabel={t("action")}
      askReason
      reasonLabel={t("reason")}
      successMessage={t("done")}
    />
  );
}
