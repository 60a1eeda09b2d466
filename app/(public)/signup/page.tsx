import type { Metadata } from "next";
import Link from "next/link";
import { EntryFrame, quietLink } from "@/components/identity/entry-frame";
import { SignUpForm } from "@/components/identity/sign-up-form";
import { getTranslations } from "@/lib/i18n";
import { pendingSignUp, standingOf } from "@/lib/identity";
import { findCaller } from "@/lib/security/session";
import { currentVisitor } from "@/lib/security/visitor";
import { openShopAction, requestSignUpAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity.signUp"))("title") };
}

export default async function SignUpPage() {
  const [caller, visitor, t] = await Promise.all([
    findCaller(),
    currentVisitor(),
    getTranslations("identity.signUp"),
  ]);
  const signedIn = caller && (await standingOf(caller)) ? caller.email : undefined;
  const footer = (
    <p>
      {t("haveAccount")}{" "}
      <Link href="/login" className={quietLink}>
        {t("signIn")}
      </Link>
    </p>
  );
  return (
    <EntryFrame title={t("title")} description={t("description")} footer={!signedIn && footer}>
      {signedIn ? (
        <SignUpForm action={openShopAction} signedInAs={signedIn} />
      ) : (
        <SignUpForm action={requestSignUpAction} known={pendingSignUp(visitor)} />
      )}
    </EntryFrame>
  );
}
