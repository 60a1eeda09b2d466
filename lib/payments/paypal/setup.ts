import { z } from "zod";
import type { SetupReport } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import type { PaypalClient } from "./client";
import { installationOf } from "./installation";
import { NEEDED_EVENTS } from "./notices";
import type { PaypalSettings } from "./settings";

const webhooks = z.object({
  webhooks: z
    .array(
      z.object({
        id: z.string(),
        url: z.string(),
        event_types: z.array(z.object({ name: z.string() })).nullish(),
      }),
    )
    .nullish(),
});

/** Asks for a token and for the webhooks of the application: ours must be there, at our address, with our events. */
export async function checkSetup(
  client: PaypalClient,
  settings: PaypalSettings,
  notifyUrl: string,
): Promise<Outcome<SetupReport>> {
  const account = await client.application();
  if (!account.ok) return account;
  const answer = await client.send({
    operation: "state",
    method: "GET",
    path: "v1/notifications/webhooks",
  });
  if (!answer.ok) return answer;
  const parsed = webhooks.safeParse(answer.value);
  if (!parsed.success) return failed("unavailable", "malformed", "webhooks in no known form");
  const ours = parsed.data.webhooks?.find(({ id }) => id === settings.webhookId);
  const told = new Set(ours?.event_types?.map(({ name }) => name));
  const isComplete = told.has("*") || NEEDED_EVENTS.every((name) => told.has(name));
  return succeeded({
    account: account.value,
    testMode: installationOf(settings.apiUrl) !== "production",
    notices: ours?.url === notifyUrl && isComplete ? "arrive" : "missing",
  });
}
