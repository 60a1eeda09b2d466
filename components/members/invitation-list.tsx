import { useTranslations } from "next-intl";
import { ActButton } from "@/components/ui/act-button";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form";
import { Send, X } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { PendingInvitation } from "@/lib/members";

export interface InvitationListProps {
  invitations: readonly PendingInvitation[];
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
          <Header>{t("invitations.expires")}</Header>
          <Header>
            <span className="sr-only">{t("invitations.actions")}</span>
          </Header>
        </TableHead>
        <TableBody>
          {invitations.map(({ id, email, role, expiresAt, expired }) => (
            <Row key={id}>
              <Cell lead className="max-w-80 truncate">
                {email}
              </Cell>
              <Cell label={t("invitations.role")} hideBelow="lg">
                {t(`roles.${role}`)}
              </Cell>
              <Cell label={t("invitations.expires")} className="whitespace-nowrap">
                {expired ? (
                  <Badge tone="warning">{t("invitations.expired")}</Badge>
                ) : (
                  <Moment value={expiresAt} timeZone={timeZone} />
                )}
              </Cell>
              <Cell className="text-right max-sm:ml-auto">
                {actions && (
                  <span className="inline-flex gap-1">
                    <ActButton
                      size="sm"
                      variant="ghost"
                      icon={<Send aria-hidden />}
                      act={{ id, action: actions.resend, done: t("invitations.resent") }}
                    >
                      {t("invitations.resend")}
                    </ActButton>
                    <ActButton
                      size="sm"
                      variant="quietDanger"
                      icon={<X aria-hidden />}
                      act={{ id, action: actions.revoke, done: t("invitations.revoked") }}
                    >
                      {t("invitations.revoke")}
                    </ActButton>
                  </span>
                )}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
