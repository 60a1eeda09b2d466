/** Ends a server that starts with a wrong configuration; see `refuseWrongStart`. */
export async function checkStart(): Promise<void> {
  // The framework builds the start for its other runtime too, which has no process to end and must not hold this part.
  if (process.env.NEXT_RUNTIME !== "edge") {
    const { refuseWrongStart } = await import("./refuse-wrong-start");
    refuseWrongStart();
  }
}
