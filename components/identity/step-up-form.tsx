import Link from "next/link";
import { useTranslations } from "next-intl";
import { ActionForm, Field, type FormAction, SubmitButton } from "@/components/ui/form";
import { CodeInput } from "./code-input";
import { quietLink } from "./entry-frame";

interface StepUpFormProps {
  action: FormAction<void>;
  next: string | undefined;
  /** Asks for a recovery code instead of the app's. */
  recovery: boolean;
}

/** The second factor: a code of the app, or one of the ten that were kept. */
export function StepUpForm({ action, next, recovery }: StepUpFormProps) {
  const t = useTranslations("identity.twoFactor");
  const query = new URLSearchParams({ ...(next && { next }), ...(!recovery && { with: "recovery" }) });
  return (
    <ActionForm action={action} key={recovery ? "recovery" : "app"} className="flex flex-col gap-5">
      {next && <input type="hidden" name="next" value={next} />}
      <Field name="code" label={t(recovery ? "recoveryCode" : "code")} required>
        <CodeInput autoFocus letters={recovery} />
      </Field>
      <SubmitButton size="lg" block>
        {t("submit")}
      </SubmitButton>
      <p className="text-center text-sm">
        <Link href={`/two-factor?${query.toString()}`} className={quietLink}>
          {t(recovery ? "useApp" : "lost")}
        </Link>
      </p>
    </ActionForm>
  );
}
