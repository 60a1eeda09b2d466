"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { type FormAction, sendAction } from "./form-outcome";
import { MenuItem, type MenuItemProps } from "./menu";
import { toast } from "./toast";

/** Something that is done to one record at once, and can be taken back. */
export interface Act {
  /** Gets `id`. */
  action: FormAction<unknown>;
  id: string;
  /** What the toast says afterwards. */
  done: string;
  /** The way back, with what the toast says then; left out for what needs none. */
  undo?: { action: FormAction<unknown>; label: string; done: string };
  /** Where to go when a limit of the plan refuses it. */
  plans?: { href: string; label: string };
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

function useAct({ action, id, done, undo, plans }: Act) {
  const t = useTranslations("ui.failure");
  const router = useRouter();
  const [pending, setPending] = useState(false);

  async function send(what: FormAction<unknown>): Promise<boolean> {
    const data = new FormData();
    data.set("id", id);
    const outcome = await sendAction(what, null, data);
    if (outcome.ok) {
      router.refresh();
      return true;
    }
    if ("failure" in outcome) {
      toast.danger(t(outcome.failure === "unknown" ? "detail" : outcome.failure));
    } else {
      const offer = plans && outcome.problem.code === "tier.limit_exceeded";
      toast.danger(
        outcome.problem.detail,
        offer ? { action: { label: plans.label, run: () => router.push(plans.href) } } : {},
      );
    }
    return false;
  }

  function takeBack() {
    if (!undo) return;
    startTransition(async () => {
      if (await send(undo.action)) toast.success(undo.done);
    });
  }

  function perform() {
    if (pending) return;
    setPending(true);
    startTransition(async () => {
      if (await send(action))
        toast.success(done, undo ? { action: { label: undo.label, run: takeBack } } : {});
      setPending(false);
    });
  }

  return { perform, pending };
}
