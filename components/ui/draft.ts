/** What was typed into a form, kept in this tab while somebody looks elsewhere. */
interface Draft {
  readonly keptAt: number;
  /** In the order of the form: a choice comes before what depends on it. */
  readonly values: readonly {
    readonly name: string;
    readonly value: string;
    readonly checked: boolean | null;
  }[];
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Longer nobody looks at prices; what lies about in a shared browser is gone by then. */
const KEPT_MS = 30 * 60 * 1000;

/** Keeps what a form holds, for the same person at the same address. Browser only. */
export function keepDraft(form: HTMLFormElement, scope: string): void {
  const values = controls(form).map((control) => ({
    name: control.name,
    value: control.value,
    checked: isChoice(control) ? control.checked : null,
  }));
  try {
    sessionStorage.setItem(key(scope), JSON.stringify({ keptAt: Date.now(), values } satisfies Draft));
  } catch {
    return; // full or forbidden: then it is typed again
  }
}

/** Puts what was kept back into a form, once. Browser only. */
export function restoreDraft(form: HTMLFormElement, scope: string): void {
  for (const { name, value, checked } of takeDraft(scope)?.values ?? []) {
    const control = controls(form).find(
      (one) => one.name === name && (!isChoice(one) || one.value === value),
    );
    if (!control) continue;
    if (isChoice(control)) {
      if (control.checked !== checked && (checked || control.type === "checkbox")) control.click();
    } else if (control.value !== value) write(control, value);
  }
}

function takeDraft(scope: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(key(scope)) ?? "null");
    sessionStorage.removeItem(key(scope));
    return isDraft(draft) && Date.now() - draft.keptAt < KEPT_MS ? draft : null;
  } catch {
    return null;
  }
}

/** Past the value that React remembers, so that fields which it holds hear of it too. */
function write(control: Control, value: string): void {
  const prototype: unknown = Object.getPrototypeOf(control);
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(control, value);
  for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (element): element is Control =>
      (element instanceof HTMLInputElement && !["hidden", "password", "file"].includes(element.type)) ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement,
  );
}

function isChoice(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type);
}

function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && "keptAt" in value && "values" in value;
}

function key(scope: string): string {
  return `opttius.draft.${scope}.${location.pathname}`;
}
