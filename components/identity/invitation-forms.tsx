import Link from "next/link";
import { useTranslations } from "next-intl";
import { ActionForm, Field, type FormAction, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { quietLink } from "./entry-frame";

interface InvitationFormProps {
  action: FormAction<void>;
  token: string;
  email: string;
}

/** The first step of a newcomer: a code to the invited address. */
export function InvitationForm({ action, token, email }: InvitationFormProps) {
  const t = useTranslations("identity");
  return (
    <ActionForm action={action} className="flex flex-col gap-5">
      <input type="hidden" name="token" value={token} />
      <Field name="email" label={t("email")}>
        <Input type="email" size="lg" value={email} readOnly />
      </Field>
      <SubmitButton size="lg" block>
        {t("invitation.sendCode")}
      </SubmitButton>
      <p className="text-sm text-ink-soft">
        {t("invitation.haveAccount")}{" "}
        <Link href={`/login?next=${encodeURIComponent(`/invite/${token}`)}`} className={quietLink}>
          {t("invitation.signIn")}
        </Link>
      </p>
    </ActionForm>
  );
}

interface JoinFormProps extends InvitationFormProps {
  shop: string;
  /** What was typed beside a code already. */
  fullName?: string | undefined;
}

/** The only step of somebody who is signed in. */
export function JoinForm({ action, token, email, shop, fullName }: JoinFormProps) {
  const t = useTranslations("identity");
  return (
    <ActionForm action={action} className="flex flex-col gap-5">
      <input type="hidden" name="token" value={token} />
      <Field name="fullName" label={t("fullName")} hint={t("invitation.signedInAs", { email })} required>
        <Input size="lg" autoComplete="name" maxLength={120} defaultValue={fullName} autoFocus />
      </Field>
      <SubmitButton size="lg" block>
        {t("invitation.accept", { shop })}
      </SubmitButton>
    </ActionForm>
  );
}
