"use client";

import { useTransition } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { ActionResult } from "@/components/ui/problem";
import { toast } from "@/components/ui/toast";
import { useRun } from "@/components/ui/use-run";

interface ActionButtonProps extends Omit<ButtonProps, "onClick" | "pending"> {
  /** A server action without fields. */
  action: () => Promise<ActionResult<unknown> | void>;
  /** Said after success. */
  done?: string;
}

/** A button beside a form that does something of its own: another code, signing out. */
export function ActionButton({ action, done, ...rest }: ActionButtonProps) {
  const [pending, startTransition] = useTransition();
  const send = useRun();
  const run = () =>
    startTransition(async () => {
      if ((await send(action)) && done) toast.success(done);
    });
  return <Button {...rest} pending={pending} onClick={run} />;
}
