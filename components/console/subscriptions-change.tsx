"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/ui/dialog";
import {
  ActionForm,
  Field,
  FieldGrid,
  type FormAction,
  FormActions,
  SubmitButton,
} from "@/components/ui/form";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";

/** What came of it. */
export interface Changed {
  readonly when: "now" | "period_end";
  /** What of the shop is more than its new plan holds. */
  readonly excess: readonly {
    readonly metric: "branches" | "users" | "customers" | "products";
    readonly used: number;
    readonly max: number;
  }[];
}

interface SubscriptionsChangeProps {
  organizationId: string;
  tier: string;
  interval: "month" | "year";
  /** A period runs, at the end of which another plan can begin. */
  mayWait: boolean;
  change: FormAction<Changed>;
}

/** The news of what exceeds a plan are to be read, not glanced at. */
const EXCESS_SHOWN_MS = 20_000;

/** Puts a shop on another plan. */
export function SubscriptionsChange({
  organizationId,
  tier,
  interval,
  mayWait,
  change,
}: SubscriptionsChangeProps) {
  const t = useTranslations("consoleSubscriptions");
  const c = useTranslations("console");

  function tell({ when, excess }: Changed) {
    const message = t(when === "now" ? "change.doneNow" : "change.doneLater");
    if (excess.length === 0) return toast.success(message);
    const list = excess
      .map(({ metric, used, max }) => t("change.excess", { metric: c(`metrics.${metric}`), used, max }))
      .join(", ");
    return toast.info(message, {
      description: t("change.exceeds", { list }),
      durationMs: EXCESS_SHOWN_MS,
    });
  }

  return (
    <DialogButton label={t("change.action")} title={t("change.title")} description={t("change.description")}>
      <ActionForm action={change} onSuccess={tell}>
        <input type="hidden" name="organizationId" value={organizationId} />
        <div className="flex flex-col gap-4">
          <FieldGrid>
            <Field name="tier" label={t("change.tier")} required>
              <Select
                defaultValue={tier}
                options={(["basic", "pro", "premium"] as const).map((value) => ({
                  value,
                  label: c(`tiers.${value}`),
                }))}
              />
            </Field>
            <Field name="interval" label={t("change.interval")} required>
              <Select
                defaultValue={interval}
                options={(["month", "year"] as const).map((value) => ({
                  value,
                  label: t(`intervals.${value}`),
                }))}
              />
            </Field>
          </FieldGrid>
          <Field name="when" label={t("change.when")} hint={mayWait && t("change.intervalHint")} required>
            <Select
              options={(mayWait ? (["now", "period_end"] as const) : (["now"] as const)).map((value) => ({
                value,
                label: t(`change.${value}`),
              }))}
            />
          </Field>
          <Field name="reason" label={t("change.reason")} required>
            <Textarea rows={2} />
          </Field>
        </div>
        <FormActions>
          <SubmitButton>{t("change.action")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </DialogButton>
  );
}
