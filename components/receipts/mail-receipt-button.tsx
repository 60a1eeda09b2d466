"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { MailReceipt } from "./actions";

interface MailReceiptButtonProps {
  orderId: string;
  action: MailReceipt;
  email: string;
  icon: ReactNode;
}

/** Asks for an address and sends the receipt there. */
export function MailReceiptButton({ orderId, action, email, icon }: MailReceiptButtonProps) {
  const t = useTranslations("receipts.handOut");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={icon} aria-haspopup="dialog" onClick={() => setOpen(true)} className="h-12 px-2">
        {t("mail")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} size="sm" title={t("mailTitle")} description={t("mailText")}>
        <ActionForm action={action} successMessage={t("sent")}>
          <input type="hidden" name="orderId" value={orderId} />
          <Field name="email" label={t("address")} required>
            <Input type="email" inputMode="email" size="lg" defaultValue={email} autoFocus />
          </Field>
          <FormActions>
            <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
            <SubmitButton>{t("send")}</SubmitButton>
          </FormActions>
        </ActionForm>
      </Dialog>
    </>
  );
}
