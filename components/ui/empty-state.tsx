import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "./button";
import { cn } from "./cn";
import { Lock, SearchX } from "./icons";

export interface EmptyStateProps {
  /** A lucide icon; it is put on a soft disc. */
  icon?: ReactNode;
  title: ReactNode;
  /** One sentence that says what this place is for. */
  description?: ReactNode;
  /** The first thing to do here. */
  actions?: ReactNode;
  className?: string;
}

/** A list with nothing in it yet: says what will stand here and how to begin. */
export function EmptyState({ icon, title, description, actions, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center px-6 py-14 text-center", className)}>
      {icon && (
        <div
          aria-hidden
          className="mb-4 grid size-14 place-items-center rounded-full bg-brand-soft text-brand-text ring-8 ring-brand-soft/45 [&_.lucide]:size-6"
        >
          {icon}
        </div>
      )}
      <p className="text-lg font-semibold text-balance">{title}</p>
      {description && <p className="mt-1 max-w-104 text-ink-soft text-pretty">{description}</p>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2.5">{actions}</div>}
    </div>
  );
}

/** A list whose filters leave nothing; offers to clear them. */
export function NoMatch({ clearHref, description }: { clearHref: string; description?: ReactNode }) {
  const t = useTranslations("common.table");
  return (
    <EmptyState
      icon={<SearchX />}
      title={t("noMatchTitle")}
      description={description ?? t("noMatchDescription")}
      actions={<ButtonLink href={clearHref}>{t("clearFilters")}</ButtonLink>}
    />
  );
}

/** A list that this person may not read. */
export function NoPermission({ description }: { description?: ReactNode }) {
  const t = useTranslations("common.table");
  return (
    <EmptyState
      icon={<Lock />}
      title={t("noPermissionTitle")}
      description={description ?? t("noPermissionDescription")}
    />
  );
}
