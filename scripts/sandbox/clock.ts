/** Time at the gateways: the machine's, moved forward as far as was ordered. */
export class SandboxClock {
  private aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  /**
   * Moves the time: `{ms}` forward by so much, `{at}` to an instant, `{}` back to the machine's.
   *
   * @throws Error with a sentence when the order is not understood
   */
  order(request: Record<string, unknown>): { readonly now: string } {
    const { ms, at } = request;
    if (typeof ms === "number" && Number.isFinite(ms)) this.aheadMs += ms;
    else if (typeof at === "string" && !Number.isNaN(Date.parse(at)))
      this.aheadMs = Date.parse(at) - Date.now();
    else if (ms === undefined && at === undefined) this.aheadMs = 0;
    else throw new Error("ms must be a number of milliseconds, or at an instant in ISO 8601");
    return { now: this.now().toISOString() };
  }
}
