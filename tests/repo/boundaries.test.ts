import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { root } from "./files";

/** A small product that keeps every rule … */
const lawful: Record<string, string> = {
  "app/(store)/customers/page.tsx":
    'import "./actions"; import "@/components/customers/table"; import "@/lib/customers";',
  "app/(store)/customers/actions.ts": 'import "@/lib/security/action"; import "@/lib/customers/schema";',
  "app/(store)/customers/[customerId]/page.tsx": 'import "../actions";',
  "app/(store)/pos/page.tsx": 'import "@/lib/wiring/jobs";',
  "components/ui/button.tsx": "export const button = 1;",
  "components/customers/table.tsx":
    'import "@/components/ui/button"; import "@/lib/customers/schema"; import "@/lib/money"; import type { E } from "@/lib/errors"; export type T = E;',
  "lib/wiring/jobs.ts": 'import "@/lib/customers"; import "@/lib/jobs/queue";',
  "lib/customers/index.ts": 'import "./find-customer"; import "@/lib/sales";',
  "lib/customers/schema.ts": "export const schema = 1;",
  "lib/customers/find-customer.ts": 'import "@/lib/db"; import "@/lib/chile";',
  "lib/sales/index.ts": 'import "./record-sale";',
  "lib/sales/record-sale.ts": 'import "@/lib/security/action";',
  "lib/security/action.ts": 'import "@/lib/errors";',
  "lib/jobs/queue.ts": 'import "@/lib/db/service";',
  "lib/payments/gateway.ts": "export const port = 1;",
  "lib/payments/flow/client.ts": 'import "../gateway";',
  "lib/payments/paypal/client.ts": 'import "../gateway"; import "@paypal/sdk";',
  "lib/db/index.ts": 'import "pg"; import "@/lib/errors";',
  "lib/db/service.ts": 'import "pg";',
  "lib/errors/index.ts": "export type E = string;",
  "lib/money/index.ts": "export const peso = 1;",
  "lib/chile/index.ts": 'import "@/lib/money";',
  "scripts/seed.ts": 'import "@/lib/db/service"; import "pg";',
};

/** … and for each rule a module, put into a directory of that product, that breaks it. */
const broken: ReadonlyArray<readonly [rule: string, directory: string, line: string]> = [
  ["app-stays-in-its-segment", "app/(store)/pos", 'import "../customers/actions";'],
  ["app-stays-in-its-segment", "app/(store)/customers/[customerId]", 'import "../../pos/page";'],
  ["app-enters-domains-by-the-door", "app/(store)/pos", 'import "@/lib/customers/find-customer";'],
  ["nothing-imports-app", "components/customers", 'import "@/app/(store)/customers/actions";'],
  ["components-receive-their-data", "components/customers", 'import "@/lib/customers";'],
  ["components-receive-their-data", "components/customers", 'import "@/lib/db";'],
  ["components-receive-their-data", "components/customers", 'import "@/lib/security/action";'],
  ["ui-knows-no-optics", "components/ui", 'import "@/components/customers/table";'],
  ["ui-knows-no-optics", "components/ui", 'import "@/lib/customers/schema";'],
  ["nothing-below-imports-components", "lib/sales", 'import "@/components/ui/button";'],
  ["only-edges-import-wiring", "lib/sales", 'import "@/lib/wiring/jobs";'],
  ["domains-meet-at-the-door", "lib/sales", 'import "@/lib/customers/find-customer";'],
  ["platform-knows-no-domain", "lib/security", 'import "@/lib/sales";'],
  ["ground-knows-nothing-of-us", "lib/errors", 'import "@/lib/security/action";'],
  ["ground-knows-nothing-of-us", "lib/money", 'import "@/lib/customers/schema";'],
  ["rule-books-are-pure", "lib/chile", 'import "@/lib/db";'],
  ["few-may-bypass-the-wall", "lib/customers", 'import "@/lib/db/service";'],
  ["few-may-bypass-the-wall", "app/(store)/pos", 'import "@/lib/db/service";'],
  ["few-may-bypass-the-wall", "lib/security", 'import "@/lib/db/service";'],
  ["the-driver-stays-in-the-ground", "lib/sales", 'import "pg";'],
  ["gateways-stay-in-payments", "lib/wiring", 'import "@paypal/sdk";'],
  ["a-gateway-knows-no-other", "lib/payments/flow", 'import "../paypal/client";'],
  ["production-imports-no-program", "lib/sales", 'import "@/scripts/seed";'],
  ["no-circles", "lib/sales", 'import "./SELF";'],
  ["no-unresolved", "lib/sales", 'import "./void-sale";'],
];

