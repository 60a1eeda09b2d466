"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useDesk } from "./desk";

/** Keys and what they do; the names are in the messages under the same word. */
const keys = [
  ["F2", "field"],
  ["↵", "add"],
  ["3*", "multiple"],
  ["F4", "customer"],
  ["F7", "park"],
  ["⇧ F7", "parked"],
  ["F8", "discount"],
  ["F9", "pay"],
  ["↑ ↓", "select"],
  ["+ −", "quantity"],
  ["*", "type"],
  ["%", "lineDiscount"],
  ["delete", "remove"],
  ["Esc", "close"],
  ["?", "help"],
] as const;

/** What every key does. */
export function HelpDialog() {
  const t = useTranslations("pos.help");
  const { close } = useDesk();
  return (
    <Dialog open size="md" title={t("title")} description={t("text")} onOpenChange={close}>
      <dl className="grid gap-x-8 gap-y-2.5 sm:grid-cols-2">
        {keys.map(([key, name]) => (
          <div key={name} className="flex items-center justify-between gap-4">
            <dt className="text-sm text-ink-soft">{t(`keys.${name}`)}</dt>
            <dd>
              <Kbd className="h-6 px-2 text-xs whitespace-nowrap">{key === "delete" ? t("delete") : key}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
