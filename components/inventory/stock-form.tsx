"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { newKey } from "@/components/ui/new-key";
import { ProblemLink } from "@/components/ui/problem-link";
import { forgetDocument, keyOfDocument } from "./kept-document";

export interface StockFormProps {
  action: FormAction<{ documentId: string | null }>;
  /** What the toast says afterwards. */
  done: string;
  /** Under which the document is kept in this tab until it is saved. */
  keptAs?: string;
  children: ReactNode;
}

/** Sends a stock document and opens it. Sent again because no answer came, it is the same document. */
export function StockForm({ action, done, keptAs, children }: StockFormProps) {
  const t = useTranslations("inventory");
  const router = useRouter();
  // Made here and not with the page: going back after a success the router shows the page that it kept, and a key in it
  // would be used up. The form is mounted anew then, and empty.
  const key = useRef<string>(null);

  const send: typeof action = (previous, data) => {
    key.current = keptAs ? keyOfDocument(keptAs) : (key.current ?? newKey());
    data.set("key", key.current);
    return action(previous, data);
  };

  return (
    <ActionForm
      action={send}
      successMessage={done}
      onSuccess={({ documentId }) => {
        if (keptAs) forgetDocument(keptAs);
        router.push(documentId ? `/inventory/documents/${documentId}` : "/inventory");
      }}
    >
      <ProblemLink code="stock.already_saved" href="/inventory/documents/:id" label={t("seeSaved")} newTab />
      {children}
    </ActionForm>
  );
}
