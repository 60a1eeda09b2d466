"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { MenuChoice } from "@/components/ui/menu";
import { chooseTheme } from "./remember";
import { type Theme, themes } from "./theme";

const icons = { light: Sun, dark: Moon, system: Monitor } as const;

export interface ThemeChoicesProps {
  current: Theme;
  labels: Readonly<Record<Theme, string>>;
}

/** The themes as entries of a menu. */
export function ThemeChoices({ current, labels }: ThemeChoicesProps) {
  const [theme, setTheme] = useState(current);
  return themes.map((choice) => {
    const Icon = icons[choice];
    return (
      <MenuChoice
        key={choice}
        checked={choice === theme}
        icon={<Icon aria-hidden className="size-4" />}
        onClick={() => {
          chooseTheme(choice);
          setTheme(choice);
        }}
      >
        {labels[choice]}
      </MenuChoice>
    );
  });
}
