import { type Gateways, readGateways } from "./gateways";
import { isVariable, parseVariable, type VariableName, type Variables, variables } from "./schema";

export type Env = Variables & { readonly gateways: Gateways };

/** Where the values come from: `process.env`, or a plain object in a test. */
type Source = Readonly<Record<string, string | undefined>>;

/** The configuration is wrong: says each variable's name and the way out, never its value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";

  constructor(problems: readonly string[]) {
    const list = problems.map((problem) => `  ${problem}`).join("\n");
    super(
      `The environment is not complete:\n${list}\nEach variable is explained in .env.example; \`npm run demo\` sets all of them.`,
    );
  }
}

/**
 * Reads the environment, each variable once and when it is first asked for: a build needs none of them,
 * and a tool that only logs needs no database.
 *
 * Asking for a variable that is missing or wrong throws EnvironmentError. A server asks for all of them
 * at its start with `checkEnv`.
 */
export function readEnv(source: Source): Env {
  const env: object = {};
  for (const name of variableNames()) defineLazy(env, name, () => valueOf(name, source));
  if (!hasVariables(env)) throw new Error("a variable of the schema was left out");
  defineLazy(env, "gateways", () => readGateways(env));
  if (!hasGateways(env)) throw new Error("the gateways were left out");
  return env;
}

/**
 * Finds everything that is wrong with the environment at once.
 *
 * @throws EnvironmentError naming every variable that is missing or wrong
 */
export function checkEnv(source: Source): void {
  const problems = variableNames().flatMap((name) => {
    const parsed = parseVariable(name, source[name]);
    return parsed.ok ? [] : [parsed.problem];
  });
  if (problems.length > 0) throw new EnvironmentError(problems);
}

/** The names of all variables, in the order of the schema. */
export function variableNames(): VariableName[] {
  return Object.keys(variables).filter(isVariable);
}

/** A property that is computed once; not enumerable, so that no dump of the object shows a secret. */
function defineLazy(target: object, name: string, compute: () => unknown): void {
  let known: { readonly value: unknown } | undefined;
  Object.defineProperty(target, name, { get: () => (known ??= { value: compute() }).value });
}

function hasVariables(env: object): env is Variables {
  return variableNames().every((name) => name in env);
}

function hasGateways(env: Variables): env is Env {
  return "gateways" in env;
}

function valueOf(name: VariableName, source: Source): unknown {
  const parsed = parseVariable(name, source[name]);
  if (!parsed.ok) throw new EnvironmentError([parsed.problem]);
  return parsed.value;
}
