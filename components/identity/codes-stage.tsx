"use client";

import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { RecoveryCodes, type RecoveryCodesText } from "./recovery-codes";

interface Stage {
  readonly codes: readonly string[];
  readonly show: (codes: readonly string[]) => void;
}

const StageContext = createContext<Stage>({ codes: [], show: () => undefined });

interface CodesStageProps {
  /** Holds a `CodesForm`. */
  form: ReactNode;
  /** Takes its place once there are codes; holds `NewCodes`. */
  shown: ReactNode;
}

/** A form that gives way to the recovery codes which its action made: they are shown this one time. */
export function CodesStage({ form, shown }: CodesStageProps) {
  const [codes, setCodes] = useState<readonly string[]>([]);
  const stage = useMemo(() => ({ codes, show: setCodes }), [codes]);
  return <StageContext value={stage}>{codes.length > 0 ? shown : form}</StageContext>;
}

/** The form of a stage; its action answers with new recovery codes. */
export function CodesForm({ action, children }: { action: FormAction<string[]>; children: ReactNode }) {
  const { show } = use(StageContext);
  return (
    <ActionForm action={action} onSuccess={show} keepOpen className="flex flex-col gap-5">
      {children}
    </ActionForm>
  );
}

/** The codes of a stage. */
export function NewCodes({ text }: { text: RecoveryCodesText }) {
  return <RecoveryCodes codes={use(StageContext).codes} text={text} mayPrint />;
}
