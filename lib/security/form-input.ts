/**
 * A form as the object that a schema reads: repeated names become lists (`branchIds[]` always is one),
 * empty files and React's own fields are left out. Texts stay texts; the schema decides what empty means.
 */
export function formInput(form: FormData): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$ACTION")) continue;
    const values = form.getAll(name).filter((value) => typeof value === "string" || value.size > 0);
    if (name.endsWith("[]")) input[name.slice(0, -2)] = values;
    else if (values.length > 0) input[name] = values.length > 1 ? values : values[0];
  }
  return input;
}
