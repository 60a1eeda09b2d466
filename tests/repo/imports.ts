import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { read, root } from "./files";

/** The modules of this repository that a module loads, type-only imports left out. */
export function loadedModules(path: string): string[] {
  return importsOf(path).flatMap((specifier) => resolve(path, specifier) ?? []);
}

/** Whether a module loads this package or built-in. */
export function loads(path: string, specifier: RegExp): boolean {
  return importsOf(path).some((name) => specifier.test(name));
}

/** `"use client"`, `"use server"`, or null. */
export function directiveOf(path: string): string | null {
  return (
    /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*["'](use (?:client|server))["']/.exec(read(path))?.[1] ?? null
  );
}

/** Whether the first statement of a module is `import "server-only"`. */
export function isServerOnly(path: string): boolean {
  const [first] = parse(path).statements;
  return (
    first !== undefined &&
    ts.isImportDeclaration(first) &&
    !first.importClause &&
    nameOf(first) === "server-only"
  );
}

function importsOf(path: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isImport = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    if (isImport && !isTypeOnly(node)) found.push(nameOf(node));
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (target && ts.isStringLiteral(target)) found.push(target.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(path));
  return found;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function nameOf({ moduleSpecifier }: ts.ImportDeclaration | ts.ExportDeclaration): string {
  return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
}

function resolve(from: string, specifier: string): string | null {
  const target = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? posix.join(dirname(from), specifier)
      : null;
  if (target === null) return null;
  const candidates = [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`];
  return candidates.find((path) => /\.tsx?$/.test(path) && existsSync(join(root, path))) ?? null;
}

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
}
