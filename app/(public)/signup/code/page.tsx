import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ActionButton } from "@/components/identity/action-button";
import { EntryFrame, quietLink } from "@/components/identity/entry-frame";
import { ProofForm } from "@/components/identity/proof-form";
import { getTranslations } from "@/lib/i18n";
import { pendingSignUp } from "@/lib/identity";
import { currentVisitor } from "@/lib/security/visitor";
import { completeSignUpAction, resendSignUpCodeAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity.signUp"))("proofTitle") };
}

export default async function SignUpCodePage() {
  const described = pendingSignUp(await currentVisitor());
  if (!described) redirect("/signup");
  const t = await getTranslations("identity");
  return (
    <EntryFrame
      title={t("signUp.proofTitle")}
      description={t("codeSent", { email: described.email })}
      footer={
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Link href="/signup" className={quietLink}>
            {t("startOver")}
          </Link>
          <ActionButton size="sm" variant="ghost" action={resendSignUpCodeAction} done={t("resent")}>
            {t("resend")}
          </ActionButton>
        </div>
      }
    >
      <ProofForm
        action={completeSignUpAction}
        email={described.email}
        submitLabel={t("signUp.proofSubmit", { shop: described.shopName })}
      />
    </EntryFrame>
  );
}
