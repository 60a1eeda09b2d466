import type { CaughtMail } from "./caught-mail";

/** The list of caught mails, newest first, with a field to search by recipient. */
export function listPage(mails: CaughtMail[], to: string): string {
  const rows = mails
    .slice(0, 200)
    .map(
      (
        mail,
      ) => `<tr><td><time datetime="${mail.at}">${when(mail.at)}</time></td><td>${escape(mail.to.join(", "))}</td>
        <td><a href="/messages/${mail.id}">${escape(mail.subject || "(no subject)")}</a></td></tr>`,
    )
    .join("\n");
  const table = rows
    ? `<table><thead><tr><th>When</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows}</tbody></table>`
    : `<p class="empty">${to ? "No mail to that address." : "No mail yet. Whatever the demo sends arrives here and nowhere else."}</p>`;
  return page(
    "Mail",
    `<header><h1><a href="/">Mail</a></h1>
     <form role="search"><label>To <input name="to" type="search" value="${escape(to)}" placeholder="owner@vista.test"></label><button>Search</button></form></header>
     ${table}`,
  );
}

/** One mail, its HTML in a frame of its own. */
export function messagePage(mail: CaughtMail): string {
  const attachments = mail.attachments
    .map(
      ({ name, bytes }, index) =>
        `<li><a href="/messages/${mail.id}/attachments/${index}">${escape(name)}</a> (${Math.ceil(bytes / 1024)} KB)</li>`,
    )
    .join("");
  return page(
    mail.subject,
    `<header><h1><a href="/">Mail</a></h1></header>
     <h2>${escape(mail.subject || "(no subject)")}</h2>
     <dl><dt>From</dt><dd>${escape(mail.from)}</dd><dt>To</dt><dd>${escape(mail.to.join(", "))}</dd><dt>When</dt><dd>${when(mail.at)}</dd></dl>
     ${attachments ? `<ul>${attachments}</ul>` : ""}
     ${mail.html ? `<iframe title="Message" src="/messages/${mail.id}/body"></iframe>` : ""}
     <details${mail.html ? "" : " open"}><summary>Plain text</summary><pre>${escape(mail.text)}</pre></details>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
  header { display: flex; gap: 1rem; justify-content: space-between; align-items: center; flex-wrap: wrap; }
  h1 { font-size: 1.3rem; } h1 a { color: inherit; text-decoration: none; }
  input, button { font: inherit; padding: .4rem .7rem; }
  table { width: 100%; border-collapse: collapse; }
  th, td { text-align: left; padding: .55rem .5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); vertical-align: top; }
  td:first-child { white-space: nowrap; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; }
  iframe { width: 100%; height: 34rem; border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: .5rem; background: #fff; }
  pre { white-space: pre-wrap; } .empty { padding: 3rem 0; text-align: center; opacity: .7; }
</style></head><body>${body}</body></html>`;
}

function when(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

function escape(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
