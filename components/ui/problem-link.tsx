"use client";

import Link from "next/link";
import { cn } from "./cn";
import { useFormState } from "./form-context";
import type { Problem } from "./problem";

export interface ProblemLinkProps {
  /** Shown while the last refusal of the form around has this code. */
  code: Problem["code"];
  /** `:id` stands for the record that is in the way. */
  href: string;
  label: string;
  /** Leaves the form and what was typed where they are. */
  newTab?: boolean;
  className?: string;
}

/** The way out of a refusal: to the record that is in the way, or to a larger plan. */
export function ProblemLink({ code, href, label, newTab = false, className }: ProblemLinkProps) {
  const problem = useFormState()?.problem;
  if (problem?.code !== code) return null;
  const target = href.replace(":id", problem.conflictsWith ?? "");
  if (target.endsWith("/")) return null; // the record is not ours to see
  return (
    <Link
      href={target}
      {...(newTab && { target: "_blank" })}
      className={cn(
        "mb-4 inline-flex min-h-(--control-sm) items-center text-sm font-medium text-brand-text underline underline-offset-2",
        className,
      )}
    >
      {label}
    </Link>
  );
}
