"use client";

import { type ReactNode, useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { RecoveryCodes, type RecoveryCodesText } from "./recovery-codes";

interface CodesAfterProps {
  /** Answers with new recovery codes. */
  action: FormAction<string[]>;
  text: RecoveryCodesText & { readonly title: string; readonly description: string; readonly done: string };
  /** Where to go once the codes are kept; nowhere from a dialog, which is closed instead. */
  continueTo?: string;
  /** Shown until then: what precedes the form. */
  intro?: ReactNode;
  /** The fields and the button. */
  children: ReactNode;
}

/** A form that gives way to the recovery codes which its action made: they are shown this one time. */
export function CodesAfter({ action, text, continueTo, intro, children }: CodesAfterProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (!codes) {
    return (
      <>
        {intro}
        <ActionForm action={action} onSuccess={setCodes} keepOpen className="flex flex-col gap-5">
          {children}
        </ActionForm>
      </>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <div role="status">
        <h2 className="text-lg font-semibold">{text.title}</h2>
        <p className="mt-1 text-ink-soft">{text.description}</p>
      </div>
      <RecoveryCodes codes={codes} text={text} />
      {continueTo && (
        <ButtonLink href={continueTo} variant="primary" size="lg" block className="print:hidden">
          {text.done}
        </ButtonLink>
      )}
    </div>
  );
}
