"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import {
  type ChangeEvent,
  type ComponentProps,
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { MOST_CHOSEN } from "@/lib/paging/address";
import { Button } from "./button";
import type { FormAction } from "./form-outcome";
import { IconButton } from "./icon-button";
import { Archive, ArchiveRestore, X } from "./icons";
import { toast } from "./toast";
import { useSend } from "./use-send";

/** What may be done with several rows of a list at once. */
export interface BulkActs {
  /** Rows that the filter leaves, on all pages. */
  total: number;
  /** The query of the list's address, for all of them. */
  query: string;
  /** Which rows the list shows: what is archived already is only put back. */
  state: "active" | "archived" | "all";
  /** Answers the ids of all rows of a query. */
  everyId: FormAction<readonly string[]>;
  /** Take ids, and answer those that they changed. */
  archive: FormAction<readonly string[]>;
  restore: FormAction<readonly string[]>;
}

interface Chosen {
  readonly ids: ReadonlySet<string>;
  readonly page: readonly string[];
  /** What the box of a row is called. */
  readonly label: (name: string) => string;
  readonly choose: (ids: Iterable<string>) => void;
}

const ChosenContext = createContext<Chosen | null>(null);

interface SelectionProps extends BulkActs {
  /** Ids of the rows on this page, in their order. */
  page: readonly string[];
  children: ReactNode;
}

/** Lets rows be chosen, and shows what can be done with them as long as any are. */
export function Selection({ page, children, ...acts }: SelectionProps) {
  const t = useTranslations("ui.selection");
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  // Other rows are another choice; where rows went, others came behind them or there are fewer. No `key` starts it anew:
  // that would take the boxes away, and the focus with them.
  const rows = `${page[0]} ${page.at(-1)} ${page.length}`;
  const [known, setKnown] = useState(rows);
  if (known !== rows) {
    setKnown(rows);
    setIds(new Set());
  }
  const label = (name: string) => t("row", { name });
  const choose = (chosen: Iterable<string>) => setIds(new Set(chosen));
  return (
    <ChosenContext value={{ ids, page, label, choose }}>
      {children}
      {ids.size > 0 && <Bar {...acts} ids={ids} choose={choose} />}
    </ChosenContext>
  );
}

interface ChooseRowProps {
  /** Where the row stands on this page, from 0. */
  place: number;
  /** What it is called. */
  name: string;
}

/** Chooses one row, and with Shift all from the one that was chosen last. */
export function ChooseRow({ place, name }: ChooseRowProps) {
  const chosen = use(ChosenContext);
  const id = chosen?.page[place];
  if (!chosen || id === undefined) return null;
  const { ids, page, label, choose } = chosen;

  const toggle = ({ currentTarget, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
    const last = [...ids].at(-1);
    const upTo = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey && last !== undefined;
    const next = new Set(ids);
    for (const each of upTo ? between(page, last, id) : [id]) {
      if (currentTarget.checked) next.add(each);
      else next.delete(each);
    }
    choose(next);
  };

  return <Tick label={label(name)} checked={ids.has(id)} onChange={toggle} />;
}

/** Chooses all rows of this page, or none; whoever acted on some by the keyboard goes on from here. */
export function ChoosePage() {
  const t = useTranslations("ui.selection");
  const chosen = use(ChosenContext);
  const box = useRef<HTMLInputElement>(null);
  useFocusAfterwards(box, (chosen?.ids.size ?? 0) > 0);
  const here = chosen?.page.filter((id) => chosen.ids.has(id)).length ?? 0;
  if (!chosen) return null;
  const all = here === chosen.page.length;
  return (
    <Tick
      label={t("page")}
      checked={all}
      ref={(input) => {
        box.current = input;
        if (input) input.indeterminate = here > 0 && !all;
      }}
      onChange={() => chosen.choose(all ? [] : chosen.page)}
    />
  );
}

/**
 * Takes the focus up that falls when the bar goes with its pressed button, and hands it to the page when the rows go too:
 * from the top of the window everything would have to be walked through again.
 */
function useFocusAfterwards(box: RefObject<HTMLInputElement | null>, acting: boolean): void {
  useEffect(() => {
    if (!acting) return;
    const element = box.current;
    return () => {
      if (document.activeElement !== document.body) return;
      element?.focus();
      // On a phone there is no box above the rows.
      if (document.activeElement === document.body) focusPage();
    };
  }, [box, acting]);

  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (element && document.activeElement === element) focusPage();
    };
  }, [box]);
}

