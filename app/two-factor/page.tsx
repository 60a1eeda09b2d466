import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ComponentProps } from "react";
import { ActionButton } from "@/components/identity/action-button";
import { BeginPassword } from "@/components/identity/begin-password";
import { Enrolment } from "@/components/identity/enrolment";
import { EntryFrame, quietLink } from "@/components/identity/entry-frame";
import { StepUpForm } from "@/components/identity/step-up-form";
import { ActionForm, SubmitButton } from "@/components/ui/form";
import { getTranslations } from "@/lib/i18n";
import {
  destinationOf,
  mayConfirmAgain,
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
  return { title: (await getTranslations("profile"))("twoFactor") };
}

export default async function TwoFactorPage({ searchParams }: PageProps<"/two-factor">) {
  const { next, with: means } = await searchParams;
  const goingTo = safePath(typeof next === "string" ? next : null, "") || undefined;
  const caller = await findCaller();
  const standing = caller && (await standingOf(caller));
  if (!standing) redirect("/login?next=/two-factor");
  const continueTo = goingTo ?? (standing.isStaff ? "/admin/saas-management" : "/");
  if (standing.steppedUp && standing.twoFactor) {
    // Whoever turned it on a moment ago and lost the answer has codes that nobody ever saw.
    if (!(await mayConfirmAgain(caller))) redirect(destinationOf(standing, goingTo ?? null));
    return <Turning begun={null} continueTo={continueTo} footer={<Onwards href={continueTo} />} />;
  }

  const factor = await twoFactorOf(caller);
  if (factor.state === "on") {
    return <Challenge next={goingTo} recovery={means === "recovery"} standing={standing} />;
  }
  if (factor.state === "none") {
    const asked = !(await mayEnrolWithoutPassword(caller));
    return <Beginning next={goingTo} standing={standing} email={caller.email} asked={asked} />;
  }
  const leaving = <Leaving standing={standing} next={goingTo} />;
  return <Turning begun={factor} continueTo={continueTo} footer={leaving} />;
}

/** Turns it on; one element, so that codes on the screen outlive the page's being read anew. */
function Turning(props: Pick<ComponentProps<typeof Enrolment>, "begun" | "continueTo" | "footer">) {
  const next = new URLSearchParams({ next: props.continueTo });
  return <Enrolment {...props} action={confirmAction} beginAgainAt={`/two-factor?${next.toString()}`} />;
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

/** On to where the person was going, for whoever has the codes already. */
async function Onwards({ href }: { href: string }) {
  const t = await getTranslations("identity");
  return (
    <Link href={href} className={quietLink}>
      {t("continue")}
    </Link>
  );
}
