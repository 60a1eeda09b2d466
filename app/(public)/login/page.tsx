import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { EntryFrame, quietLink } from "@/components/identity/entry-frame";
import { LoginForm } from "@/components/identity/login-form";
import { Alert } from "@/components/ui/alert";
import { getTranslations } from "@/lib/i18n";
import { destinationOf, standingOf } from "@/lib/identity";
import { safePath } from "@/lib/security/safe-path";
import { findCaller } from "@/lib/security/session";
import { signInAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity.login"))("title") };
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const { next, notice } = await searchParams;
  const goingTo = safePath(typeof next === "string" ? next : null, "");
  const caller = await findCaller();
  const standing = caller && (await standingOf(caller));
  if (standing) redirect(destinationOf(standing, goingTo || null));

  const t = await getTranslations("identity.login");
  return (
    <EntryFrame
      title={t("title")}
      description={t("description")}
      footer={
        <p>
          {t("noAccount")}{" "}
          <Link href="/signup" className={quietLink}>
            {t("signUp")}
          </Link>
        </p>
      }
    >
      {notice === "password" && (
        <Alert tone="success" className="mb-6">
          {t("passwordChanged")}
        </Alert>
      )}
      <LoginForm action={signInAction} next={goingTo || undefined} />
    </EntryFrame>
  );
}
