import Link from "next/link";
import { useTranslations } from "next-intl";
import { ActionForm, Field, type FormAction, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { quietLink } from "./entry-frame";

interface LoginFormProps {
  action: FormAction<void>;
  /** Where the person was going. */
  next: string | undefined;
}

/** Address and password. */
export function LoginForm({ action, next }: LoginFormProps) {
  const t = useTranslations("identity");
  return (
    <ActionForm action={action} className="flex flex-col gap-5">
      {next && <input type="hidden" name="next" value={next} />}
      <Field name="email" label={t("email")} required>
        <Input type="email" size="lg" autoComplete="username" inputMode="email" autoFocus />
      </Field>
      <div>
        <Field name="password" label={t("password")} required>
          <PasswordInput size="lg" />
        </Field>
        <p className="mt-2.5 text-sm">
          <Link href="/forgot-password" className={quietLink}>
            {t("login.forgot")}
          </Link>
        </p>
      </div>
      <SubmitButton size="lg" block>
        {t("login.submit")}
      </SubmitButton>
    </ActionForm>
  );
}
