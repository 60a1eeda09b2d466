/** A reason not to start that a person can act on: its message is one sentence, shown without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/**
 * Turns what a program or the operating system said into one sentence, where we know the sentence.
 *
 * @param said what was printed, or the error's message
 * @param what the thing that was being done, as in "Postgres could not start"
 */
export function explain(said: string, what: string): StartError {
  const library =
    /error while loading shared libraries: ([^:\s]+)/.exec(said)?.[1] ??
    /Library not loaded: (\S+)/.exec(said)?.[1];
  if (library)
    return new StartError(
      `${what}: the shared library ${library} is missing on this machine; install it and start again.`,
    );
  if (/ENOSPC|No space left on device/i.test(said))
    return new StartError(`${what}: the disk is full; free some space and start again.`);
  if (/EADDRINUSE|Address already in use/i.test(said))
    return new StartError(`${what}: its port is in use by another program.`);
  const denied = /(?:EACCES|EPERM|EROFS)[^']*'([^']+)'/.exec(said)?.[1];
  if (denied) return new StartError(`${what}: ${denied} cannot be written by this user.`);
  if (/Permission denied|Read-only file system/i.test(said))
    return new StartError(`${what}: this user may not write there.`);
  const lastLines = said.trim().split("\n").slice(-15).join("\n  ");
  return new StartError(`${what}: ${lastLines || "it said nothing"}`);
}
