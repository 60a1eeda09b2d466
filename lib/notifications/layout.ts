import type { Language } from "@/lib/i18n/locale";
import { localeTags } from "@/lib/i18n/locale";

/** What a mail says, free of looks. */
export interface MailContent {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly facts?: readonly (readonly [label: string, value: string])[];
  readonly action?: { readonly label: string; readonly url: string };
}

/** Sentences that every mail carries. */
export interface MailFrame {
  readonly copyLink: string;
  readonly footer: string;
}

/** Writes a mail as HTML that reads well without images or styles, and as plain text that says the same. */
export function layOut(
  content: MailContent,
  frame: MailFrame,
  language: Language,
): { html: string; text: string } {
  return { html: asHtml(content, frame, language), text: asText(content, frame) };
}

function asText({ heading, paragraphs, facts = [], action }: MailContent, { footer }: MailFrame): string {
  const parts = [
    heading,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join("\n"),
    action ? `${action.label}: ${action.url}` : "",
    `-- \n${footer}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

// Tables and inline styles, because mail programs drop everything else. Contrast is at least 4.5:1 on both grounds.
function asHtml(
  { subject, heading, paragraphs, facts = [], action }: MailContent,
  frame: MailFrame,
  language: Language,
): string {
  const text = "font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#1c2430;";
  return `<!doctype html>
<html lang="${localeTags[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:0;background:#eef1f5;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#eef1f5;"><tr><td align="center" style="padding:24px 12px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:12px;">
<tr><td style="padding:28px 28px 8px;${text}font-weight:700;color:#0b5a6b;">Opttius</td></tr>
<tr><td style="padding:0 28px;"><h1 style="margin:8px 0 12px;${text}font-size:22px;line-height:1.3;font-weight:700;">${escape(heading)}</h1>
${paragraphs.map((paragraph) => `<p style="margin:0 0 16px;${text}">${escape(paragraph)}</p>`).join("\n")}
${facts.length === 0 ? "" : factTable(facts, text)}
${action ? button(action, frame, text) : ""}</td></tr>
<tr><td style="padding:16px 28px 28px;"><p style="margin:0;${text}font-size:14px;color:#536072;">${escape(frame.footer)}</p></td></tr>
</table></td></tr></table></body></html>`;
}

function factTable(facts: readonly (readonly [string, string])[], text: string): string {
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th scope="row" align="left" style="padding:6px 16px 6px 0;${text}font-weight:400;color:#536072;">${escape(label)}</th>
<td style="padding:6px 0;${text}font-weight:600;">${escape(value)}</td></tr>`,
  );
  return `<table cellpadding="0" cellspacing="0" style="margin:0 0 20px;">${rows.join("\n")}</table>`;
}

function button({ label, url }: { label: string; url: string }, frame: MailFrame, text: string): string {
  return `<p style="margin:0 0 16px;"><a href="${escape(url)}" style="display:inline-block;padding:12px 22px;border-radius:8px;background:#0b5a6b;${text}color:#ffffff;font-weight:600;text-decoration:none;">${escape(label)}</a></p>
<p style="margin:0 0 16px;${text}font-size:14px;color:#536072;">${escape(frame.copyLink)}<br><a href="${escape(url)}" style="color:#0b5a6b;word-break:break-all;">${escape(url)}</a></p>`;
}

function escape(value: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
