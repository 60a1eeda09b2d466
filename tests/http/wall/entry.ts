import { randomBytes, randomUUID } from "node:crypto";
import type { Permission } from "@/lib/security/permissions";
import type { Case } from "./siege";
import type { Ids } from "./world";

/** The arguments of a server action. */
export type Arguments = readonly unknown[];
export type Entry = Case<Arguments>;

/** An action of members: what its form would send. */
export function member(
  permission: Permission | null,
  input: (ids: Ids) => object = () => ({}),
  more: { suspended?: "allowed"; endsSession?: true } = {},
): Entry {
  const { suspended, endsSession } = more;
  return {
    access: { for: "member", permission, ...(suspended && { suspended }) },
    send: (ids) => [null, input(ids)],
    ...(endsSession && { endsSession }),
  };
}

/** An action of whoever is signed in. */
export function caller(input: (ids: Ids) => object): Entry {
  return { access: { for: "caller" }, send: (ids) => [null, input(ids)] };
}

/** An action of platform staff. */
export function platform(input: (ids: Ids) => object): Entry {
  return { access: { for: "platform" }, send: (ids) => [null, input(ids)] };
}

/** An action of anybody, and why that is right. */
export function everybody(because: string, send: (ids: Ids) => Arguments): Entry {
  return { access: { for: "everybody", because }, send };
}

/** Names and addresses that nobody has yet. */
export const name = (what: string) => `${what} ${randomUUID().slice(0, 8)}`;
export const mail = () => `${randomUUID().slice(0, 8)}@alguien.test`;
export const token = () => randomBytes(32).toString("hex");
/** A mailed code that was never mailed, and a password to set with it. */
export const proof = { code: "000000", password: "correcto-caballo-grapa" };
