import { join } from "node:path";
import { read, repositoryFiles, root } from "../../repo/files";

/** A function of the product that a browser can reach by itself: a route's method, or a server action. */
export interface Entrance {
  /** `GET /api/orders/[orderId]/pdf`, or `app/(store)/customers/actions.ts#createCustomerAction`. */
  readonly name: string;
  readonly run: (...values: never[]) => unknown;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Every method of every `app/**` route, from the file system. */
export async function routeEntrances(): Promise<Entrance[]> {
  const files = repositoryFiles().filter((path) => /^app\/.*route\.tsx?$/.test(path));
  const found = await Promise.all(
    files.map(async (file) => {
      const address = file
        .replace(/^app/, "")
        .replace(/\/route\.tsx?$/, "")
        .replaceAll(/\/\([^)]+\)/g, "");
      const exported = await functionsOf(file);
      return exported
        .filter(([method]) => METHODS.includes(method))
        .map(([method, run]) => ({ name: `${method} ${address}`, run }));
    }),
  );
  return found.flat();
}

/** Every function that a file exports to browsers: `"use server"` makes each of them callable, listed or not. */
export async function actionEntrances(): Promise<Entrance[]> {
  const found = await Promise.all(
    sourceFiles()
      .filter((file) => isActionFile(read(file)))
      .map(async (file) =>
        (await functionsOf(file)).map(([name, run]) => ({ name: `${file}#${name}`, run })),
      ),
  );
  return found.flat();
}

/** Files that make a server action in their middle, where the list above would not see it. */
export function hiddenActions(): string[] {
  return sourceFiles().filter((file) => {
    const text = read(file);
    return !isActionFile(text) && /^\s*["']use server["']/m.test(text);
  });
}

/** The TypeScript in which an entrance, or what guards one, may stand. */
export function sourceFiles(): string[] {
  return repositoryFiles().filter((path) => /^(app|components|lib)\/.*\.tsx?$/.test(path));
}

function isActionFile(text: string): boolean {
  return /^(\s*\/\/.*\n|\s*\/\*[\s\S]*?\*\/)*\s*["']use server["']/.test(text);
}

async function functionsOf(file: string): Promise<[string, Entrance["run"]][]> {
  const exported: unknown = await import(join(root, file));
  if (typeof exported !== "object" || exported === null) return [];
  return Object.entries<unknown>({ ...exported }).flatMap(([name, value]) =>
    isFunction(value) ? [[name, value] as [string, Entrance["run"]]] : [],
  );
}

function isFunction(value: unknown): value is Entrance["run"] {
  return typeof value === "function";
}
