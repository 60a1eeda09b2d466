import { runSteps } from "./check/run-steps";
import { advisories, type Step, tool } from "./check/steps";

// npm run check: everything that can be known without running the product. All of it is an error.
// (Format and the order of imports are mended by `npm run format`.)

/** Route types and next-env.d.ts: the type-aware steps read them. */
const first: Step[] = [tool("routes", "next", "typegen")];

/** Independent of each other; the slow ones come first. */
const steps: Step[] = [
  tool("lint", "eslint", ".", "--max-warnings", "0"),
  tool("types", "tsc", "--noEmit"),
  tool(
    "database types are fresh",
    "node",
    "--import",
    "./scripts/tsx.mjs",
    "scripts/db.ts",
    "types",
    "--check",
  ),
  tool(
    "dead code",
    "knip",
    "--config",
    "scripts/check/knip.jsonc",
    "--no-progress",
    "--treat-config-hints-as-errors",
  ),
  tool(
    "boundaries",
    "depcruise",
    "--config",
    "scripts/check/boundaries.cjs",
    "app",
    "components",
    "lib",
    "scripts",
    "tests",
  ),
  advisories,
  tool("format", "biome", "check", "."),
];

const failed = (await runSteps(first, 1)) + (await runSteps(steps, 2));
console.log(`\n${first.length + steps.length - failed} checks passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
