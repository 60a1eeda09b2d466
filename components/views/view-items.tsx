"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Plus, RotateCcw, Save, Settings2, Trash2 } from "@/components/ui/icons";
import { MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import type { SavedView } from "@/lib/views";

/** A list, and what is known of its views before its menu opens. */
export interface ViewedList {
  /** Which list it is, as the database calls it, and its address. */
  list: string;
  path: string;
  /** The view by which the list was opened, and whether the screen shows something else by now. */
  open: (SavedView & { readonly modified: boolean }) | null;
  /** Branches with whose people a view may be shared. */
  branches: readonly { readonly id: string; readonly name: string }[];
}

interface ViewItemsProps extends ViewedList {
  show: (id: string, query: string) => void;
  onUpdate: (view: SavedView) => void;
  onDrop: (view: SavedView) => void;
  onEdit: (what: "new" | "open") => void;
}

/** What stands in the menu of views; asks for them when it is first opened, and again when another one is open. */
export function ViewItems({ list, path, open, branches, show, onUpdate, onDrop, onEdit }: ViewItemsProps) {
  const t = useTranslations("ui.views");
  const router = useRouter();
  const { views, failed } = useViews(list, open);
  const place = (id: string | null) => branches.find((branch) => branch.id === id)?.name;
  return (
    <>
      <MenuLabel>{t("label")}</MenuLabel>
      <MenuChoice checked={open === null} onClick={() => router.push(`${path}?view=all`)}>
        {t("everything")}
      </MenuChoice>
      {views.map((view) => (
        <MenuChoice key={view.id} checked={view.id === open?.id} onClick={() => show(view.id, view.query)}>
          <span className="block truncate">{view.name}</span>
          <span className="block text-xs font-normal text-ink-soft empty:hidden">
            {[view.opensFirst && t("opensFirst"), place(view.branchId)].filter(Boolean).join(" · ")}
          </span>
        </MenuChoice>
      ))}
      {failed && <p className="px-2.5 py-1.5 text-sm text-danger-text">{t("failed")}</p>}
      <MenuSeparator />
      {open?.mine && open.modified && (
        <MenuItem icon={<Save aria-hidden />} onClick={() => onUpdate(open)}>
          {t("update")}
        </MenuItem>
      )}
      {open?.modified && (
        <MenuItem icon={<RotateCcw aria-hidden />} onClick={() => show(open.id, open.query)}>
          {t("revert")}
        </MenuItem>
      )}
      <MenuItem icon={<Plus aria-hidden />} onClick={() => onEdit("new")}>
        {t("saveNew")}
      </MenuItem>
      {open?.mine && (
        <MenuItem icon={<Settings2 aria-hidden />} onClick={() => onEdit("open")}>
          {t("edit")}
        </MenuItem>
      )}
      {open?.removable && (
        <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onClick={() => onDrop(open)}>
          {t("remove")}
        </MenuItem>
      )}
    </>
  );
}

function useViews(list: string, open: SavedView | null) {
  const [views, setViews] = useState<readonly SavedView[]>(open ? [open] : []);
  const [failed, setFailed] = useState(false);
  // Saved, renamed or removed: what the page shows as open tells it.
  const state = JSON.stringify(open);

  useEffect(() => {
    const asking = new AbortController();
    async function ask() {
      const answer = await fetch(`/api/views?list=${list}`, { signal: asking.signal });
      if (!answer.ok) throw new Error(`views answered ${answer.status}`);
      const { views: found } = (await answer.json()) as { views: readonly SavedView[] };
      setViews(found);
      setFailed(false);
    }
    ask().catch(() => asking.signal.aborted || setFailed(true));
    return () => asking.abort();
  }, [list, state]);

  return { views, failed };
}