function focusPage(): void {
  document.querySelector("main")?.focus({ preventScroll: true });
}

/** A box over the link that is the rest of the row; its look stands in app/globals.css, because there are many. */
function Tick({ label, ...input }: ComponentProps<"input"> & { label: string }) {
  return <input {...input} type="checkbox" aria-label={label} className="row-choice" />;
}

type BarProps = BulkActs & Pick<Chosen, "ids" | "choose">;

/** How many rows are chosen, and what can be done with them. */
function Bar({ ids, choose, total, query, state, everyId, archive, restore }: BarProps) {
  const t = useTranslations("ui.selection");
  const send = useSend();
  const router = useRouter();
  const [pending, setPending] = useState(false);

  /** Sends one act after the other: a second click waits for the first. */
  async function act(work: () => Promise<void>) {
    setPending(true);
    await work();
    setPending(false);
  }

  async function change(what: "archive" | "restore", chosen: Iterable<string>) {
    const [action, back] = what === "archive" ? [archive, restore] : [restore, archive];
    const answer = await send(action, { ids: [...chosen].join(",") });
    if (!answer) return;
    const { data: changed } = answer;
    choose([]);
    router.refresh();
    const takeBack = async () => {
      if (!(await send(back, { ids: changed.join(",") }))) return;
      router.refresh();
      toast.success(t(what === "archive" ? "restored" : "archived", { count: changed.length }));
    };
    toast.success(t(what === "archive" ? "archived" : "restored", { count: changed.length }), {
      ...(changed.length > 0 && { action: { label: t("undo"), run: () => void takeBack() } }),
    });
  }

  async function chooseAll() {
    const answer = await send(everyId, { query });
    if (answer) choose(answer.data);
  }

  const more = total > ids.size && total <= MOST_CHOSEN;
  return (
    <section
      aria-label={t("label")}
      className="sticky bottom-3 z-20 flex justify-center px-3 pb-3 max-sm:bottom-20"
    >
      <div className="flex flex-wrap items-center justify-center gap-2 rounded-xl border border-line bg-raised px-3 py-2 shadow-md">
        <output className="px-2 font-medium tabular">{t("count", { count: ids.size })}</output>
        {more && (
          <Button size="sm" variant="ghost" disabled={pending} onClick={() => void act(chooseAll)}>
            {t("all", { total })}
          </Button>
        )}
        {state !== "archived" && (
          <Button
            size="sm"
            icon={<Archive aria-hidden />}
            pending={pending}
            onClick={() => void act(() => change("archive", ids))}
          >
            {t("archive")}
          </Button>
        )}
        {state !== "active" && (
          <Button
            size="sm"
            icon={<ArchiveRestore aria-hidden />}
            pending={pending}
            onClick={() => void act(() => change("restore", ids))}
          >
            {t("restore")}
          </Button>
        )}
        <IconButton size="sm" label={t("clear")} icon={<X aria-hidden />} onClick={() => choose([])} />
      </div>
    </section>
  );
}

/** The ids from one to another, both included, in the order of the page. */
function between(page: readonly string[], one: string, other: string): readonly string[] {
  const [from = 0, to = 0] = [page.indexOf(one), page.indexOf(other)].toSorted((a, b) => a - b);
  return from < 0 ? [other] : page.slice(from, to + 1);
}
