"use client";

import { usePathname, useRouter } from "next/navigation";
import { type SubmitEvent, useEffect, useId, useRef, useTransition } from "react";
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
  const [pending, startTransition] = useTransition();
  const printsThen = useRef(false);

  // The server draws the sheet: it is printed once as many labels stand there as were asked for.
  useEffect(() => {
    if (pending || !printsThen.current) return;
    printsThen.current = false;
    printLabels();
  }, [pending]);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const wanted = Number(new FormData(event.currentTarget).get("count"));
    const prints = event.nativeEvent.submitter?.hasAttribute("data-print") ?? false;
    if (wanted === count && !pending) return prints ? printLabels() : undefined;
    printsThen.current = prints;
    startTransition(() => router.replace(`${path}?count=${wanted}`));
  }

  return (
    <form onSubmit={submit} data-chrome className="flex flex-wrap items-end gap-3">
      <span className="flex flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          {labels.count}
        </label>
        <Input
          id={id}
          name="count"
          type="number"
          required
          inputMode="numeric"
          min={1}
          max={most}
          defaultValue={count}
          className="w-28"
        />
      </span>
      <Button type="submit">{labels.show}</Button>
      <Button type="submit" data-print variant="primary" icon={<Printer aria-hidden />} pending={pending}>
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
