"use client";

import type { MouseEvent } from "react";
import { Button } from "@/components/ui/button";
import { Copy } from "@/components/ui/icons";
import { toast } from "@/components/ui/toast";

export interface CopyHoursProps {
  from: string;
  to: readonly string[];
  label: string;
  /** Said when it is done. */
  done: string;
}

/** Writes the hours of one day into all others of its form, and opens them. */
export function CopyHours({ from, to, label, done }: CopyHoursProps) {
  function copy({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) {
    if (!form) return;
    for (const day of to) {
      const open = inputOf(form, `hours.${day}.open`);
      if (open) open.checked = true;
      for (const edge of ["opens", "closes"]) {
        const [source, target] = [
          inputOf(form, `hours.${from}.${edge}`),
          inputOf(form, `hours.${day}.${edge}`),
        ];
        if (source && target) target.value = source.value;
      }
    }
    toast.success(done);
  }

  return (
    <Button variant="ghost" icon={<Copy aria-hidden className="size-4" />} onClick={copy}>
      {label}
    </Button>
  );
}

function inputOf(form: HTMLFormElement, name: string): HTMLInputElement | null {
  const control = form.elements.namedItem(name);
  return control instanceof HTMLInputElement ? control : null;
}
