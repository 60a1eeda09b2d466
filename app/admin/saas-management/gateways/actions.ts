"use server";
import { revalidatePath } from "next/cache";
import {
  type ConfigurationSetting,
  checkCredentials,
  credentialsForm,
  forgetCredentials,
  gatewayPause,
  modeSwitch,
  pauseGateway,
  saveCredentials,
  storedSet,
  switchGateway,
} from "@/lib/console";
import { env } from "@/lib/env";
import { platformAction } from "@/lib/security/action";
import { candidateGateway, renewGateways } from "@/lib/wiring/gateways";

const PATH = "/admin/saas-management/gateways";

const setting: ConfigurationSetting = {
  get appUrl() {
    return env.APP_URL;
  },
  candidate: candidateGateway,
  renew: renewGateways,
};

/** Every page says whether money is test money: all of them are stale. */
function changed() {
  revalidatePath("/", "layout");
}

export const saveCredentialsAction = platformAction(credentialsForm, async (staff, input) => {
  await saveCredentials(staff, input, setting);
  changed();
});

export const switchGatewayAction = platformAction(modeSwitch, async (staff, input) => {
  await switchGateway(staff, input, setting);
  changed();
});

export const pauseGatewayAction = platformAction(gatewayPause, async (staff, input) => {
  await pauseGateway(staff, input, setting);
  changed();
});

export const forgetCredentialsAction = platformAction(storedSet, async (staff, input) => {
  await forgetCredentials(staff, input);
  revalidatePath(PATH);
});

/** Changes nothing; says whose account the stored credentials open. */
export const checkCredentialsAction = platformAction(storedSet, (staff, input) =>
  checkCredentials(staff, input, setting),
);
