"use client";

import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { type FormAction, sendAction } from "@/components/ui/form-outcome";
import { Bookmark } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { SavedView } from "@/lib/views";
import { ViewItems } from "./view-items";

const ViewDialog = dynamic(() => import("./view-dialog"));

export interface SavedViewsProps {
  /** Which list it is, as the database calls it, and its address. */
  list: string;
  path: string;
  /** The view by which the list was opened, and whether the screen shows something else by now. */
  open: (SavedView & { readonly modified: boolean }) | null;
  /** Branches with whose people a view may be shared. */
  branches: readonly { readonly id: string; readonly name: string }[];
  save: FormAction<string>;
  remove: FormAction<void>;
}

/** The saved views of a list: opens one, keeps what is on the screen as one, changes and removes the own ones. */
export function SavedViewsMenu(props: SavedViewsProps) {
  const { list, path, open, branches, save, remove } = props;
  const t = useTranslations("ui.views");
  const failed = useTranslations("ui.failure");
  const router = useRouter();
  const query = useSearchParams();
  /** What the dialog is about: a new view, or the open one; null while it is closed. */
  const [editing, setEditing] = useState<"new" | "open" | null>(null);

  /** Shows a view of this list; without a query the one that is on the screen, under its id. */
  function show(id: string, wanted = query.toString()) {
    const address = new URLSearchParams(wanted);
    address.set("view", id);
    router.push(`${path}?${address}`);
  }

  async function send<T>(action: FormAction<T>, values: Readonly<Record<string, string>>): Promise<T | null> {
    const data = new FormData();
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    const outcome = await sendAction(action, null, data);
    if (outcome.ok) return outcome.data;
    toast.danger(
      "failure" in outcome
        ? failed(outcome.failure === "unknown" ? "detail" : outcome.failure)
        : outcome.problem.detail,
    );
    return null;
  }

  async function update(view: SavedView) {
    const id = await send(save, { ...formOf(view, list), id: view.id, query: query.toString() });
    if (id === null) return;
    toast.success(t("updated", { name: view.name }));
    router.refresh();
  }

  async function drop(view: SavedView) {
    if ((await send(remove, { id: view.id })) === null) return;
    router.push(`${path}?view=all`);
    const takeBack = async () => {
      const id = await send(save, formOf(view, list));
      if (id !== null) show(id, view.query);
    };
    toast.success(t("removed", { name: view.name }), {
      action: { label: t("undo"), run: () => void takeBack() },
    });
  }

  return (
    <>
      <Menu
        label={t("label")}
        trigger={
          <>
            <Bookmark aria-hidden />
            <span className="max-w-40 truncate max-sm:max-w-32">{open?.name ?? t("label")}</span>
            {open?.modified && <span className="font-normal text-ink-soft">{t("modified")}</span>}
          </>
        }
        triggerClassName={cn(buttonVariants(), open && "border-brand text-brand-text")}
        className="w-72"
      >
        <ViewItems
          {...props}
          show={show}
          onUpdate={(view) => void update(view)}
          onDrop={(view) => void drop(view)}
          onEdit={setEditing}
        />
      </Menu>
      {editing && (
        <ViewDialog
          list={list}
          view={editing === "open" ? open : null}
          branches={branches}
          action={save}
          onSaved={(id) => show(id)}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

/** A view as its form would send it, under a new id. */
function formOf({ name, query, branchId, opensFirst }: SavedView, list: string) {
  return { list, name, query, branchId: branchId ?? "", opensFirst: opensFirst ? "on" : "" };
}
