"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ActionForm, type FormAction, FormActions } from "@/components/ui/form";
import { RecoveryCodes, type RecoveryCodesText } from "./recovery-codes";

interface CodesDialogProps {
  /** Text of the button that opens it, and the question's title. */
  label: string;
  description: string;
  text: RecoveryCodesText;
  /** Answers with the new codes. */
  action: FormAction<string[]>;
  /** The fields of the question. */
  children: ReactNode;
}

/** Asks for new recovery codes and shows them, this one time: it stays until the person says that they are kept. */
export function CodesDialog({ label, description, text, action, children }: CodesDialogProps) {
  const [open, setOpen] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const made = codes.length > 0;
  const router = useRouter();
  const turn = (opened: boolean) => {
    setOpen(opened);
    setCodes([]);
  };
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => turn(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={turn}
        held={made}
        title={made ? text.title : label}
        description={made ? text.description : description}
      >
        {made ? (
          <>
            {/* Dialogs are left out of what is printed. */}
            <RecoveryCodes codes={codes} text={text} mayPrint={false} />
            <FormActions>
              <Button
                variant="primary"
                onClick={() => {
                  turn(false);
                  router.refresh(); // the card counts the codes that are left
                }}
              >
                {text.kept}
              </Button>
            </FormActions>
          </>
        ) : (
          <ActionForm action={action} onSuccess={setCodes} keepOpen className="flex flex-col gap-5">
            {children}
          </ActionForm>
        )}
      </Dialog>
    </>
  );
}
