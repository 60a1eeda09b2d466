import type { Gateway } from "./gateway";

/** How the wiring makes one gateway: its name and what it needs. */
export interface GatewayRegistration<Settings> {
  readonly id: string;
  /** Null when a secret is missing: a gateway without its secrets is off, never half working. */
  configure(settings: Settings): (() => Gateway) | null;
}

/** Which of its two worlds a gateway works in, who said so, and whether new payments go through it. */
export interface Standing {
  readonly mode: "sandbox" | "production";
  /** Moves no money, whatever its mode is called. */
  readonly testMode: boolean;
  readonly source: "environment" | "console";
  /** Taken out of checkouts by a person; notices and refunds of what was opened before go on. */
  readonly paused: boolean;
}

/** What a name means: no such gateway, one without its secrets, or one that works. */
export type GatewayLookup =
  | { readonly state: "unknown" }
  | { readonly state: "off" }
  | { readonly state: "on"; readonly gateway: Gateway; readonly standing: Standing };

/** One registered gateway in a list. */
export interface GatewayEntry {
  readonly id: string;
  readonly state: "on" | "off" | "degraded" | "paused";
  readonly testMode: boolean;
}

export interface Gateways {
  find(id: string): GatewayLookup;
  /** Every registered gateway, for the console and the probes. */
  list(): readonly GatewayEntry[];
  /** Those that can take a payment, the ones that do not answer well last. */
  available(): readonly Gateway[];
}

/** Gateways whose settings may change while the process runs. */
export interface RenewableGateways<Settings> extends Gateways {
  /**
   * Takes other settings. A gateway whose own did not change keeps its adapter and with it what its breaker
   * knows; a call under way ends with the adapter that began it.
   */
  renew(settings: Settings, standings: ReadonlyMap<string, Standing>): void;
}

const UNTOLD: Standing = { mode: "production", testMode: false, source: "environment", paused: false };

/**
 * Makes the gateways of an installation from its settings; each is built on first use.
 *
 * @param registrations one line a gateway, in the order in which they are offered
 * @param standings by gateway; one that is not named works for real
 */
export function createGateways<Settings>(
  registrations: readonly GatewayRegistration<Settings>[],
  settings: Settings,
  standings: ReadonlyMap<string, Standing> = new Map(),
): RenewableGateways<Settings> {
  let current = standings;
  const slots = new Map(registrations.map((one) => [one.id, createSlot(one, settings)]));

  function find(id: string): GatewayLookup {
    const slot = slots.get(id);
    if (slot === undefined) return { state: "unknown" };
    const gateway = slot.gateway();
    if (gateway === null) return { state: "off" };
    return { state: "on", gateway, standing: current.get(id) ?? UNTOLD };
  }

  return {
    find,
    list: () => [...slots.keys()].map((id) => entryOf(id, find(id))),
    available: () =>
      [...slots.keys()]
        .flatMap((id) => {
          const found = find(id);
          return found.state === "on" && !found.standing.paused ? [found.gateway] : [];
        })
        .toSorted((one, other) => Number(one.isDegraded()) - Number(other.isDegraded())),
    renew(next, nextStandings) {
      for (const slot of slots.values()) slot.renew(next);
      current = nextStandings;
    },
  };
}

function entryOf(id: string, found: GatewayLookup): GatewayEntry {
  if (found.state !== "on") return { id, state: "off", testMode: false };
  const { testMode, paused } = found.standing;
  if (paused) return { id, state: "paused", testMode };
  return { id, state: found.gateway.isDegraded() ? "degraded" : "on", testMode };
}

/** One gateway's place: its adapter, built once for as long as its settings stay the same. */
function createSlot<Settings>(registration: GatewayRegistration<Settings>, settings: Settings) {
  const { id } = registration;
  let mark = fingerprint(settings, id);
  let make = registration.configure(settings);
  let built: Gateway | null = null;
  return {
    gateway: () => (built ??= make?.() ?? null),
    renew(next: Settings) {
      const nextMark = fingerprint(next, id);
      if (nextMark === mark) return;
      mark = nextMark;
      make = registration.configure(next);
      built = null;
    },
  };
}

/** A gateway's own part of the settings as a text; empty where it has none. */
function fingerprint(settings: unknown, id: string): string {
  if (typeof settings !== "object" || settings === null) return "";
  return JSON.stringify(Reflect.get(settings, id)) ?? "";
}
