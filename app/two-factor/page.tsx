import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ActionButton } from "@/components/identity/action-button";
import { BeginPassword } from "@/components/identity/begin-password";
import { Enrolment } from "@/components/identity/enrolment";
import { EntryFrame, quietLink } from "@/components/identity/entry-frame";
import { StepUpForm } from "@/components/identity/step-up-form";
import { ActionForm, SubmitButton } from "@/components/ui/form";
import { getTranslations } from "@/lib/i18n";
import {
  destinationOf,
  mayEnrolWithoutPassword,
  type Standing,
  signOut,
  standingOf,
  twoFactorOf,
} from "@/lib/identity";
import { safePath } from "@/lib/security/safe-path";
import { findCaller } from "@/lib/security/session";
import { beginAction, confirmAction, stepUpAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity.twoFactor"))("title") };
}

export default async function TwoFactorPage({ searchParams }: PageProps<"/two-factor">) {
  const { next, with: means } = await searchParams;
  const goingTo = safePath(typeof next === "string" ? next : null, "") || undefined;
  const caller = await findCaller();
  const standing = caller && (await standingOf(caller));
  if (!standing) redirect("/login?next=/two-factor");
  if (standing.steppedUp && standing.twoFactor) redirect(destinationOf(standing, goingTo ?? null));

  const factor = await twoFactorOf(caller);
  if (factor.state === "on") {
    return <Challenge next={goingTo} recovery={means === "recovery"} standing={standing} />;
  }
  if (factor.state === "none") {
    const asked = !(await mayEnrolWithoutPassword(caller));
    return <Beginning next={goingTo} standing={standing} email={caller.email} asked={asked} />;
  }

  return (
    <Enrolment
      action={confirmAction}
      secret={factor.secret}
      uri={factor.uri}
      continueTo={goingTo ?? (standing.isStaff ? "/admin/saas-management" : "/")}
      footer={<Leaving standing={standing} next={goingTo} />}
    />
  );
}

interface FormProps {
  next: string | undefined;
  standing: Standing;
}

/** Asks for a code of the factor that is on. */
async function Challenge({ next, recovery, standing }: FormProps & { recovery: boolean }) {
  const t = await getTranslations("identity");
  return (
    <EntryFrame
      title={t(recovery ? "twoFactor.recoveryTitle" : "twoFactor.title")}
      description={t(recovery ? "twoFactor.recoveryDescription" : "twoFactor.description")}
      footer={
        <div className="flex flex-col items-start gap-3">
          {recovery && !standing.isStaff && <p>{t("twoFactor.lostAll")}</p>}
          <ActionButton size="sm" variant="ghost" className="-ml-3" action={signOut}>
            {t("signOut")}
          </ActionButton>
        </div>
      }
    >
      <StepUpForm action={stepUpAction} next={next} recovery={recovery} />
    </EntryFrame>
  );
}

/** Says what a second factor is good for, before it makes one; `asked` of whoever must give the password. */
async function Beginning({ next, standing, email, asked }: FormProps & { email: string; asked: boolean }) {
  const t = await getTranslations("identity.twoFactor");
  return (
    <EntryFrame
      title={t("beginTitle")}
      description={t("beginDescription")}
      footer={<Leaving standing={standing} next={next} />}
    >
      {standing.isStaff && <p className="mb-5 text-ink-soft">{t("beginStaff")}</p>}
      <ActionForm action={beginAction} className="flex flex-col gap-5">
        {next && <input type="hidden" name="next" value={next} />}
        <BeginPassword email={email} asked={asked} />
        <SubmitButton size="lg" block>
          {t("begin")}
        </SubmitButton>
      </ActionForm>
    </EntryFrame>
  );
}

/** The way out of setting one up: back to the shop, or out for those who need it. */
async function Leaving({ standing, next }: FormProps) {
  const t = await getTranslations("identity");
  if (!standing.isStaff) {
    return (
      <Link href={next ?? "/"} className={quietLink}>
        {t("twoFactor.notNow")}
      </Link>
    );
  }
  return (
    <ActionButton size="sm" variant="ghost" className="-ml-3" action={signOut}>
      {t("signOut")}
    </ActionButton>
  );
}
