import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { z } from "zod";

const root = join(import.meta.dirname, "../..");

/** What a step found: `passed`, and what to show of it. */
export interface Outcome {
  readonly passed: boolean;
  readonly output: string;
}

export interface Step {
  readonly name: string;
  run(): Promise<Outcome>;
}

/** A step that is one program of node_modules/.bin; it passes when the program ends with 0. */
export function tool(name: string, program: string, ...parameters: string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await execute(program, parameters);
      return { passed: code === 0, output: code === 0 ? "" : output };
    },
  };
}

const auditReport = z.object({
  metadata: z.object({ vulnerabilities: z.object({ high: z.number(), critical: z.number() }) }),
});

/**
 * Known holes in the packages that a production install has. Only a registry can tell; where it does
 * not (no network, a mirror without advisories), the step says so and passes.
 */
export const advisories: Step = {
  name: "advisories",
  run: async () => {
    const { output } = await execute("npm", ["audit", "--omit=dev", "--json"], "stdout");
    const report = auditReport.safeParse(parseJson(output));
    if (!report.success) return { passed: true, output: "the registry told no advisories: not checked" };
    const { high, critical } = report.data.metadata.vulnerabilities;
    return high + critical === 0
      ? { passed: true, output: "" }
      : { passed: false, output: `${high} high and ${critical} critical: see npm audit --omit=dev` };
  },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's error page
  }
}

function execute(program: string, parameters: string[], keep: "all" | "stdout" = "all") {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const child = spawn(program, parameters, {
      cwd: root,
      // The runtime that the project pins comes first, whoever starts this.
      env: { ...process.env, PATH: [join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter) },
      shell: process.platform === "win32",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => keep === "all" && chunks.push(text));
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output: chunks.join("").trimEnd() }));
  });
}
