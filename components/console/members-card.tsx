import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";

interface MembersCardProps {
  members: readonly { id: string; fullName: string; email: string; role: string; status: string }[];
  invitations: readonly { id: string; email: string; role: string }[];
  branches: readonly { id: string; name: string; timeZone: string; archivedAt: string | null }[];
}

const roles = ["owner", "store_manager", "optometrist", "seller", "cashier", "workshop"] as const;

/** The people and the branches of an organization. */
export function MembersCard({ members, invitations, branches }: MembersCardProps) {
  const t = useTranslations("console");
  const roleName = (code: string) => {
    const role = roles.find((known) => known === code);
    return role ? t(`roles.${role}`) : code;
  };
  return (
    <Card title={t("detail.members")}>
      <ul className="divide-y divide-line">
        {members.map((member) => (
          <li key={member.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5 first:pt-0">
            <span className="font-medium">{member.fullName}</span>
            <span className="text-sm text-ink-soft">{member.email}</span>
            <span className="ml-auto flex items-center gap-2 text-sm text-ink-soft">
              {roleName(member.role)} <StatusBadge status={member.status} />
            </span>
          </li>
        ))}
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-3 py-2.5">
            <span className="text-sm text-ink-soft">{invitation.email}</span>
            <span className="ml-auto flex items-center gap-2 text-sm text-ink-soft">
              {roleName(invitation.role)} <StatusBadge status="invited" />
            </span>
          </li>
        ))}
      </ul>
      <h3 className="mt-5 mb-2 text-sm font-medium text-ink-soft">{t("detail.branches")}</h3>
      <ul className="flex flex-wrap gap-2">
        {branches.map((branch) => (
          <li key={branch.id}>
            <Badge tone="neutral">
              {branch.name} · {branch.timeZone}
            </Badge>
            {branch.archivedAt && <StatusBadge status="archived" className="ml-1" />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
