import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { EntryFrame } from "./entry-frame";

interface InvitationClosedProps {
  state: "invalid" | "expired" | "revoked" | "accepted" | "limited";
  /** The shop that invited; unknown where the link fits nothing. */
  shop?: string;
}

/** An invitation that opens nothing: why, and what to do about it. */
export function InvitationClosed({ state, shop = "" }: InvitationClosedProps) {
  const t = useTranslations("identity.invitation");
  return (
    <EntryFrame title={t(`${state}Title`)} description={t(state, { shop })}>
      <ButtonLink href={state === "accepted" ? "/login" : "/"} size="lg" block>
        {t(state === "accepted" ? "toLogin" : "toHome")}
      </ButtonLink>
    </EntryFrame>
  );
}
