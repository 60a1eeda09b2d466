"use client";

import { type ReactNode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { printPage } from "@/components/ui/print-button";
import type { ReceiptText } from "@/lib/receipts";
import type { CountPrint } from "./actions";
import { ReceiptView } from "./receipt-view";

export interface ReceiptPrinter {
  readonly busy: boolean;
  readonly failed: boolean;
  print: () => void;
  /** The paper: put it anywhere. Aside of the screen, unless it was given to be seen. */
  readonly paper: ReactNode;
}

interface Job {
  readonly receipt: ReceiptText;
  readonly copy: boolean;
}

/**
 * Prints a sale's receipt from any page: the print is counted first, so that the second says COPIA.
 *
 * @param shown the receipt, where the page shows it; otherwise it is fetched when it is printed
 */
export function useReceiptPrinter(
  orderId: string,
  countPrint: CountPrint,
  shown?: ReceiptText,
): ReceiptPrinter {
  const [job, setJob] = useState<Job | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (job) void whenDrawn().then(printPage);
  }, [job]);

  async function print() {
    if (busy) return;
    setBusy(true);
    setFailed(false);
    try {
      // Read first: a receipt that cannot be read is no print.
      const receipt = shown ?? (await fetchReceipt(orderId));
      const counted = await countPrint(null, { orderId });
      if (!counted.ok) throw new Error(counted.problem.code);
      setJob({ receipt, copy: counted.data.copy });
    } catch {
      setFailed(true);
    }
    setBusy(false);
  }

  const paper = shown ? (
    <ReceiptView receipt={shown} copy={job?.copy ?? shown.copy} className="mx-auto" />
  ) : (
    job && <Aside job={job} />
  );
  return { busy, failed, print: () => void print(), paper };
}

/** Measured and printed, never seen. */
function Aside({ job }: { job: Job }) {
  return createPortal(
    <div aria-hidden="true">
      <ReceiptView {...job} className="fixed top-0 -left-[200mm]" />
    </div>,
    document.body,
  );
}

async function fetchReceipt(orderId: string): Promise<ReceiptText> {
  const response = await fetch(`/api/orders/${orderId}/receipt`);
  if (!response.ok) throw new Error(`the receipt answered ${response.status}`);
  return (await response.json()) as ReceiptText;
}

/** A logo that is still on its way would leave a hole on the paper. */
async function whenDrawn(): Promise<void> {
  const logos = [...document.querySelectorAll<HTMLImageElement>("[data-paper] img")];
  await Promise.all(logos.map((logo) => logo.decode().catch(() => undefined)));
}
