"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { ActionForm, type FormAction } from "@/components/ui/form";

export interface CreateCustomerFormProps {
  action: FormAction<{ id: string }>;
  /** What the toast says afterwards. */
  created: string;
  children: ReactNode;
}

/** Makes a customer and opens its record. */
export function CreateCustomerForm({ action, created, children }: CreateCustomerFormProps) {
  const router = useRouter();
  return (
    <ActionForm
      action={action}
      successMessage={created}
      onSuccess={({ id }) => router.push(`/customers/${id}`)}
    >
      {children}
    </ActionForm>
  );
}
