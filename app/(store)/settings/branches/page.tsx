import type { Metadata } from "next";
import { BranchTable } from "@/components/settings/branch-table";
import { LimitCard } from "@/components/settings/limit-card";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Plus } from "@/components/ui/icons";
import { getTranslations } from "@/lib/i18n";
import { getUsage, listBranches } from "@/lib/organizations";
import { requireMember } from "@/lib/security/member";
import { archiveBranchAction, restoreBranchAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("tabs.branches") };
}

export default async function BranchesPage() {
  const member = await requireMember("branches.manage");
  const [branches, usage, t] = await Promise.all([
    listBranches(member),
    getUsage(member, "branches"),
    getTranslations("settings.branches"),
  ]);
  const archived = branches.filter(({ archivedAt }) => archivedAt !== null);
  const mayUpgrade = member.can("billing.read");
  const acts = {
    archive: archiveBranchAction,
    restore: restoreBranchAction,
    mayUpgrade,
    mayTransfer: member.can("inventory.transfer"),
  };
  return (
    <>
      <LimitCard
        label={t("usage")}
        usage={usage}
        full={t("full", { max: usage.max ?? 0 })}
        mayUpgrade={mayUpgrade}
      />
      <Card
        flush
        title={t("caption")}
        actions={
          <ButtonLink href="/settings/branches/new" size="sm" variant="primary" icon={<Plus aria-hidden />}>
            {t("new")}
          </ButtonLink>
        }
      >
        <BranchTable branches={branches.filter(({ archivedAt }) => archivedAt === null)} {...acts} />
      </Card>
      {archived.length > 0 && (
        <Card flush title={t("archivedTitle")} className="mt-6">
          <BranchTable branches={archived} {...acts} />
        </Card>
      )}
    </>
  );
}
