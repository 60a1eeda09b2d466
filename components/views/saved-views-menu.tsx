"use client";

import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { FormAction } from "@/components/ui/form-outcome";
import { Bookmark } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";
import type { SavedView } from "@/lib/views";
import { type ViewedList, ViewItems } from "./view-items";

const ViewDialog = dynamic(() => import("./view-dialog"));

interface SavedViewsMenuProps extends ViewedList {
  save: FormAction<string>;
  remove: FormAction<void>;
}

/** The saved views of a list: opens one, keeps what is on the screen as one, changes the own ones, removes what one may. */
export function SavedViewsMenu(props: SavedViewsMenuProps) {
  const { list, path, open, branches, save, remove } = props;
  const t = useTranslations("ui.views");
  const send = useSend();
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

  async function update(view: SavedView) {
    const values = { ...formOf(view, list), id: view.id, query: query.toString() };
    if (!(await send(save, values))) return;
    toast.success(t("updated", { name: view.name }));
    router.refresh();
  }

  async function drop(view: SavedView) {
    if (!(await send(remove, { id: view.id }))) return;
    router.push(`${path}?view=all`);
    // One of a colleague's comes back under the same name at the same branch, as a view of whoever took it back.
    const takeBack = async () => {
      const saved = await send(save, formOf(view, list));
      if (saved) show(saved.data, view.query);
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
