import type { SandboxGateway } from "./gateway";
import { escapeHtml } from "./http";

/** The sandbox's own page: what each gateway holds. */
export function homePage(gateways: readonly SandboxGateway[]): string {
  return page(
    "Payment sandbox",
    `<h1>Payment sandbox</h1>
     <p>Stands in for the payment gateways of this installation. No money moves.</p>
     ${gateways.map((gateway) => `<section><h2>${escapeHtml(gateway.name)}</h2>${gateway.overview()}</section>`).join("")}`,
  );
}

/** An HTML document in the sandbox's look. */
export function page(title: string, body: string, language = "en"): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body></html>`;
}

const style = `
  :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 16%, transparent); --accent: light-dark(#1a56c4, #8ab4ff); --good: #0b6b3a; --bad: light-dark(#b3261e, #ff9d94);
    font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; background: color-mix(in srgb, canvas 94%, currentColor); }
  main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem; }
  .card { max-width: 26rem; margin: 0 auto; background: canvas; border: 1px solid var(--line); border-radius: 14px; padding: 1.75rem; }
  .brand { font-size: 1.4rem; margin: 0 0 .75rem; display: flex; justify-content: space-between; align-items: baseline; font-weight: 700; color: var(--accent); }
  .brand small { font-size: .9rem; font-weight: 500; color: color-mix(in srgb, currentColor 70%, canvastext); }
  .amount { font-size: 2.2rem; font-weight: 700; margin: .25rem 0 1rem; font-variant-numeric: tabular-nums; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 0 0 1.5rem; } dt { opacity: .75; }
  dd { margin: 0; overflow-wrap: anywhere; }
  form { display: grid; gap: .6rem; } .card form + form { margin-top: .6rem; }
  button { font: inherit; font-weight: 600; min-height: 3rem; border-radius: 10px; border: 1px solid var(--line); background: canvas; color: inherit; cursor: pointer; }
  button.good { background: var(--good); border-color: var(--good); color: #fff; } button.bad { border-color: var(--bad); color: var(--bad); }
  button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  table { width: 100%; border-collapse: collapse; background: canvas; } th, td { text-align: left; padding: .5rem; border-bottom: 1px solid var(--line); }
  td form { display: flex; gap: .4rem; } td button { min-height: 2.2rem; padding: 0 .7rem; }
  .note { font-size: .875rem; opacity: .8; }`;
