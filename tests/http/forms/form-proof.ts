// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { beforeAll, describe, expect, test } from "vitest";
import type { ActionResult, ErrorCode, Problem } from "@/lib/errors";
import { statusOf } from "@/lib/errors/codes";
import { LANGUAGE_COOKIE, type Language } from "@/lib/i18n/locale";
import type { FormAction } from "@/lib/security/action";
import { setCookie, signIn } from "@/tests/fixtures/at-work";
import { sentenceFaults } from "@/tests/support/sentence";
import type { TestUser } from "@/tests/support/session";
import { outcomeOfAction } from "../wall/outcome";
import { aWorld, type World } from "../wall/world";
import { changedBetween, footprint } from "./footprint";

/** What somebody typed, by the names of the form; `branchIds[]` holds a list. */
export type Typed = Readonly<Record<string, unknown>>;
type OfWorld<T> = T | ((world: World) => T);

/** One way to fill a form in wrongly. */
export interface Mistake {
  /** What is typed instead of what would be right; undefined where a field is not sent at all. */
  readonly typed: OfWorld<Typed>;
  /** By the name of the field: its sentence in Spanish. No other field is named. */
  readonly refused: Readonly<Record<string, string>>;
  readonly code?: ErrorCode;
  /** Tables that count tries, which a refusal is meant to write. */
  readonly counts?: readonly string[];
}

/** A form of the product: what fills it in rightly, what wrongly, and what it writes. */
export interface Form {
  readonly action: FormAction<unknown>;
  readonly by?: (world: World) => TestUser;
  readonly right: (world: World) => Typed;
  /** Sent as an object, as screens do that keep more than texts. */
  readonly sends?: "object";
  /** Never repeated in an answer. */
  readonly secrets?: readonly string[];
  readonly prepare?: (world: World) => Promise<void>;
  readonly mistakes: Readonly<Record<string, Mistake>>;
  /** Where the form leaves something once it is right. */
  readonly writes: readonly string[];
  /** What stands in the way of the right form here, past all of its fields. */
  readonly endsIn?: ErrorCode;
}

/** Proves of a form that it answers field by field in the reader's language, and writes nothing until all is right. */
export function proveForm(name: string, form: Form): void {
  describe(name, () => {
    let world: World;
    beforeAll(async () => {
      world = await aWorld();
      await form.prepare?.(world);
    });

    test.each(Object.entries(form.mistakes))(
      "refuses %s, at its field, in both languages, and writes nothing",
      async (_, mistake) => expectRefusal(form, mistake, world),
    );

    test("takes the same once it is put right", async () => expectTaken(form, world));
  });
}

async function expectRefusal(form: Form, mistake: Mistake, world: World): Promise<void> {
  const typed = { ...form.right(world), ...resolved(mistake.typed, world) };
  const before = await footprint();
  const spanish = refusalOf(await send(form, typed, world, "es"));
  const english = refusalOf(await send(form, typed, world, "en"));
  const counted = new Set(mistake.counts);
  expect(changedBetween(before, await footprint()).filter((table) => !counted.has(table))).toEqual([]);

  expect(sentencesOf(spanish)).toEqual(mistake.refused);
  expect(Object.keys(sentencesOf(english))).toEqual(Object.keys(sentencesOf(spanish)));
  expectProblem(spanish, mistake.code ?? "input.invalid", "es");
  expectProblem(english, mistake.code ?? "input.invalid", "en");
  for (const field of Object.keys(mistake.refused)) expect(placesOf(typed)).toContain(field);
  for (const secret of form.secrets ?? []) expectUntold(typed[secret], [spanish, english]);
}

/** A problem whose every sentence is one, in this language. */
export function expectProblem(problem: Problem, code: ErrorCode, language: Language): void {
  expect(problem).toMatchObject({ code, status: statusOf(code) });
  expect(problem.type.split("/").at(-1)).toBe(code);
  const sentences = [problem.title, problem.detail, ...Object.values(sentencesOf(problem))];
  expect(sentences.slice(1).flatMap((said) => sentenceFaults(withoutNames(said), language))).toEqual([]);
  expect(sentences).not.toContain(code);
}

async function expectTaken(form: Form, world: World): Promise<void> {
  const before = await footprint();
  const outcome = await outcomeOfAction(() => send(form, form.right(world), world, "es"));
  expect(outcome).toMatchObject({ code: form.endsIn ?? "", faults: [] });
  const written = changedBetween(before, await footprint());
  expect(written).toEqual(expect.arrayContaining([...form.writes]));
  if (form.endsIn) expect(written).toEqual([]);
}

async function send(
  { action, by = ({ vista }) => vista.owner, sends }: Form,
  typed: Typed,
  world: World,
  language: Language,
): Promise<ActionResult<unknown>> {
  await signIn(by(world));
  setCookie(LANGUAGE_COOKIE, language);
  return action(null, sends === "object" ? typed : formData(typed));
}

function formData(typed: Typed): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(typed))
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value])
      data.append(name, one instanceof File ? one : String(one));
  return data;
}

/** Goods are called alike in every language. */
function withoutNames(sentence: string): string {
  return sentence.replaceAll("Armazón clásico", "X");
}

/** By the name of the field, what stands at it. */
export function sentencesOf(problem: Problem): Record<string, string> {
  const sentences: Record<string, string> = {};
  for (const { pointer, detail } of problem.errors ?? []) {
    const field = pointer.slice(1).replaceAll("/", ".");
    sentences[field] = [sentences[field], detail].filter(Boolean).join(" ");
  }
  return sentences;
}

/** The places of a form at which a sentence can stand: its fields, its lists, and the groups of its lines. */
function placesOf(typed: Typed): string[] {
  return Object.keys(typed).flatMap((name) => [name.replace("[]", ""), name.split(".")[0] ?? name]);
}

function refusalOf(answer: ActionResult<unknown>): Problem {
  if (answer.ok) throw new Error("the form was taken");
  return answer.problem;
}

function expectUntold(secret: unknown, problems: readonly Problem[]): void {
  if (typeof secret === "string" && secret.length > 3)
    expect(JSON.stringify(problems)).not.toContain(JSON.stringify(secret).slice(1, -1));
}

function resolved<T>(value: OfWorld<T>, world: World): T {
  return value instanceof Function ? value(world) : value;
}
