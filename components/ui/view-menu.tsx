"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { pageSizes } from "@/lib/paging/address";
import { buttonVariants } from "./button";
import { Columns3 } from "./icons";
import { Menu, MenuCheck, MenuChoice, MenuLabel, MenuSeparator } from "./menu";
import { hiddenColumns } from "./table-view";
import { useQueryChange } from "./use-query-change";

export interface ViewMenuProps {
  /** Columns that may be left out; none for a list whose columns all stay. */
  columns?: readonly { readonly key: string; readonly heading: string }[];
}

/** How a list is looked at: its columns and how many rows a page has, kept in the address. */
export function ViewMenu({ columns = [] }: ViewMenuProps) {
  const t = useTranslations("ui.view");
  const query = useSearchParams();
  const { change: hide } = useQueryChange("hide", { keepsPlace: true });
  const { change: resize } = useQueryChange("size");
  const hidden = hiddenColumns(query.get("hide"));
  const size = query.get("size") ?? String(pageSizes[0]);

  function toggle(key: string) {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    hide([...next].join(","));
  }

  return (
    <Menu
      label={t("label")}
      trigger={
        <>
          <Columns3 aria-hidden />
          {t("label")}
        </>
      }
      triggerClassName={buttonVariants()}
    >
      {columns.length > 0 && <MenuLabel>{t("columns")}</MenuLabel>}
      {columns.map(({ key, heading }) => (
        <MenuCheck key={key} checked={!hidden.has(key)} onClick={() => toggle(key)}>
          {heading}
        </MenuCheck>
      ))}
      {columns.length > 0 && <MenuSeparator />}
      <MenuLabel>{t("rows")}</MenuLabel>
      {pageSizes.map((rows, index) => (
        <MenuChoice
          key={rows}
          checked={size === String(rows)}
          onClick={() => resize(index === 0 ? "" : String(rows))}
        >
          {rows}
        </MenuChoice>
      ))}
    </Menu>
  );
}
