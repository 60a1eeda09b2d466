import type { Gateway } from "./gateway";

/** How the wiring makes one gateway: its name and what it needs. */
export interface GatewayRegistration<Settings> {
  readonly id: string;
  /** Null when a secret is missing: a gateway without its secrets is off, never half working. */
  configure(settings: Settings): (() => Gateway) | null;
}

/** What a name means: no such gateway, one without its secrets, or one that works. */
export type GatewayLookup =
  | { readonly state: "unknown" }
  | { readonly state: "off" }
  | { readonly state: "on"; readonly gateway: Gateway };

export interface Gateways {
  find(id: string): GatewayLookup;
  /** Every registered gateway, for the console and the probes. */
  list(): readonly { readonly id: string; readonly state: "on" | "off" | "degraded" }[];
  /** Those that can take a payment, the ones that do not answer well last. */
  available(): readonly Gateway[];
}

/**
 * Makes the gateways of an installation from its settings; each is built on first use.
 *
 * @param registrations one line a gateway, in the order in which they are offered
 */
export function createGateways<Settings>(
  registrations: readonly GatewayRegistration<Settings>[],
  settings: Settings,
): Gateways {
  const makers = new Map(registrations.map((one) => [one.id, one.configure(settings)]));
  const built = new Map<string, Gateway>();

  function find(id: string): GatewayLookup {
    const make = makers.get(id);
    if (make === undefined) return { state: "unknown" };
    if (make === null) return { state: "off" };
    const gateway = built.get(id) ?? make();
    built.set(id, gateway);
    return { state: "on", gateway };
  }

  const working = () =>
    [...makers.keys()].flatMap((id) => {
      const found = find(id);
      return found.state === "on" ? [found.gateway] : [];
    });

  return {
    find,
    list: () =>
      [...makers.keys()].map((id) => {
        const found = find(id);
        if (found.state !== "on") return { id, state: "off" };
        return { id, state: found.gateway.isDegraded() ? "degraded" : "on" };
      }),
    available: () =>
      working().toSorted((one, other) => Number(one.isDegraded()) - Number(other.isDegraded())),
  };
}
