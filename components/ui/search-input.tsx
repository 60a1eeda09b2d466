"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";
import { Search, X } from "./icons";
import { Input } from "./input";
import { Spinner } from "./spinner";
import { useQueryChange } from "./use-query-change";

const PAUSE_MS = 250;

export interface SearchInputProps {
  /** Accessible name and placeholder. */
  label: string;
  placeholder?: string;
  /** Name in the address; `q` unless told otherwise. */
  name?: string;
  autoFocus?: boolean;
  className?: string;
}

/** Searches the list of this page: what is typed stands in the address after a short pause. */
export function SearchInput({
  label,
  placeholder = label,
  name = "q",
  autoFocus = false,
  className,
}: SearchInputProps) {
  const t = useTranslations("ui");
  const { current, change, pending } = useQueryChange(name);
  const input = useRef<HTMLInputElement>(null);
  const awake = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const agree = useEffectEvent((element: HTMLInputElement) => {
    const early = !awake.current && element.value !== current;
    awake.current = true;
    // Typed while the page was still waking up, when nobody listened yet.
    if (early) go(element.value);
    // "Clear filters" and the way back change the address without a key being pressed here.
    else if (element !== document.activeElement) element.value = current;
  });
  useEffect(() => {
    if (input.current) agree(input.current);
  }, [current]);

  useEffect(() => () => clearTimeout(timer.current), []);

  function go(text: string) {
    clearTimeout(timer.current);
    change(text.trim());
  }

  function clear() {
    if (input.current) input.current.value = "";
    input.current?.focus();
    go("");
  }

  return (
    <search className={className ?? "w-80 max-w-full max-sm:w-full"}>
      <Input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        defaultValue={current}
        autoFocus={autoFocus}
        enterKeyHint="search"
        spellCheck={false}
        prefix={pending ? <Spinner className="size-4" /> : <Search aria-hidden className="size-4" />}
        suffix={
          current && (
            <button
              type="button"
              aria-label={t("clear")}
              onClick={clear}
              className="grid h-full w-10 place-items-center rounded-md hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </button>
          )
        }
        onChange={(event) => {
          const text = event.currentTarget.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => go(text), PAUSE_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.currentTarget.value);
          if (event.key === "Escape" && event.currentTarget.value) clear();
        }}
      />
    </search>
  );
}
