import { z } from "zod";

const gateway = z.enum(["flow", "mercadopago", "paypal", "nowpayments"]);
const mode = z.enum(["sandbox", "production"]);

/** Credentials as their form sends them; an empty one keeps what is stored. Which there must be says the gateway. */
export const credentialsForm = z
  .object({ gateway, mode })
  .catchall(z.string().trim().max(500))
  .transform(({ gateway: id, mode: world, ...given }) => ({
    gateway: id,
    mode: world,
    given: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "")),
  }));
export type CredentialsInput = z.output<typeof credentialsForm>;

/** Which settings a gateway is to work with; `environment` gives the word back to whoever runs the server. */
export const modeSwitch = z.object({ gateway, mode: z.enum(["sandbox", "production", "environment"]) });
export type ModeSwitch = z.output<typeof modeSwitch>;

export const storedSet = z.object({ gateway, mode });
export type StoredSet = z.output<typeof storedSet>;

export const gatewayPause = z.object({
  gateway,
  paused: z.enum(["yes", "no"]).transform((word) => word === "yes"),
  reason: z.string().trim().min(5).max(500),
});
export type GatewayPause = z.output<typeof gatewayPause>;
