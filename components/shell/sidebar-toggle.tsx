"use client";

import { PanelLeft } from "@/components/ui/icons";
import { toggleSidebar } from "./remember";

/** Makes the bar beside the page narrow or wide again. */
export function SidebarToggle({ label }: { label: string }) {
  return (
    <button
      type="button"
      onClick={(event) => {
        const shell = event.currentTarget.closest<HTMLElement>("[data-sidebar]");
        if (shell) toggleSidebar(shell);
      }}
      data-tip={label}
      data-tip-side="right"
      className="flex h-10 w-full items-center gap-3 rounded-md px-2.5 text-sm font-medium text-ink-faint transition-colors -outline-offset-2 hover:bg-hover hover:text-ink"
    >
      <PanelLeft aria-hidden />
      <span className="sr-only xl:group-data-[sidebar=open]/shell:not-sr-only">{label}</span>
    </button>
  );
}
