"use client";

import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { keepDraft, restoreDraft } from "@/components/ui/draft";
import { useFormState } from "@/components/ui/form-context";

interface PlansLinkProps {
  label: ReactNode;
  /** Leaves a dialog and what was typed there where they are. */
  newTab?: boolean;
  className?: string;
}

/** To the plans. What is typed on this page meanwhile is there again when one comes back. */
export function PlansLink({ label, newTab = false, className }: PlansLinkProps) {
  return (
    <Link
      href="/billing"
      prefetch={false}
      {...(newTab ? { target: "_blank" } : { onClick: keepForms })}
      className={cn("font-medium underline underline-offset-2", className)}
    >
      {label}
    </Link>
  );
}

interface LimitOfferProps {
  /** Whose draft it is: the member's id. Null in a dialog, which stays open behind the plans. */
  scope: string | null;
  label: string;
  /** Said instead to somebody who may not see the plans. */
  otherwise: string | null;
}

/** Inside a form: the way out when the plan's limit refuses it, and what was typed back after looking at the plans. */
export function LimitOfferLink({ scope, label, otherwise }: LimitOfferProps) {
  const place = useRef<HTMLDivElement>(null);
  const problem = useFormState()?.problem;
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form || scope === null) return;
    form.dataset["draft"] = scope;
    restoreDraft(form, scope);
  }, [scope]);
  const refused = problem?.code === "tier.limit_exceeded";
  return (
    <div ref={place} className={cn(refused && "mb-4 text-sm")}>
      {refused &&
        (otherwise === null ? (
          <PlansLink
            label={label}
            newTab={scope === null}
            className="inline-flex min-h-(--control-sm) items-center text-brand-text"
          />
        ) : (
          <p className="text-ink-soft">{otherwise}</p>
        ))}
    </div>
  );
}

function keepForms() {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]"))
    keepDraft(form, form.dataset["draft"] ?? "");
}
