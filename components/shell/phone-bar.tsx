"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Menu } from "@/components/ui/icons";
import { NavLink } from "./nav-link";
import type { NavProps } from "./sidebar";

/** The navigation of a phone: the four most used pages under the thumb, the rest in a drawer. */
export function PhoneBar({ sections, labels }: NavProps) {
  const [open, setOpen] = useState(false);
  const entries = sections.flatMap((section) => section.entries);
  const first = entries.filter(({ phone }) => phone).slice(0, 4);
  const rest = entries.filter((entry) => !first.includes(entry));
  return (
    <nav
      data-chrome
      aria-label={labels.navigation}
      className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(3.75rem+env(safe-area-inset-bottom))] items-stretch border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {first.map((entry) => (
        <NavLink
          key={entry.key}
          entry={entry}
          lockedLabel={labels.locked}
          className="phone-link"
          textClassName="truncate"
          short
        />
      ))}
      {rest.length > 0 && (
        <button type="button" aria-haspopup="dialog" className="phone-link" onClick={() => setOpen(true)}>
          <Menu aria-hidden />
          {labels.more}
        </button>
      )}
      <Dialog open={open} onOpenChange={setOpen} title={labels.more}>
        {/* The chosen page closes the drawer; so does the one that is open already. */}
        <ul onClick={() => setOpen(false)} className="flex flex-col gap-0.5">
          {rest.map((entry) => (
            <li key={entry.key}>
              <NavLink entry={entry} lockedLabel={labels.locked} className="nav-link nav-link-large" />
            </li>
          ))}
        </ul>
      </Dialog>
    </nav>
  );
}
