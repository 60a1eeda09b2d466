import { type Language, languages, localeTags } from "./locale";

/** The languages of the interface, each under its own name. */
export const languageNames: readonly { readonly code: Language; readonly name: string }[] = languages.map(
  (code) => ({
    code,
    name: nameOf(code),
  }),
);

function nameOf(code: Language): string {
  const name = new Intl.DisplayNames([localeTags[code]], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(localeTags[code]) + name.slice(1);
}
