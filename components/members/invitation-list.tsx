import { useTranslations } from "next-intl";
import { ActButton } from "@/components/ui/act-button";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form";
import { Send, X } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { PendingInvitation } from "@/lib/members";

/** An invitation, and whether the reader could have sent it: they may send it again, or take it back, if so. */
export interface ListedInvitation extends PendingInvitation {
  readonly resendable: boolean;
  readonly revocable: boolean;
}

export interface InvitationListProps {
  invitations: readonly ListedInvitation[];
  timeZone: string;
  /** Null for who may only look. */
  actions: { readonly resend: FormAction<void>; readonly revoke: FormAction<void> } | null;
}

/** Invitations that nobody has answered. */
export function InvitationList({ invitations, timeZone, actions }: InvitationListProps) {
  const t = useTranslations("members");
  if (invitations.length === 0) return null;
  return (
    <Card flush title={t("invitations.title")} className="mt-6">
      <Table caption={t("invitations.caption")}>
        <TableHead>
          <Header>{t("invitations.email")}</Header>
          <Header hideBelow="lg">{t("invitations.role")}</Header>
          <Header hideBelow="lg">{t("invitations.invitedBy")}</Header>
          <Header>{t("invitations.expires")}</Header>
          <Header>
            <span className="sr-only">{t("invitations.actions")}</span>
          </Header>
        </TableHead>
        <TableBody>
          {invitations.map((invitation) => (
            <Row key={invitation.id}>
              <Cell lead className="max-w-80 truncate">
                {invitation.email}
              </Cell>
              <Cell label={t("invitations.role")} hideBelow="lg">
                {t(`roles.${invitation.role}`)}
              </Cell>
              <Cell label={t("invitations.invitedBy")} hideBelow="lg" className="max-w-48 truncate">
                {invitation.invitedBy ?? t("invitations.support")}
              </Cell>
              <Cell label={t("invitations.expires")} className="whitespace-nowrap">
                {invitation.expired ? (
                  <Badge tone="warning">{t("invitations.expired")}</Badge>
                ) : (
                  <Moment value={invitation.expiresAt} timeZone={timeZone} />
                )}
              </Cell>
              <Cell className="text-right max-sm:ml-auto">
                {actions && <Actions invitation={invitation} actions={actions} />}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function Actions({
  invitation: { id, email, resendable, revocable },
  actions,
}: {
  invitation: ListedInvitation;
  actions: NonNullable<InvitationListProps["actions"]>;
}) {
  const t = useTranslations("members.invitations");
  return (
    <span className="inline-flex gap-1">
      {resendable && (
        <ActButton
          size="sm"
          variant="ghost"
          aria-label={`${t("resend")}: ${email}`}
          icon={<Send aria-hidden />}
          act={{ id, action: actions.resend, done: t("resent") }}
        >
          {t("resend")}
        </ActButton>
      )}
      {revocable && (
        <ActButton
          size="sm"
          variant="quietDanger"
          aria-label={`${t("revoke")}: ${email}`}
          icon={<X aria-hidden />}
          act={{ id, action: actions.revoke, done: t("revoked") }}
        >
          {t("revoke")}
        </ActButton>
      )}
    </span>
  );
}
