"use client";

import { Menu } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";

/** A button in the bar of a phone that opens the rest of the navigation. */
export function PhoneDrawer({
  label,
  title,
  className,
  children,
}: {
  label: string;
  title: string;
  className: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-haspopup="dialog" className={className} onClick={() => setOpen(true)}>
        <Menu aria-hidden />
        {label}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={title}>
        {/* A chosen page closes the drawer; so does the one that is open already. */}
        <div onClick={() => setOpen(false)}>{children}</div>
      </Dialog>
    </>
  );
}
