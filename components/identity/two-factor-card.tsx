import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DialogButton } from "@/components/ui/dialog";
import { ActionForm, Field, type FormAction, FormActions, SubmitButton } from "@/components/ui/form";
import { PasswordInput } from "@/components/ui/password-input";
import type { TwoFactor } from "@/lib/identity";
import { CodeInput } from "./code-input";
import { CodesDialog } from "./codes-dialog";
import { useRecoveryCodesText } from "./recovery-codes-text";

interface TwoFactorCardProps {
  factor: TwoFactor;
  /** Under it password managers keep the password that is asked for. */
  email: string;
  begin: FormAction<void>;
  remove: FormAction<void>;
  replaceCodes: FormAction<string[]>;
}

/** The second factor: on or off, and what it takes to change that. */
export function TwoFactorCard({ factor, email, begin, remove, replaceCodes }: TwoFactorCardProps) {
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
          <CodesDialog
            label={t("newCodes")}
            description={t("newCodesDescription")}
            text={text}
            action={replaceCodes}
          >
            <ProofFields email={email} submitLabel={t("makeCodes")} asksCode />
          </CodesDialog>
          <DialogButton
            variant="quietDanger"
            label={t("turnOff")}
            title={t("turnOffTitle")}
            description={t("turnOffDescription")}
          >
            <ActionForm action={remove} successMessage={t("turnedOff")} className="flex flex-col gap-5">
              <ProofFields email={email} submitLabel={t("turnOff")} asksCode />
            </ActionForm>
          </DialogButton>
        </div>
      ) : (
        <DialogButton label={t("turnOn")} title={t("turnOnTitle")} description={t("turnOnDescription")}>
          <ActionForm action={begin} className="flex flex-col gap-5">
            <ProofFields email={email} submitLabel={t("turnOn")} />
          </ActionForm>
        </DialogButton>
      )}
    </Card>
  );
}

interface ProofFieldsProps {
  email: string;
  submitLabel: string;
  /** A code of the factor that is on, too. */
  asksCode?: boolean;
}

/** What shows that it is the person, and not somebody who found the browser open. */
function ProofFields({ email, submitLabel, asksCode = false }: ProofFieldsProps) {
  const t = useTranslations("profile");
  return (
    <>
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field name="currentPassword" label={t("currentPassword")} required>
        <PasswordInput autoFocus />
      </Field>
      {asksCode && (
        <Field name="code" label={t("code")} required>
          <CodeInput letters />
        </Field>
      )}
      <FormActions className="mt-0">
        <SubmitButton>{submitLabel}</SubmitButton>
      </FormActions>
    </>
  );
}
