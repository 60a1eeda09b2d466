import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Field, type FormAction } from "@/components/ui/form";
import { Input } from "@/components/ui/input";

interface GovernActionsProps {
  organization: { id: string; name: string; status: "active" | "suspended" };
  setStatus: FormAction<void>;
  inviteOwner: FormAction<void>;
}

/** What a super admin may do to an organization: each act asks for its reason and is audited. */
export function GovernActions({ organization, setStatus, inviteOwner }: GovernActionsProps) {
  const t = useTranslations("console.detail");
  const active = organization.status === "active";
  return (
    <>
      <ConfirmButton
        label={t("inviteOwner")}
        title={t("inviteOwner")}
        description={t("inviteOwnerHint")}
        action={inviteOwner}
        values={{ organizationId: organization.id }}
        tone="primary"
        confirmLabel={t("sendInvitation")}
        successMessage={t("invitationSent")}
      >
        <Field name="email" label={t("email")} required>
          <Input type="email" />
        </Field>
      </ConfirmButton>
      <ConfirmButton
        label={active ? t("suspend") : t("reactivate")}
        variant={active ? "danger" : "primary"}
        title={
          active
            ? t("suspendTitle", { name: organization.name })
            : t("reactivateTitle", { name: organization.name })
        }
        description={active ? t("suspendHint") : t("reactivateHint")}
        action={setStatus}
        values={{ organizationId: organization.id, status: active ? "suspended" : "active" }}
        tone={active ? "danger" : "primary"}
        {...(active && { confirmText: organization.name })}
        askReason
        reasonLabel={t("reason")}
        confirmLabel={active ? t("suspend") : t("reactivate")}
        successMessage={active ? t("suspendedDone") : t("reactivatedDone")}
      />
    </>
  );
}
