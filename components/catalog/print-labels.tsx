"use client";

import { usePathname, useRouter } from "next/navigation";
import { type SubmitEvent, useId } from "react";
import { Button } from "@/components/ui/button";
import { Printer } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";

const PAPER = `
  @page { size: 40mm 25mm; margin: 0 }
  @media print {
    body :not(:has([data-labels]), [data-labels], [data-labels] *) { display: none !important }
    :has([data-labels]) { display: block !important; margin: 0 !important; border: 0 !important; padding: 0 !important; box-shadow: none !important }
  }`;

export interface PrintLabelsProps {
  count: number;
  most: number;
  labels: { count: string; show: string; print: string };
}

/** Chooses how many labels there are, and prints them alone on paper of their size. */
export function PrintLabels({ count, most, labels }: PrintLabelsProps) {
  const router = useRouter();
  const path = usePathname();
  const id = useId();

  function show(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const wanted = new FormData(event.currentTarget).get("count");
    if (typeof wanted === "string") router.replace(`${path}?count=${encodeURIComponent(wanted)}`);
  }

  return (
    <form onSubmit={show} data-chrome className="flex flex-wrap items-end gap-3">
      <span className="flex flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          {labels.count}
        </label>
        <Input
          id={id}
          name="count"
          type="number"
          inputMode="numeric"
          min={1}
          max={most}
          defaultValue={count}
          className="w-28"
        />
      </span>
      <Button type="submit">{labels.show}</Button>
      <Button variant="primary" icon={<Printer aria-hidden />} onClick={printLabels}>
        {labels.print}
      </Button>
    </form>
  );
}

function printLabels() {
  const paper = new CSSStyleSheet();
  paper.replaceSync(PAPER);
  document.adoptedStyleSheets.push(paper);
  window.print();
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== paper);
}
