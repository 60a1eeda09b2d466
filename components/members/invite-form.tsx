import { useTranslations } from "next-intl";
import { LimitOffer } from "@/components/billing/limit-offer";
import { NearLimit } from "@/components/billing/near-limit";
import { ActionForm, Field, type FormAction, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { MemberRole } from "@/lib/security/permissions";
import { BranchChoice, type BranchChoiceProps } from "./branch-choice";

export interface InviteFormProps extends Pick<BranchChoiceProps, "branches" | "offersAll"> {
  /** Roles that this person may give; the branches are those that they may, too. */
  roles: readonly MemberRole[];
  action: FormAction<unknown>;
  /** Places of the plan, those promised by invitations included. */
  usage: { readonly used: number; readonly max: number | null };
  /** May see the plans. */
  mayUpgrade: boolean;
}

/** Invites somebody by mail, with what they shall be able to do. */
export function InviteForm({
  roles,
  branches,
  offersAll = true,
  action,
  usage,
  mayUpgrade,
}: InviteFormProps) {
  const t = useTranslations("members");
  return (
    <ActionForm action={action} successMessage={t("invited")}>
      <NearLimit metric="users" usage={usage} mayUpgrade={mayUpgrade} newTab className="mb-4" />
      <LimitOffer mayUpgrade={mayUpgrade} />
      <div className="flex flex-col gap-5">
        <Field name="email" label={t("email")} required>
          <Input type="email" inputMode="email" autoFocus />
        </Field>
        <Field name="role" label={t("role")}>
          <Select
            defaultValue="seller"
            options={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
          />
        </Field>
        <BranchChoice branches={branches} all={branches.length === 1} chosen={[]} offersAll={offersAll} />
      </div>
      <FormActions>
        <SubmitButton>{t("sendInvitation")}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
