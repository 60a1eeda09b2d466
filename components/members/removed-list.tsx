import { useTranslations } from "next-intl";
import { ActButton } from "@/components/ui/act-button";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form";
import { UserPlus } from "@/components/ui/icons";

interface RemovedMember {
  readonly id: string;
  readonly fullName: string;
  readonly email: string;
  /** Whether the reader may let them in again. */
  readonly restorable: boolean;
}

export interface RemovedListProps {
  members: readonly RemovedMember[];
  /** Null for who may only look. */
  restore: FormAction<void> | null;
  /** May see the plans, where a limit refuses it. */
  mayUpgrade: boolean;
}

/** People who belonged to the shop, and the way back for them. */
export function RemovedList({ members, restore, mayUpgrade }: RemovedListProps) {
  const t = useTranslations("members");
  if (members.length === 0) return null;
  return (
    <Card flush title={t("removedTitle")} description={t("removedDescription")} className="mt-6">
      <ul className="divide-y divide-line border-t border-line">
        {members.map(({ id, fullName, email, restorable }) => (
          <li key={id} className="flex min-h-14 items-center gap-3 px-5 py-2">
            <Avatar name={fullName} size="sm" />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{fullName}</span>
              <span className="block truncate text-sm text-ink-soft">{email}</span>
            </span>
            {restore && restorable && (
              <ActButton
                size="sm"
                variant="ghost"
                aria-label={`${t("restore")}: ${fullName}`}
                icon={<UserPlus aria-hidden />}
                act={{
                  id,
                  action: restore,
                  done: t("restored", { name: fullName }),
                  ...(mayUpgrade && { plans: { href: "/billing", label: t("plans") } }),
                }}
              >
                {t("restore")}
              </ActButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
