import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ActionButton } from "@/components/identity/action-button";
import { EntryFrame, quietLink } from "@/components/identity/entry-frame";
import { ProofForm } from "@/components/identity/proof-form";
import { getTranslations } from "@/lib/i18n";
import { pendingRecovery } from "@/lib/identity";
import { currentVisitor } from "@/lib/security/visitor";
import { recoverPasswordAction, resendRecoveryCodeAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity.recovery"))("proofTitle") };
}

export default async function RecoveryCodePage() {
  const email = pendingRecovery(await currentVisitor());
  if (!email) redirect("/forgot-password");
  const t = await getTranslations("identity");
  return (
    <EntryFrame
      title={t("recovery.proofTitle")}
      description={t("recovery.codeSent", { email })}
      footer={
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Link href="/forgot-password" className={quietLink}>
            {t("startOver")}
          </Link>
          <ActionButton size="sm" variant="ghost" action={resendRecoveryCodeAction} done={t("resent")}>
            {t("resend")}
          </ActionButton>
        </div>
      }
    >
      <ProofForm action={recoverPasswordAction} email={email} submitLabel={t("recovery.proofSubmit")} />
      <p className="mt-4 text-sm text-ink-soft">{t("recovery.consequence")}</p>
    </EntryFrame>
  );
}
