"use client";

import { IconButton } from "@/components/ui/icon-button";
import { SunMoon } from "@/components/ui/icons";
import { chooseTheme, visibleTheme } from "./remember";

/** From light to dark and back. */
export function ThemeToggle({ label, className }: { label: string; className?: string }) {
  return (
    <IconButton
      label={label}
      icon={<SunMoon aria-hidden />}
      {...(className && { className })}
      onClick={() => chooseTheme(visibleTheme() === "dark" ? "light" : "dark")}
    />
  );
}
