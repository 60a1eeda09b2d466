import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { ChevronRight } from "@/components/ui/icons";
import type { OwnOrganization } from "@/lib/identity";

interface OrganizationListProps {
  organizations: readonly OwnOrganization[];
  action: FormAction<void>;
  next: string | undefined;
}

/** The shops of a person; a press enters one. */
export function OrganizationList({ organizations, action, next }: OrganizationListProps) {
  const t = useTranslations("identity");
  return (
    <ActionForm action={action} className="flex flex-col gap-2.5">
      {next && <input type="hidden" name="next" value={next} />}
      {organizations.map(({ id, name, role, status }) => (
        <button
          key={id}
          type="submit"
          name="id"
          value={id}
          className="flex min-h-16 items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2.5 text-left shadow-xs transition-colors hover:bg-sunken"
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{name}</span>
            <span className="block text-sm text-ink-soft">{t(`roles.${role}`)}</span>
          </span>
          {status === "suspended" && <Badge tone="danger">{t("organizations.suspended")}</Badge>}
          <ChevronRight aria-hidden className="text-ink-faint" />
        </button>
      ))}
    </ActionForm>
  );
}
