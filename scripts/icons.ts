import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createElement, type FC } from "react";
import { renderToStaticMarkup } from "react-dom/server";

const root = join(import.meta.dirname, "..");

/** Where an icon's drawing lies, by file: the sprite, and the address under which pages ask for it. */
export type IconFiles = Readonly<Record<"public/icons.svg" | "components/ui/icon-sprite.ts", string>>;

/** Our mark, and the drawings of all icons that `components/ui/icons.tsx` names, from the Lucide that is installed. */
export async function iconFiles(): Promise<IconFiles> {
  const source = readFileSync(join(root, "components/ui/icons.tsx"), "utf8");
  const ids = [...source.matchAll(/ icon\("([a-z0-9-]+)"\)/g)].map(([, id]) => id ?? "");
  const symbols = [markSymbol(), ...(await Promise.all(ids.map(symbolOf)))];
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
  const version = createHash("sha256").update(sprite).digest("hex").slice(0, 10);
  return {
    "public/icons.svg": sprite,
    "components/ui/icon-sprite.ts": `/** Written by \`scripts/icons.ts\`. The version changes with the drawings, so that browsers keep the file for good. */\nexport const ICON_SPRITE = "/icons.svg?v=${version}";\n`,
  };
}

/** The mark as `app/icon.svg` draws it for the browser's tab. */
function markSymbol(): string {
  const drawing = readFileSync(join(root, "app/icon.svg"), "utf8").replace(/\n\s*/g, "");
  return drawing
    .replace(/^<svg[^>]*>/, '<symbol id="opttius" viewBox="0 0 32 32">')
    .replace("</svg>", "</symbol>");
}

async function symbolOf(id: string): Promise<string> {
  const { default: Icon } = (await import(`lucide-react/icons/${id}`)) as { default: FC };
  const drawing = renderToStaticMarkup(createElement(Icon)).replace(/^<svg[^>]*>|<\/svg>$/g, "");
  return `<symbol id="${id}" viewBox="0 0 24 24">${drawing}</symbol>`;
}

/** Writes the files anew: after an icon was added to the list, or Lucide changed. */
async function writeIcons(): Promise<void> {
  for (const [file, text] of Object.entries(await iconFiles())) writeFileSync(join(root, file), text);
}

if (import.meta.main) await writeIcons();
