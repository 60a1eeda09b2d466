import { comunas } from "@/lib/chile/comunas";

/** The id under which inputs find the list: `<Input list={COMUNAS} />`. */
export const COMUNAS = "comunas";

/** Suggests the comunas of Chile to the inputs of a page; anything else may be typed as well. */
export function ComunaList() {
  return (
    <datalist id={COMUNAS}>
      {comunas.map((comuna) => (
        <option key={comuna} value={comuna} />
      ))}
    </datalist>
  );
}
