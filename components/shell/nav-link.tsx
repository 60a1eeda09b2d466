"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Spinner } from "@/components/ui/spinner";

export interface NavLinkProps {
  href: string;
  exact: boolean;
  icon: ReactNode;
  /** Tip for the narrow bar, where the text is not shown. */
  tip?: string;
  className: string;
  children: ReactNode;
}

/** A link of the navigation that knows whether it is where the person is. */
export function NavLink({ href, exact, icon, tip, className, children }: NavLinkProps) {
  const path = usePathname();
  const current = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      data-tip={tip}
      data-tip-side="right"
      className={className}
    >
      <WaitingIcon>{icon}</WaitingIcon>
      {children}
    </Link>
  );
}

function WaitingIcon({ children }: { children: ReactNode }) {
  const { pending } = useLinkStatus();
  return pending ? <Spinner /> : children;
}
