import { useTranslations } from "next-intl";
import { type Acted, ActMenuItem } from "@/components/ui/act-button";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { FormAction } from "@/components/ui/form";
import { iconButtonVariants } from "@/components/ui/icon-button";
import { Ellipsis, LogIn, ShieldCheck, UserMinus, UserX } from "@/components/ui/icons";
import { Menu, MenuSeparator } from "@/components/ui/menu";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { Colleague } from "@/lib/members";

/** A member with the names of their branches and whether the reader may touch them. */
export interface ListedMember
  extends Pick<Colleague, "id" | "fullName" | "email" | "role" | "status" | "secondFactor"> {
  /** Null for all of them. */
  readonly branchNames: readonly string[] | null;
  readonly isSelf: boolean;
  readonly editable: boolean;
  /** Whether the reader may put them out, and let them in again. */
  readonly movable: boolean;
}

export interface MemberActions {
  /** May see the plans, where a limit refuses one of these. */
  mayUpgrade: boolean;
  suspend: FormAction<Acted>;
  remove: FormAction<Acted>;
  restore: FormAction<void>;
}

/** People of the shop with what they may do. */
export function MemberTable({
  members,
  actions,
}: {
  members: readonly ListedMember[];
  actions: MemberActions;
}) {
  const t = useTranslations("members");
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <Header>{t("columns.name")}</Header>
        <Header>{t("columns.role")}</Header>
        <Header hideBelow="lg">{t("columns.branches")}</Header>
        <Header hideBelow="xl">{t("columns.secondFactor")}</Header>
        <Header>{t("columns.status")}</Header>
        <Header>
          <span className="sr-only">{t("columns.actions")}</span>
        </Header>
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <Row key={member.id}>
            <Cell lead>
              <span className="flex items-center gap-3">
                <Avatar name={member.fullName} />
                <Name member={member} />
              </span>
            </Cell>
            <Cell label={t("columns.role")}>{t(`roles.${member.role}`)}</Cell>
            <Cell hideBelow="lg" className="max-w-64 truncate">
              {member.branchNames === null
                ? t("allBranches")
                : member.branchNames.join(", ") || t("noBranches")}
            </Cell>
            <Cell hideBelow="xl">
              {member.secondFactor ? (
                <span className="inline-flex items-center gap-1.5">
                  <ShieldCheck aria-hidden className="size-4 text-success-text" />
                  {t("secondFactorOn")}
                </span>
              ) : (
                <span className="text-ink-faint">{t("secondFactorOff")}</span>
              )}
            </Cell>
            <Cell>
              <StatusBadge status={member.status} />
            </Cell>
            <Cell className="text-right max-sm:ml-auto">
              {member.movable && <Actions member={member} actions={actions} />}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Name({ member: { id, fullName, email, isSelf, editable } }: { member: ListedMember }) {
  const t = useTranslations("members");
  return (
    <span className="min-w-0">
      <span className="flex items-center gap-2">
        {editable ? <RowLink href={`/settings/users/${id}`}>{fullName}</RowLink> : fullName}
        {isSelf && <Badge>{t("you")}</Badge>}
      </span>
      <span className="block truncate text-sm font-normal text-ink-soft">{email}</span>
    </span>
  );
}

function Actions({
  member: { id, fullName: name, status },
  actions,
}: {
  member: ListedMember;
  actions: MemberActions;
}) {
  const t = useTranslations("members");
  const common = {
    id,
    ...(actions.mayUpgrade && { plans: { href: "/billing", label: t("plans") } }),
  };
  const back = {
    action: actions.restore,
    label: t("undo"),
    done: t(status === "active" ? "restored" : "reactivated", { name }),
  };
  return (
    <Menu
      iconOnly
      label={t("more", { name })}
      trigger={<Ellipsis aria-hidden />}
      triggerClassName={`${iconButtonVariants({ size: "sm" })} relative z-1`}
    >
      {status === "active" ? (
        <ActMenuItem
          icon={<UserX aria-hidden className="size-4" />}
          act={{
            ...common,
            action: actions.suspend,
            done: t("suspended", { name }),
            undo: { ...back, done: t("reactivated", { name }) },
          }}
        >
          {t("suspend")}
        </ActMenuItem>
      ) : (
        <ActMenuItem
          icon={<LogIn aria-hidden className="size-4" />}
          act={{ ...common, action: actions.restore, done: t("reactivated", { name }) }}
        >
          {t("reactivate")}
        </ActMenuItem>
      )}
      <MenuSeparator />
      <ActMenuItem
        tone="danger"
        icon={<UserMinus aria-hidden className="size-4" />}
        act={{
          ...common,
          action: actions.remove,
          done: t("removed", { name }),
          undo: status === "suspended" ? { ...back, action: actions.suspend } : back,
        }}
      >
        {t("remove")}
      </ActMenuItem>
    </Menu>
  );
}
