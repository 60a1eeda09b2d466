import { readFileSync } from "node:fs";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ICON_SPRITE } from "@/components/ui/icon-sprite";
import * as icons from "@/components/ui/icons";
import { iconFiles } from "@/scripts/icons";

const sprite = readFileSync("public/icons.svg", "utf8");
const drawn = new Set([...sprite.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id));

describe("the icons", () => {
  test("are drawn in the file that pages ask for, with our mark, as the installed Lucide draws them (npm run icons)", async () => {
    for (const [file, text] of Object.entries(await iconFiles()))
      expect(readFileSync(file, "utf8"), file).toBe(text);
  });

  test.each(Object.entries(icons))("%s is in the file", (_, Icon) => {
    const markup = renderToStaticMarkup(createElement(Icon));
    const [, address, id = ""] = /<use href="([^#"]+)#([^"]+)"/.exec(markup) ?? [];
    expect(address).toBe(ICON_SPRITE);
    expect(drawn).toContain(id);
  });

  test("are pictures to a screen reader only under a name", () => {
    expect(renderToStaticMarkup(createElement(icons.Store))).toContain('aria-hidden="true"');
    const named = renderToStaticMarkup(createElement(icons.Store, { role: "img", "aria-label": "Sucursal" }));
    expect(named).not.toContain("aria-hidden");
  });

  test("keep their look when a page gives them a size", () => {
    expect(renderToStaticMarkup(createElement(icons.Store, { className: "size-4" }))).toContain(
      'class="lucide size-4"',
    );
  });
});
