import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Card } from "@/components/ui/card";
import {
  ActionForm,
  Field,
  FieldGrid,
  type FormAction,
  FormActions,
  SubmitButton,
} from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { MemberRole } from "@/lib/security/permissions";

interface ActionProps {
  action: FormAction<void>;
}

/** Name, and what others decide: address and role. */
export function AboutCard({
  action,
  name,
  email,
  role,
}: ActionProps & { name: string; email: string; role: MemberRole }) {
  const t = useTranslations("profile");
  const roles = useTranslations("identity.roles");
  return (
    <Card title={t("about")} description={t("aboutHint")}>
      <ActionForm action={action} successMessage={t("saved")}>
        <FieldGrid>
          <Field name="fullName" label={t("fullName")} required className="sm:col-span-2">
            <Input autoComplete="name" maxLength={120} defaultValue={name} />
          </Field>
          <Field name="email" label={t("email")}>
            <Input value={email} readOnly />
          </Field>
          <Field name="role" label={t("role")}>
            <Input value={roles(role)} readOnly />
          </Field>
        </FieldGrid>
        <FormActions>
          <SubmitButton>{t("save")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}

/** Another password, for whoever knows the current one. */
export function PasswordCard({ action, email }: ActionProps & { email: string }) {
  const t = useTranslations("profile");
  return (
    <Card title={t("password")} description={t("passwordHint")}>
      <ActionForm action={action} successMessage={t("passwordChanged")} resetOnSuccess>
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <FieldGrid>
          <Field name="currentPassword" label={t("currentPassword")} required>
            <PasswordInput />
          </Field>
          <Field name="password" label={t("newPassword")} hint={t("newPasswordHint")} required>
            <PasswordInput autoComplete="new-password" />
          </Field>
        </FieldGrid>
        <FormActions>
          <SubmitButton>{t("changePassword")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}

/** The short code with which a manager approves discounts at somebody else's till. */
export function ApprovalCard({ action, hasCode }: ActionProps & { hasCode: boolean }) {
  const t = useTranslations("profile");
  return (
    <Card title={t("approval")} description={t("approvalHint")}>
      <ActionForm action={action} successMessage={t("pinSaved")} resetOnSuccess>
        <Field name="pin" label={t("pin")} hint={hasCode && t("approvalSet")} required>
          <PasswordInput inputMode="numeric" maxLength={8} autoComplete="off" className="max-w-56" />
        </Field>
        <FormActions>
          <SubmitButton>{t("setPin")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}

/** The end of every session, for a lost device. */
export function SessionsCard({ action }: ActionProps) {
  const t = useTranslations("profile");
  return (
    <Card title={t("sessions")} description={t("sessionsHint")}>
      <ConfirmButton
        label={t("signOutEverywhere")}
        title={t("signOutEverywhereTitle")}
        description={t("signOutEverywhereDescription")}
        confirmLabel={t("signOutEverywhere")}
        tone="danger"
        action={action}
      />
    </Card>
  );
}
