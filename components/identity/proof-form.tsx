import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm, Field, type FormAction, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { CodeInput } from "./code-input";

interface ProofFormProps {
  action: FormAction<void>;
  submitLabel: string;
  /** The address that the code went to; password managers keep the new password under it. */
  email: string;
  /** An invitation asks for the name too. */
  asksName?: boolean;
  /** Hidden values, sent along. */
  children?: ReactNode;
}

/** The code from the mail, and the password that is to hold from now on. */
export function ProofForm({ action, submitLabel, email, asksName = false, children }: ProofFormProps) {
  const t = useTranslations("identity");
  return (
    <ActionForm action={action} className="flex flex-col gap-5">
      {children}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field name="code" label={t("code")} required>
        <CodeInput autoFocus />
      </Field>
      {asksName && (
        <Field name="fullName" label={t("fullName")} required>
          <Input size="lg" autoComplete="name" maxLength={120} />
        </Field>
      )}
      <Field name="password" label={t("newPassword")} hint={t("passwordHint")} required>
        <PasswordInput size="lg" autoComplete="new-password" />
      </Field>
      <SubmitButton size="lg" block>
        {submitLabel}
      </SubmitButton>
    </ActionForm>
  );
}