const cruised = z.object({
  summary: z.object({
    violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string() })),
    totalDependenciesCruised: z.number(),
  }),
});

let product: string;
let lawfulRun: ReturnType<typeof cruise>;
let brokenRun: ReturnType<typeof cruise>;
beforeAll(() => {
  product = mkdtempSync(join(tmpdir(), "opttius-boundaries-"));
  for (const [path, text] of Object.entries(lawful)) write(path, text);
  write("tsconfig.json", JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } }));
  write("package.json", JSON.stringify({ dependencies: { pg: "1.0.0", "@paypal/sdk": "1.0.0" } }));
  for (const name of ["pg", "@paypal/sdk"]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    write(`node_modules/${name}/index.js`, "");
  }
  symlinkSync(join(root, "node_modules/typescript"), join(product, "node_modules/typescript"), "dir");
  lawfulRun = cruise();
  broken.forEach(([, , line], index) => {
    write(moduleOf(index), line.replace("SELF", basename(moduleOf(index), ".tsx")));
  });
  brokenRun = cruise();
});
afterAll(() => rmSync(product, { recursive: true, force: true }));

describe("import boundaries", () => {
  test("a lawful product passes, and its imports were seen", () => {
    expect(lawfulRun.violations).toEqual([]);
    expect(lawfulRun.dependencies).toBeGreaterThan(25);
  });

  test.each(broken.map((entry, index) => ({ entry, index })))(
    "$entry.0: $entry.1 may not $entry.2",
    ({ entry: [rule], index }) => {
      const from = moduleOf(index);
      expect(brokenRun.violations.filter((violation) => violation.from === from)).toContainEqual({
        rule,
        from,
      });
    },
  );

  test("every rule is broken above", async () => {
    const config: unknown = await import(join(root, "scripts/check/boundaries.cjs"));
    const rules = z
      .object({
        default: z.object({
          forbidden: z.array(z.object({ name: z.string(), severity: z.literal("error") })),
        }),
      })
      .parse(config)
      .default.forbidden.map(({ name }) => name);
    const untested = ["no-undeclared-package", "no-development-package"]; // of the installed tree, not of a sketch
    expect(rules.filter((rule) => !broken.some(([name]) => name === rule))).toEqual(untested);
  });
});

/** The module that breaks the rule of an entry. */
function moduleOf(index: number): string {
  return `${broken[index]?.[1]}/broken-${index}.tsx`;
}

function cruise(): { violations: { rule: string; from: string }[]; dependencies: number } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"),
      ...["--config", join(root, "scripts/check/boundaries.cjs"), "--output-type", "json"],
      ...["app", "components", "lib", "scripts"],
    ],
    { cwd: product, encoding: "utf8", maxBuffer: 50_000_000 },
  );
  if (!stdout.startsWith("{")) throw new Error(stderr || stdout);
  const { summary } = cruised.parse(JSON.parse(stdout));
  return {
    violations: summary.violations.map(({ rule, from }) => ({ rule: rule.name, from })),
    dependencies: summary.totalDependenciesCruised,
  };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(product, path)), { recursive: true });
  writeFileSync(join(product, path), text);
}
