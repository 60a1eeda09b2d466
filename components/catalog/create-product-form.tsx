"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { ActionForm, type FormAction } from "@/components/ui/form";

export interface CreateProductFormProps {
  action: FormAction<{ id: string }>;
  /** What the toast says afterwards. */
  created: string;
  children: ReactNode;
}

/** Makes a product and opens its record. */
export function CreateProductForm({ action, created, children }: CreateProductFormProps) {
  const router = useRouter();
  return (
    <ActionForm
      action={action}
      successMessage={created}
      onSuccess={({ id }) => router.push(`/products/${id}`)}
    >
      {children}
    </ActionForm>
  );
}
