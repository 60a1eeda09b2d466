import type { ReactNode } from "react";
import { Tips } from "@/components/ui/tips";
import { Toaster } from "@/components/ui/toaster";
import type { SidebarState } from "./theme";

export interface FrameProps {
  skipLabel: string;
  sidebarState: SidebarState;
  /** Beside the page on a desk, below it on a phone. */
  navigation: ReactNode;
  /** Notices over the whole width, above everything. */
  banner?: ReactNode;
  topbar: ReactNode;
  children: ReactNode;
}

/** The skeleton that both shells share: bar beside the page, bar above it, the page. */
export function Frame({ skipLabel, sidebarState, navigation, banner, topbar, children }: FrameProps) {
  return (
    <div data-sidebar={sidebarState} className="group/shell flex min-h-dvh bg-canvas print:block">
      <a
        href="#main"
        data-chrome
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-brand focus:px-4 focus:py-2.5 focus:text-on-brand"
      >
        {skipLabel}
      </a>
      {navigation}
      <div className="flex min-w-0 flex-1 flex-col">
        {/* No box of its own, so that the bar sticks to the page and not to this landmark. */}
        <header data-chrome className="contents">
          {banner}
          <div className="sticky top-0 z-20 flex h-(--topbar) shrink-0 items-center gap-2 border-b border-line bg-canvas/90 px-3 backdrop-blur-md sm:px-4 lg:px-6">
            {topbar}
          </div>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="flex min-w-0 flex-1 flex-col outline-none max-md:pb-[calc(3.75rem+env(safe-area-inset-bottom))] print:p-0"
        >
          {children}
        </main>
      </div>
      <Toaster />
      <Tips />
    </div>
  );
}
