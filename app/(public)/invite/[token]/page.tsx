import type { Metadata } from "next";
import { cache } from "react";
import { ActionButton } from "@/components/identity/action-button";
import { EntryFrame } from "@/components/identity/entry-frame";
import { InvitationClosed } from "@/components/identity/invitation-closed";
import { InvitationForm, JoinForm } from "@/components/identity/invitation-forms";
import { ProofForm } from "@/components/identity/proof-form";
import { AppError } from "@/lib/errors";
import { getTranslations } from "@/lib/i18n";
import { findInvitation, type Invitation, standingOf, typedName } from "@/lib/identity";
import { type Caller, findCaller } from "@/lib/security/session";
import { currentVisitor } from "@/lib/security/visitor";
import {
  acceptInvitationAction,
  joinAction,
  leaveAction,
  resendInvitationCodeAction,
  sendInvitationCodeAction,
} from "./actions";

type Props = PageProps<"/invite/[token]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ token }, t] = await Promise.all([params, getTranslations("identity.invitation")]);
  const invitation = await lookUp(token);
  const state = invitation === "limited" ? invitation : (invitation?.state ?? "invalid");
  const shop = invitation && invitation !== "limited" ? invitation.organizationName : "";
  return {
    title: state === "open" ? t("title", { shop }) : t(`${state}Title`),
    // The address is a secret: no other site may learn it from a link that is followed from here.
    referrer: "same-origin",
  };
}

export default async function InvitePage({ params, searchParams }: Props) {
  const [{ token }, { step }, t] = await Promise.all([params, searchParams, getTranslations("identity")]);
  const invitation = await lookUp(token);
  if (invitation === "limited") return <InvitationClosed state="limited" />;
  if (!invitation) return <InvitationClosed state="invalid" />;
  if (invitation.state !== "open") {
    return <InvitationClosed state={invitation.state} shop={invitation.organizationName} />;
  }

  const { organizationName: shop, email } = invitation;
  const frame = {
    title: t("invitation.title", { shop }),
    description: t("invitation.description", { role: t(`roles.${invitation.role}`) }),
  };
  const caller = await signedIn();
  if (caller?.email === email) {
    const fullName = typedName(await currentVisitor(), caller);
    return (
      <EntryFrame {...frame}>
        <JoinForm action={joinAction} token={token} shop={shop} email={email} fullName={fullName} />
      </EntryFrame>
    );
  }
  if (caller) {
    return (
      <EntryFrame
        title={t("invitation.otherTitle")}
        description={t("invitation.other", { invited: email, email: caller.email })}
      >
        <ActionButton variant="primary" size="lg" block action={leaveAction.bind(null, token)}>
          {t("signOut")}
        </ActionButton>
      </EntryFrame>
    );
  }
  if (step !== "code") {
    return (
      <EntryFrame {...frame}>
        <InvitationForm action={sendInvitationCodeAction} token={token} email={email} />
      </EntryFrame>
    );
  }
  return (
    <EntryFrame
      title={frame.title}
      description={t("codeSent", { email })}
      footer={
        <ActionButton
          size="sm"
          variant="ghost"
          className="-ml-3"
          action={resendInvitationCodeAction.bind(null, token)}
          done={t("resent")}
        >
          {t("resend")}
        </ActionButton>
      }
    >
      <ProofForm
        action={acceptInvitationAction}
        email={email}
        submitLabel={t("invitation.accept", { shop })}
        asksName
      >
        <input type="hidden" name="token" value={token} />
      </ProofForm>
    </EntryFrame>
  );
}

/** Once a request, whoever asks: each look counts against the limit. */
const lookUp = cache(async (token: string): Promise<Invitation | null | "limited"> => {
  try {
    return await findInvitation(await currentVisitor(), token);
  } catch (error) {
    if (error instanceof AppError && error.code === "rate.limited") return "limited";
    throw error;
  }
});

/** Whoever is signed in at this browser. */
async function signedIn(): Promise<Caller | null> {
  const caller = await findCaller();
  return caller && (await standingOf(caller)) ? caller : null;
}
