import { join } from "node:path";
import { ESLint } from "eslint";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "./files";

/** A line that must not pass, and the rule that stops it; types are not needed for these. */
const broken: ReadonlyArray<readonly [rule: string, path: string, code: string]> = [
  ["no-restricted-syntax", "app/page.tsx", "export const p = <p dangerouslySetInnerHTML={{ __html: x }} />;"],
  ["no-restricted-syntax", "lib/sales/total.ts", "export const url = process.env.DATABASE_URL;"],
  ["no-restricted-syntax", "lib/sales/total.ts", "export const sale = input as unknown as Sale;"],
  ["no-restricted-syntax", "components/ui/card.tsx", 'export const label = "Dirección";'],
  ["no-restricted-syntax", "components/ui/card.tsx", "export const label = `¿Seguro?`;"],
  ["no-restricted-syntax", "components/ui/card.tsx", 'export const c = <button aria-label="Close" />;'],
  ["react/jsx-no-literals", "components/ui/card.tsx", "export const c = <p>Guardar</p>;"],
  ["@typescript-eslint/no-explicit-any", "lib/sales/total.ts", "export const total: any = 1;"],
  ["@typescript-eslint/no-non-null-assertion", "lib/sales/total.ts", "export const total = lines[0]!;"],
  [
    "@typescript-eslint/consistent-type-imports",
    "lib/sales/total.ts",
    'import { Sale } from "./s"; export type T = Sale;',
  ],
  ["@typescript-eslint/ban-ts-comment", "lib/sales/total.ts", "// @ts-ignore\nexport const total = 1;"],
  ["eqeqeq", "lib/sales/total.ts", "export const same = a == 1;"],
  ["no-console", "lib/sales/total.ts", "console.log(1);"],
  ["no-eval", "lib/sales/total.ts", 'eval("1");'],
];

const allowed: ReadonlyArray<readonly [why: string, path: string, code: string]> = [
  ["the environment is read in lib/env", "lib/env/index.ts", "export const url = process.env.DATABASE_URL;"],
  ["programs speak to the terminal", "scripts/tool.ts", "console.log(process.env.PATH);"],
  ["signs are no language", "components/ui/card.tsx", "export const c = <p>·</p>;"],
];

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint({
    cwd: root,
    overrideConfigFile: join(root, "eslint.config.mjs"),
    // The planted files exist nowhere, so no type is known of them.
    ruleFilter: ({ ruleId }) => TYPELESS.has(ruleId),
    overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: false } } },
  });
});
const TYPELESS = new Set(broken.map(([rule]) => rule));

async function findings(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, path) });
  return (result?.messages ?? []).map(({ ruleId, severity, message }) => `${severity} ${ruleId ?? message}`);
}

describe("lint", () => {
  test.each(broken)("%s stops a line in %s", async (rule, path, code) => {
    expect(await findings(path, code)).toContain(`2 ${rule}`);
  });

  test.each(allowed)("%s", async (_, path, code) => {
    expect(await findings(path, code)).toEqual([]);
  });

  test("no comment switches a rule off", async () => {
    expect(
      await findings("lib/sales/total.ts", "// eslint-disable-next-line eqeqeq\nexport const same = a == 1;"),
    ).toContain("2 eqeqeq");
  });

  test("no rule is a warning", async () => {
    for (const path of ["app/page.tsx", "lib/sales/total.ts", "scripts/tool.ts", "eslint.config.mjs"]) {
      const config: unknown = await eslint.calculateConfigForFile(join(root, path));
      expect(severities(config)).not.toContain(1);
    }
  });
});

function severities(config: unknown): unknown[] {
  const rules = typeof config === "object" && config !== null && "rules" in config ? config.rules : {};
  return Object.values(rules ?? {}).map((setting: unknown) =>
    Array.isArray(setting) ? (setting[0] as unknown) : setting,
  );
}
