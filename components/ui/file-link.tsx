"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, type MouseEvent, useState } from "react";
import type { Problem } from "./problem";
import { saveFile } from "./save-file";
import { toast } from "./toast";

/**
 * A link to a file that the server writes. Fetched by script, because a browser that downloads by itself says of a refusal
 * only that it failed; here its sentence is read, and a second press waits for the first file.
 */
export function FileLink({ href, children, ...rest }: ComponentProps<"a"> & { href: string }) {
  const t = useTranslations("ui.failure");
  const [busy, setBusy] = useState(false);

  async function download(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      const response = await fetch(href);
      if (response.ok) saveFile(nameOf(response), await response.blob());
      else toast.danger(await sentenceOf(response, t("file")));
    } catch {
      toast.danger(t("file"));
    } finally {
      setBusy(false);
    }
  }

  return (
    <a {...rest} href={href} download aria-busy={busy || undefined} onClick={(event) => void download(event)}>
      {children}
    </a>
  );
}

function nameOf(response: Response): string {
  return /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "";
}

/** What a refusal says; a page that came in its place (a session that ended) says nothing. */
async function sentenceOf(response: Response, otherwise: string): Promise<string> {
  if (!response.headers.get("content-type")?.includes("problem+json")) return otherwise;
  const { detail } = (await response.json()) as Problem;
  return detail;
}
