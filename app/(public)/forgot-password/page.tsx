import type { Metadata } from "next";
import Link from "next/link";
import { EntryFrame, quietLink } from "@/components/identity/entry-frame";
import { ActionForm, Field, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { getTranslations } from "@/lib/i18n";
import { requestRecoveryAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity.recovery"))("title") };
}

export default async function ForgotPasswordPage() {
  const t = await getTranslations("identity");
  return (
    <EntryFrame
      title={t("recovery.title")}
      description={t("recovery.description")}
      footer={
        <Link href="/login" className={quietLink}>
          {t("recovery.backToLogin")}
        </Link>
      }
    >
      <ActionForm action={requestRecoveryAction} className="flex flex-col gap-5">
        <Field name="email" label={t("email")} required>
          <Input type="email" size="lg" autoComplete="username" inputMode="email" autoFocus />
        </Field>
        <SubmitButton size="lg" block>
          {t("recovery.submit")}
        </SubmitButton>
      </ActionForm>
    </EntryFrame>
  );
}
