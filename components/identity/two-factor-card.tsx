import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DialogButton } from "@/components/ui/dialog";
import { ActionForm, Field, type FormAction, FormActions, SubmitButton } from "@/components/ui/form";
import type { TwoFactor } from "@/lib/identity";
import { CodeInput } from "./code-input";
import { CodesForm, CodesStage, NewCodes } from "./codes-stage";
import { useRecoveryCodesText } from "./recovery-codes-text";

interface TwoFactorCardProps {
  factor: TwoFactor;
  begin: FormAction<void>;
  remove: FormAction<void>;
  replaceCodes: FormAction<string[]>;
}

/** The second factor: on or off, and what it takes to change that. */
export function TwoFactorCard({ factor, begin, remove, replaceCodes }: TwoFactorCardProps) {
  const t = useTranslations("profile");
  const text = useRecoveryCodesText();
  const on = factor.state === "on";
  return (
    <Card
      title={t("twoFactor")}
      description={on ? t("twoFactorOn", { count: factor.recoveryCodesLeft }) : t("twoFactorOff")}
      actions={<Badge tone={on ? "success" : "neutral"}>{t(on ? "on" : "off")}</Badge>}
    >
      {on ? (
        <div className="flex flex-wrap gap-3">
          <DialogButton label={t("newCodes")} title={t("newCodes")} description={t("newCodesDescription")}>
            <CodesStage
              form={
                <CodesForm action={replaceCodes}>
                  <CodeFields submitLabel={t("makeCodes")} />
                </CodesForm>
              }
              shown={<NewCodes text={text} mayPrint={false} />}
            />
          </DialogButton>
          <DialogButton
            variant="quietDanger"
            label={t("turnOff")}
            title={t("turnOffTitle")}
            description={t("turnOffDescription")}
          >
            <ActionForm action={remove} successMessage={t("turnedOff")} className="flex flex-col gap-5">
              <CodeFields submitLabel={t("turnOff")} />
            </ActionForm>
          </DialogButton>
        </div>
      ) : (
        <ActionForm action={begin}>
          <SubmitButton>{t("turnOn")}</SubmitButton>
        </ActionForm>
      )}
    </Card>
  );
}

function CodeFields({ submitLabel }: { submitLabel: string }) {
  const t = useTranslations("profile");
  return (
    <>
      <Field name="code" label={t("code")} required>
        <CodeInput letters autoFocus />
      </Field>
      <FormActions className="mt-0">
        <SubmitButton>{submitLabel}</SubmitButton>
      </FormActions>
    </>
  );
}
