/**
 * Reads JSON with every number as the text that stood there (`19990.0`, `1e-7`, an id of twenty digits), so that
 * none passes a float.
 *
 * @returns undefined when the text is no JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
      typeof value === "number" ? (context?.source ?? String(value)) : value,
    );
  } catch {
    return undefined;
  }
}
