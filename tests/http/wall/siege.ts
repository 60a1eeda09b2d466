import type { Permission } from "@/lib/security/permissions";
import { committed, database, type Role } from "@/tests/fixtures";
import { setCookie, signIn, signOut } from "@/tests/fixtures/at-work";
import { digest, tenantTables } from "../../db/wall/tables";
import type { Outcome } from "./outcome";
import { CANARY, type Ids, openFormsAnew, rolesWithout, unknownIds, type World } from "./world";

/** For whom an entrance is. */
export type Access =
  /** Anybody, and why that is right. */
  | { readonly for: "everybody"; readonly because: string }
  /** Whoever is signed in, member or not. */
  | { readonly for: "caller" }
  /** Members; `suspended` says that a suspended shop may come in too. */
  | { readonly for: "member"; readonly permission: Permission | null; readonly suspended?: "allowed" }
  /** Platform staff who have given the second factor. */
  | { readonly for: "platform" };

/** One entrance: whom it is for, and what to send it to act on the rows of some shop. */
export interface Case<Sent> {
  readonly access: Access;
  readonly send: (ids: Ids) => Sent;
  /** The session ends by it, so it can be tried once only. */
  readonly endsSession?: true;
  /** Why even the right person finds it shut here. */
  readonly shutBecause?: string;
}

type Attempt = (ids: Ids) => Promise<Outcome>;
type Name = keyof Ids;
type Report = (who: string, what: string) => void;

/**
 * Knocks at one entrance as everybody who must not come in, with the ids of a neighbour, and as the one who may.
 *
 * @returns what should not have happened, in words; empty: the wall holds
 */
export async function besiege(world: World, entrance: Case<unknown>, attempt: Attempt): Promise<string[]> {
  const found: string[] = [];
  const report: Report = (who, what) => found.push(`${who}: ${what}`);
  const watched: Attempt = async (ids) => {
    // What one attempt changed must not be what refuses the next.
    await committed((db) => openFormsAnew(db, world.vista.id));
    const outcome = await attempt(ids);
    for (const fault of outcome.faults) report("somebody", fault);
    return outcome;
  };
  const before = await neighbour(world);
  const { access } = entrance;
  if (access.for !== "everybody") await refuseStrangers(world, watched, report);
  if (access.for === "platform") await refuseOutsiders(world, watched, report);
  else if (!entrance.endsSession) await compareAnswers(world, namesIn(entrance, world.own), watched, report);
  if (access.for === "member") await refuseMembers(world, access, watched, report);
  if ((await neighbour(world)) !== before) report("somebody", "a row of the neighbour changed");
  if (access.for !== "everybody" && !entrance.shutBecause) await letIn(world, access, watched, report);
  return found;
}

/** All rows of the neighbour as one text. */
async function neighbour({ lumina }: World): Promise<string> {
  return committed(async (db) => JSON.stringify(await digest(db, await tenantTables(db), lumina.id)));
}

async function refuseStrangers({ foreign, own }: World, attempt: Attempt, report: Report): Promise<void> {
  signOut();
  for (const ids of [foreign, own]) {
    const { status, code } = await attempt(ids);
    if (status !== 401 || code !== "access.unauthenticated")
      report("a visitor", `gets ${status} ${code}, not 401`);
  }
}

/** The console, for everybody but staff with the second factor. */
async function refuseOutsiders(
  { vista, earlyStaff, foreign }: World,
  attempt: Attempt,
  report: Report,
): Promise<void> {
  const people = [
    ["an owner", vista.owner, "access.forbidden"],
    ["a seller", vista.seller, "access.forbidden"],
    ["staff before the second factor", earlyStaff, "access.step_up_required"],
  ] as const;
  for (const [who, person, expected] of people) {
    await signIn(person);
    const { status, code } = await attempt(foreign);
    if (status !== 403 || code !== expected) report(who, `gets ${status} ${code}, not 403 ${expected}`);
  }
}

/** A neighbour's id must answer like one that never existed, and nothing of the neighbour may show. */
async function compareAnswers(
  world: World,
  names: readonly Name[],
  attempt: Attempt,
  report: Report,
): Promise<void> {
  const { vista, lumina, own, foreign } = world;
  for (const wish of ["", lumina.id]) {
    const asOwner = async (ids: Ids) => {
      await signIn(vista.owner);
      if (wish) setCookie("organization", wish);
      return attempt(ids);
    };
    const who = wish ? "an owner who wishes to be next door" : "an owner";
    compare(who, await asOwner(foreign), await asOwner(unknownIds()), report);
    // One foreign id among own ones: the first check must not be the only one.
    for (const name of names.length > 1 ? names : []) {
      const theirs = await asOwner({ ...own, [name]: foreign[name] });
      const nobodys = await asOwner({ ...own, [name]: unknownIds()[name] });
      compare(`${who} with a foreign ${name}`, theirs, nobodys, report);
    }
  }
}

function compare(who: string, theirs: Outcome, nobodys: Outcome, report: Report): void {
  if (theirs.status !== nobodys.status || theirs.code !== nobodys.code)
    report(who, `gets ${said(theirs)} for a neighbour's id and ${said(nobodys)} for one that never existed`);
  else if (theirs.status >= 400 && theirs.text !== nobodys.text)
    report(who, `can tell a neighbour's id: ${theirs.text} is not ${nobodys.text}`);
  if (theirs.text.includes(CANARY) || theirs.text.includes("@lumina.test"))
    report(who, "reads what belongs to the neighbour");
  if (theirs.status >= 500 && theirs.status !== 503) report(who, `breaks it: ${said(theirs)}`);
}

/** Which ids an entrance is sent. */
function namesIn({ send }: Case<unknown>, ids: Ids): Name[] {
  const sent = JSON.stringify(send(ids));
  return (Object.keys(ids) as Name[]).filter((name) => sent.includes(ids[name]));
}

async function refuseMembers(
  { vista, own }: World,
  access: Access & { for: "member" },
  attempt: Attempt,
  report: Report,
): Promise<void> {
  const lesser = access.permission ? await rolesWithout(access.permission) : [];
  for (const role of lesser as Role[]) {
    await signIn(vista[role]);
    const outcome = await attempt(own);
    if (![403, 404].includes(outcome.status))
      report(`a ${role}`, `without ${access.permission} gets ${said(outcome)}`);
  }
  if (access.suspended === "allowed") return;
  const setStatus = (status: string) =>
    database().owner.query("update public.organizations set status = $1 where id = $2", [status, vista.id]);
  await setStatus("suspended");
  await signIn(vista.owner);
  const outcome = await attempt(own);
  if (![403, 404].includes(outcome.status)) report("the owner of a suspended shop", `gets ${said(outcome)}`);
  await setStatus("active");
}

/** A wall is no use as a closed door: whoever may come in is not sent away. */
async function letIn(world: World, access: Access, attempt: Attempt, report: Report): Promise<void> {
  const isConsole = access.for === "platform";
  await signIn(isConsole ? world.staff : world.vista.owner);
  const outcome = await attempt(isConsole ? world.foreign : world.own);
  const isShut = [400, 401, 403, 404].includes(outcome.status);
  if (isShut || (outcome.status >= 500 && outcome.status !== 503))
    report(isConsole ? "staff" : "the owner", `gets ${said(outcome)} ${outcome.text}`);
}

function said({ status, code }: Outcome): string {
  return `${status} ${code}`.trim();
}
