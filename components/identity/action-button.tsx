"use client";

import { useTransition } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { ActionResult } from "@/components/ui/problem";
import { toast } from "@/components/ui/toast";

interface ActionButtonProps extends Omit<ButtonProps, "onClick" | "pending"> {
  /** A server action without fields. */
  action: () => Promise<ActionResult<unknown> | void>;
  /** Said after success. */
  done?: string;
}

/** A button beside a form that does something of its own: another code, signing out. */
export function ActionButton({ action, done, ...rest }: ActionButtonProps) {
  const [pending, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      const result = await action();
      if (result && !result.ok) toast.danger(result.problem.detail);
      else if (done) toast.success(done);
    });
  return <Button {...rest} pending={pending} onClick={run} />;
}
