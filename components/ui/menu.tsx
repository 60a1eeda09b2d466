"use client";

import Link from "next/link";
import { type ComponentProps, type KeyboardEvent, type ReactNode, startTransition } from "react";
import { cn } from "./cn";
import type { Align } from "./place-floating";
import { useFloating } from "./use-floating";
import { useRun } from "./use-run";

export interface MenuProps {
  /** Content of the button. */
  trigger: ReactNode;
  /** Accessible name of the menu. */
  label: string;
  /** The button shows no text: the label is its name and its tip. */
  iconOnly?: boolean;
  triggerClassName?: string;
  className?: string;
  align?: Align;
  disabled?: boolean;
  /** MenuItem, MenuChoice, MenuCheck, MenuLabel, MenuSeparator. */
  children: ReactNode;
}

const ITEMS = "[role^='menuitem']:not([aria-disabled='true'])";

/** A button with a list of actions: arrows, Home, End and first letters move; Esc and Tab leave. */
export function Menu({
  trigger,
  label,
  iconOnly = false,
  triggerClassName,
  className,
  align = "end",
  disabled,
  children,
}: MenuProps) {
  const { id, button, layer, open, filled, layerEvents } = useFloating(align, (menu) =>
    menu.querySelector<HTMLElement>(ITEMS)?.focus(),
  );

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-label={iconOnly ? label : undefined}
        aria-haspopup="menu"
        aria-expanded={open}
        data-tip={iconOnly ? label : undefined}
        disabled={disabled}
        className={triggerClassName}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          layer.current?.showPopover();
        }}
      >
        {trigger}
      </button>
      <div
        ref={layer}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        {...layerEvents}
        onKeyDown={moveFocus}
        onClick={(event) => {
          const item = event.target instanceof Element ? event.target.closest(ITEMS) : null;
          // Several may be ticked before one looks at what came of it.
          if (item && item.role !== "menuitemcheckbox") event.currentTarget.hidePopover();
        }}
        className={cn("floating min-w-52 max-w-[calc(100vw-1rem)] overflow-y-auto p-1.5", className)}
      >
        {filled && children}
      </div>
    </>
  );
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>) {
  const menu = event.currentTarget;
  const items = [...menu.querySelectorAll<HTMLElement>(ITEMS)];
  const at = items.findIndex((item) => item === menu.ownerDocument.activeElement);
  const next = target(event, items, at);
  if (event.key === "Tab") menu.hidePopover();
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function target(event: KeyboardEvent, items: HTMLElement[], at: number): HTMLElement | undefined {
  switch (event.key) {
    case "ArrowDown":
      return items[(at + 1) % items.length];
    case "ArrowUp":
      return items.at(at <= 0 ? -1 : at - 1);
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    default:
      return event.key.length === 1 && event.key !== " " ? startingWith(event.key, items, at) : undefined;
  }
}

function startingWith(letter: string, items: HTMLElement[], at: number): HTMLElement | undefined {
  const wanted = letter.toLocaleLowerCase();
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find((item) =>
    item.textContent?.trim().toLocaleLowerCase().startsWith(wanted),
  );
}

const itemStyle =
  "flex min-h-(--control-sm) w-full items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-left text-sm outline-none focus:bg-hover hover:bg-hover aria-disabled:opacity-50 focus-visible:outline-2 focus-visible:-outline-offset-2 pointer-coarse:text-base";

interface ItemLook {
  icon?: ReactNode;
  tone?: "plain" | "danger";
}

export interface MenuItemProps extends Omit<ComponentProps<"button">, "role" | "type">, ItemLook {
  /** Goes there instead of doing something. */
  href?: string;
  /** A server action without input, for example signing out. */
  action?: () => Promise<unknown>;
}

/** One entry of a menu: a link (`href`), a server action (`action`) or a handler (`onClick`). */
export function MenuItem({
  href,
  action,
  icon,
  tone = "plain",
  disabled = false,
  className,
  children,
  onClick,
  ...rest
}: MenuItemProps) {
  const run = useRun();
  const look = cn(
    itemStyle,
    tone === "danger" ? "text-danger-text [&_.lucide]:text-danger-text" : "[&_.lucide]:text-ink-faint",
    className,
  );
  if (href !== undefined && !disabled) {
    return (
      <Link href={href} prefetch={false} role="menuitem" tabIndex={-1} className={look}>
        {icon}
        {children}
      </Link>
    );
  }
  return (
    <button
      {...rest}
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      className={look}
      onClick={(event) => {
        if (disabled) return;
        onClick?.(event);
        if (action) startTransition(async () => void (await run(action)));
      }}
    >
      {icon}
      {children}
    </button>
  );
}

export interface MenuChoiceProps extends Omit<MenuItemProps, "href" | "tone"> {
  checked: boolean;
}

/** One of several in a menu, the chosen one marked. */
export function MenuChoice(props: MenuChoiceProps) {
  return <Ticked {...props} role="menuitemradio" />;
}

/** Something that is on or off; the menu stays open. */
export function MenuCheck(props: Omit<MenuChoiceProps, "action">) {
  return <Ticked {...props} role="menuitemcheckbox" />;
}

function Ticked({
  role,
  checked,
  action,
  icon,
  className,
  children,
  onClick,
  ...rest
}: MenuChoiceProps & { role: "menuitemradio" | "menuitemcheckbox" }) {
  const run = useRun();
  return (
    <button
      {...rest}
      type="button"
      role={role}
      aria-checked={checked}
      tabIndex={-1}
      className={cn(itemStyle, "[&_.lucide]:text-ink-faint", checked && "font-medium", className)}
      onClick={(event) => {
        onClick?.(event);
        if (action && !checked) startTransition(async () => void (await run(action)));
      }}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {checked && <Tick />}
    </button>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="size-4.5 text-brand-text">
      <path
        d="m4.5 10.5 3.5 3.5 7.5-8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Heading of a group in a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <div role="presentation" className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-faint">
      {children}
    </div>
  );
}

export function MenuSeparator() {
  return <hr className="-mx-1.5 my-1.5 border-line" />;
}
