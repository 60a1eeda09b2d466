"use client";

import { useSyncExternalStore } from "react";
import { Monitor, Moon, Sun } from "@/components/ui/icons";
import { MenuChoice } from "@/components/ui/menu";
import { chooseTheme, themeStore } from "./remember";
import { type Theme, themes } from "./theme";

const icons = { light: Sun, dark: Moon, system: Monitor } as const;

/** The themes as entries of a menu. */
export function ThemeChoices({ labels }: { labels: Readonly<Record<Theme, string>> }) {
  const theme = useSyncExternalStore(themeStore.subscribe, themeStore.snapshot, themeStore.serverSnapshot);
  return themes.map((choice) => {
    const Icon = icons[choice];
    return (
      <MenuChoice
        key={choice}
        checked={choice === theme}
        icon={<Icon aria-hidden className="size-4" />}
        onClick={() => chooseTheme(choice)}
      >
        {labels[choice]}
      </MenuChoice>
    );
  });
}
