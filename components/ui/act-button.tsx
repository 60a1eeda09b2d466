"use client";

import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { Button, type ButtonProps } from "./button";
import type { FormAction } from "./form-outcome";
import { MenuItem, type MenuItemProps } from "./menu";
import { toast } from "./toast";
import { useSend, type WayOut, type WaysOut } from "./use-send";

/** Something that is done to one record at once, and can be taken back. */
export interface Act {
  /** Gets `id`; may answer `Acted`. */
  action: FormAction<unknown>;
  id: string;
  /** What the toast says afterwards. */
  done: string;
  /** The way back, with what the toast says then; left out for what needs none. */
  undo?: { action: FormAction<unknown>; label: string; done: string };
  /** Offered when a limit of the plan refuses it. */
  plans?: WayOut;
  /** Offered when something else refuses it. */
  ways?: WaysOut;
}

/** What an action answers that did more than its name says. */
export interface Acted {
  /** Told below what the toast says. */
  readonly note?: string;
}

/** A button that acts without asking, and offers to undo. */
export function ActButton({ act, ...button }: Omit<ButtonProps, "onClick" | "pending"> & { act: Act }) {
  const { perform, pending } = useAct(act);
  return <Button {...button} pending={pending} onClick={perform} />;
}

/** The same as an entry of a menu. */
export function ActMenuItem({
  act,
  ...item
}: Omit<MenuItemProps, "onClick" | "action" | "href"> & { act: Act }) {
  const { perform, pending } = useAct(act);
  return <MenuItem {...item} disabled={pending} onClick={perform} />;
}

function useAct({ action, id, done, undo, plans, ways }: Act) {
  const router = useRouter();
  const send = useSend();
  const [pending, setPending] = useState(false);

  async function act(what: FormAction<unknown>) {
    const answer = await send(what, { id }, { ...ways, ...(plans && { "tier.limit_exceeded": plans }) });
    if (answer) router.refresh();
    return answer;
  }

  function takeBack() {
    if (!undo) return;
    startTransition(async () => {
      if (await act(undo.action)) toast.success(undo.done);
    });
  }

  function perform() {
    if (pending) return;
    setPending(true);
    startTransition(async () => {
      const answer = await act(action);
      if (answer)
        toast.success(done, {
          ...noteOf(answer.data),
          ...(undo && { action: { label: undo.label, run: takeBack } }),
        });
      setPending(false);
    });
  }

  return { perform, pending };
}

function noteOf(answer: unknown): { description?: string } {
  const note = typeof answer === "object" && answer !== null && "note" in answer ? answer.note : undefined;
  return typeof note === "string" ? { description: note } : {};
}
