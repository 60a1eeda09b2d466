"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ActionForm } from "./action-form";
import { Button, type ButtonProps } from "./button";
import { useClose } from "./close-context";
import { Field } from "./field";
import { FormActions } from "./form-actions";
import type { FormAction } from "./form-outcome";
import { Input } from "./input";
import { Modal } from "./modal";
import { SubmitButton } from "./submit-button";
import { Textarea } from "./textarea";

interface ConfirmProps<T> {
  title: ReactNode;
  description?: ReactNode;
  action: FormAction<T>;
  /** Sent along as hidden values. */
  values?: Readonly<Record<string, string>>;
  /** Text of the button that does it. */
  confirmLabel?: ReactNode;
  tone?: "primary" | "danger";
  /** This very text must be typed first: for what cannot be undone. */
  confirmText?: string;
  /** Asks for a reason, sent as `reason`. */
  askReason?: boolean;
  /** Label of the reason. */
  reasonLabel?: ReactNode;
  successMessage?: string | ((data: T) => string);
  onSuccess?: (data: T) => void;
  /** More fields, or a summary of what will happen. */
  children?: ReactNode;
}

interface ConfirmDialogProps<T> extends ConfirmProps<T> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks before something final. What can be undone needs no question: do it and offer "undo" in a toast. */
function ConfirmDialog<T>({ open, onOpenChange, title, description, ...rest }: ConfirmDialogProps<T>) {
  if (!open) return null;
  return (
    <Modal
      role="alertdialog"
      title={title}
      description={description}
      onClose={() => onOpenChange(false)}
      className="w-full rounded-2xl sm:w-115 max-sm:mb-0 max-sm:rounded-b-none"
    >
      <ConfirmForm {...rest} />
    </Modal>
  );
}

function ConfirmForm<T>({
  action,
  values = {},
  confirmLabel,
  tone = "danger",
  confirmText,
  askReason,
  reasonLabel,
  children,
  ...form
}: Omit<ConfirmProps<T>, "title" | "description">) {
  const t = useTranslations("ui");
  const close = useClose();
  const [typed, setTyped] = useState("");
  const ready = confirmText === undefined || typed.trim() === confirmText;
  return (
    <ActionForm action={action} {...form}>
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex flex-col gap-4 empty:hidden">
        {children}
        {askReason && (
          <Field name="reason" label={reasonLabel ?? t("reason")} required>
            <Textarea rows={2} />
          </Field>
        )}
        {confirmText !== undefined && (
          <Field name="confirmation" label={t("confirmName", { name: confirmText })}>
            <Input value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          </Field>
        )}
      </div>
      <FormActions>
        <Button onClick={close}>{t("cancel")}</Button>
        <SubmitButton variant={tone} disabled={!ready}>
          {confirmLabel ?? t("confirm")}
        </SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

export interface ConfirmButtonProps<T>
  extends ConfirmProps<T>,
    Pick<ButtonProps, "variant" | "icon" | "disabled" | "className" | "size" | "block"> {
  /** Text of the button that asks. */
  label: ReactNode;
}

/** A button with the question that it opens. */
export function ConfirmButton<T>({
  label,
  variant,
  icon,
  disabled,
  className,
  size,
  block,
  ...confirm
}: ConfirmButtonProps<T>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        {...{ variant, icon, className, size, block }}
        {...(disabled && { disabled })}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <ConfirmDialog open={open} onOpenChange={setOpen} {...confirm} />
    </>
  );
}
