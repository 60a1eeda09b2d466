import { useTranslations } from "next-intl";
import { ActionForm, Field, type FormAction, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { chileanZones } from "@/lib/time";
import { ZoneSelect } from "./zone-select";

interface SignUpFormProps {
  action: FormAction<void>;
  /** What this browser has typed before. */
  known?: { shopName: string; branchName: string; fullName: string; email: string; timeZone: string } | null;
  /** Somebody who is signed in needs no code. */
  signedInAs?: string;
}

/** A new shop: its name, its first branch, its owner. */
export function SignUpForm({ action, known, signedInAs }: SignUpFormProps) {
  const t = useTranslations("identity");
  const zones = chileanZones.map((zone) => ({ value: zone, label: t(`zones.${zone}`) }));
  return (
    <ActionForm action={action} className="flex flex-col gap-5">
      <Field name="shopName" label={t("signUp.shopName")} required>
        <Input
          size="lg"
          autoComplete="organization"
          maxLength={120}
          defaultValue={known?.shopName}
          autoFocus
        />
      </Field>
      <Field name="branchName" label={t("signUp.branchName")} hint={t("signUp.branchHint")} required>
        <Input size="lg" maxLength={80} defaultValue={known?.branchName} />
      </Field>
      <Field name="timeZone" label={t("signUp.timeZone")} required>
        <ZoneSelect zones={zones} chosen={known?.timeZone} />
      </Field>
      <Field name="fullName" label={t("fullName")} required>
        <Input size="lg" autoComplete="name" maxLength={120} defaultValue={known?.fullName} />
      </Field>
      {signedInAs ? (
        <p className="text-sm text-ink-soft">{t("signUp.signedInAs", { email: signedInAs })}</p>
      ) : (
        <Field name="email" label={t("email")} required>
          <Input
            type="email"
            size="lg"
            autoComplete="username"
            inputMode="email"
            defaultValue={known?.email}
          />
        </Field>
      )}
      <SubmitButton size="lg" block>
        {t(signedInAs ? "signUp.submitSignedIn" : "signUp.submit")}
      </SubmitButton>
    </ActionForm>
  );
}
