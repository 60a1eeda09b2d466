"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Clock, CornerDownLeft, Search } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/kbd";
import { Modal } from "@/components/ui/modal";
import { Spinner } from "@/components/ui/spinner";
import { groupsFor, type PaletteGroup, type PaletteItem } from "./palette-groups";
import { readRecents, rememberRecent } from "./recents";
import { useSearch } from "./use-search";

/** A page or a thing to do that needs no search. */
export interface PaletteAction {
  id: string;
  title: string;
  href: string;
  /** Further words by which it is found. */
  keywords?: string;
}

export interface CommandPaletteProps {
  actions: readonly PaletteAction[];
  scope: string;
  searchUrl?: string;
  onClose: () => void;
}

/** The quick search: pages at once, records as the server finds them, recents while nothing is typed. */
export default function CommandPalette({ actions, scope, searchUrl, onClose }: CommandPaletteProps) {
  const t = useTranslations("ui.palette");
  const router = useRouter();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [recents] = useState(() => readRecents(scope));
  const search = useSearch(searchUrl ?? null, query);

  const groups = groupsFor({
    query,
    actions,
    recents,
    found: search.groups,
    labels: { recent: t("recent"), pages: t("pages") },
  });
  const items = groups.flatMap((group) => group.items);
  const chosen = items[Math.min(at, items.length - 1)];

  useEffect(() => {
    list.current?.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  function open(item: PaletteItem) {
    rememberRecent(scope, item);
    onClose();
    router.push(item.href);
  }

  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(chosen);
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || items.length === 0) return;
    event.preventDefault();
    setAt((Math.min(at, items.length - 1) + step + items.length) % items.length);
  }

  return (
    <Modal
      bare
      title={t("title")}
      onClose={onClose}
      className="mt-[12dvh] max-h-[min(32rem,76dvh)] w-[calc(100vw-2rem)] max-w-160 rounded-xl [--overlay-from:0_-0.5rem]"
    >
      <div className="sticky top-0 z-1 flex items-center gap-3 border-b border-line bg-raised px-4">
        {search.waiting ? (
          <Spinner className="text-ink-faint" />
        ) : (
          <Search aria-hidden className="text-ink-faint" />
        )}
        <input
          type="text"
          role="combobox"
          aria-label={t("title")}
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-activedescendant={chosen && `${listId}-${chosen.id}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={t("placeholder")}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={pressed}
          className="h-14 min-w-0 flex-1 bg-transparent text-lg outline-none placeholder-shown:text-ellipsis"
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={t("title")} className="p-2 empty:hidden">
        {groups.map((group) => (
          <Group
            key={group.label}
            group={group}
            listId={listId}
            chosen={chosen}
            onOpen={open}
            onPoint={(item) => setAt(items.indexOf(item))}
          />
        ))}
      </div>
      <p
        role="status"
        className={cn(
          "px-5 text-sm text-ink-soft",
          items.length === 0 ? "py-8 text-center" : "pb-3 empty:hidden",
        )}
      >
        {search.failed
          ? t("failed")
          : items.length === 0 && !search.waiting
            ? query
              ? t("empty", { query })
              : t("hint")
            : null}
      </p>
      <div
        aria-hidden
        className="sticky bottom-0 flex gap-4 border-t border-line bg-raised px-4 py-2 text-xs text-ink-faint pointer-coarse:hidden"
      >
        <span className="flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> {t("move")}
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>↵</Kbd> {t("open")}
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>Esc</Kbd> {t("leave")}
        </span>
      </div>
    </Modal>
  );
}

interface GroupProps {
  group: PaletteGroup;
  listId: string;
  chosen: PaletteItem | undefined;
  onOpen: (item: PaletteItem) => void;
  onPoint: (item: PaletteItem) => void;
}

function Group({ group, listId, chosen, onOpen, onPoint }: GroupProps) {
  const labelId = `${listId}-${group.kind}`;
  return (
    <div role="group" aria-labelledby={labelId} className="not-first:mt-1.5">
      <p id={labelId} className="px-3 py-1.5 text-xs font-medium text-ink-faint">
        {group.label}
      </p>
      {group.items.map((item) => (
        <div
          key={item.id}
          id={`${listId}-${item.id}`}
          role="option"
          aria-selected={item === chosen}
          onPointerMove={() => item !== chosen && onPoint(item)}
          onClick={() => onOpen(item)}
          className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 py-1.5 aria-selected:bg-hover"
        >
          {group.kind === "recent" && <Clock aria-hidden className="size-4 text-ink-faint" />}
          <span className="min-w-0 flex-1">
            <span className="block truncate">{item.title}</span>
            {item.subtitle && <span className="block truncate text-sm text-ink-soft">{item.subtitle}</span>}
          </span>
          {item === chosen && <CornerDownLeft aria-hidden className="size-4 text-ink-faint" />}
        </div>
      ))}
    </div>
  );
}
