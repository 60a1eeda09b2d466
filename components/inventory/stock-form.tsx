"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { ActionForm, type FormAction } from "@/components/ui/form";

export interface StockFormProps {
  action: FormAction<{ documentId: string | null }>;
  /** What the toast says afterwards. */
  done: string;
  children: ReactNode;
}

/** Sends a stock document and opens it. */
export function StockForm({ action, done, children }: StockFormProps) {
  const router = useRouter();
  return (
    <ActionForm
      action={action}
      successMessage={done}
      onSuccess={({ documentId }) =>
        router.push(documentId ? `/inventory/documents/${documentId}` : "/inventory")
      }
    >
      {children}
    </ActionForm>
  );
}
