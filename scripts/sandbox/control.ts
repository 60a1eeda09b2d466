/**
 * Orders something of a running sandbox: what becomes of a payment, faults, the clock.
 *
 * @param path what follows `/control/`; see `server.ts` and each gateway's sandbox
 * @returns what it answered; null for nothing
 * @throws Error with its words when it refuses
 */
export async function control<Answer = unknown>(
  sandboxUrl: string,
  path: string,
  order: object,
): Promise<Answer> {
  const answer = await fetch(`${sandboxUrl}/control/${path}`, {
    method: "POST",
    body: JSON.stringify(order),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${text}`);
  return (text === "" ? null : JSON.parse(text)) as Answer;
}

/** Everything that a sandbox remembers, by gateway. */
export async function remembered<State>(sandboxUrl: string): Promise<State> {
  return (await (await fetch(`${sandboxUrl}/control/state`)).json()) as State;
}
