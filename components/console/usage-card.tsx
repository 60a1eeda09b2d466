import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DialogButton } from "@/components/ui/dialog";
import { ActionForm, Field, type FormAction, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { UsageMeter } from "@/components/ui/usage-meter";

interface UsageCardProps {
  organizationId: string;
  usage: readonly {
    metric: "branches" | "users" | "customers" | "products";
    used: number;
    max: number | null;
    override: { reason: string } | null;
  }[];
  /** Null for staff who may only look. */
  setLimit: FormAction<void> | null;
}

/** Usage against the limits, and the limits that were agreed apart from the tier. */
export function UsageCard({ usage, organizationId, setLimit }: UsageCardProps) {
  const t = useTranslations("console");
  return (
    <Card title={t("detail.usage")} description={t("detail.usageHint")}>
      <ul className="flex flex-col gap-5">
        {usage.map(({ metric, used, max, override }) => (
          <li key={metric} className="flex items-end gap-4">
            <div className="min-w-0 flex-1">
              <UsageMeter label={t(`metrics.${metric}`)} used={used} max={max} />
              {override && (
                <p className="mt-1 text-sm text-ink-soft">
                  {t("detail.override", { reason: override.reason })}
                </p>
              )}
            </div>
            {setLimit && (
              <DialogButton
                label={t("detail.changeLimit")}
                aria-label={`${t("detail.changeLimit")}: ${t(`metrics.${metric}`)}`}
                buttonSize="sm"
                title={t("detail.changeLimitOf", { metric: t(`metrics.${metric}`) })}
                description={t("detail.changeLimitHint")}
              >
                <ActionForm action={setLimit} successMessage={t("detail.limitChanged")}>
                  <input type="hidden" name="organizationId" value={organizationId} />
                  <input type="hidden" name="metric" value={metric} />
                  <div className="flex flex-col gap-4">
                    <Field name="max" label={t("detail.maximum")} hint={t("detail.maximumHint")}>
                      <Input type="number" min={1} defaultValue={max ?? ""} />
                    </Field>
                    <Field name="reason" label={t("detail.reason")} required>
                      <Textarea rows={2} />
                    </Field>
                  </div>
                  <FormActions>
                    <SubmitButton>{t("detail.changeLimit")}</SubmitButton>
                  </FormActions>
                </ActionForm>
              </DialogButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
