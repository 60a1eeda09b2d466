const { readdirSync } = require("node:fs");
const { join } = require("node:path");

// Who may import whom, for dependency-cruiser. Imports point down, never up, never in circles:
// app → components, wiring → domains → platform → ground. All rules are errors.

const PLATFORM = "^lib/(payments|jobs|security|backups|notifications)/";
const GROUND = "^lib/(db|errors|money|time|paging|i18n|log|env)/";
/** Pure rule books: no database, no framework, importable anywhere. */
const RULE_BOOKS = "^lib/(chile|optics)/";
const WIRING = "^lib/wiring/";
const DOMAIN =
  "^lib/(?!(?:wiring|payments|jobs|security|backups|notifications|db|errors|money|time|paging|i18n|log|env|chile|optics)/)([^/]+)/";
const DOMAIN_DOOR = "^lib/[^/]+/(index|schema)\\.ts$";
/** Programs and proofs reach everything. */
const OUTSIDE = "^(scripts|tests|bench)/";

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** The directories of app, one rule each: their names hold parentheses and brackets that `$1` would not escape. */
function segments() {
  return readdirSync("app", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .replaceAll("\\", "/")
        .replaceAll(/[()[\]]/g, "\\$&"),
    );
}

/** The segments around one, without `app` itself. */
function parentsOf(segment) {
  const steps = segment.split("/");
  return steps.slice(2).map((_, index) => steps.slice(0, index + 2).join("/"));
}

module.exports = {
  forbidden: [
    forbid(
      "no-circles",
      "Two modules that need each other are one, or hide a third.",
      {},
      { circular: true },
    ),
    forbid("no-unresolved", "The imported module does not exist.", {}, { couldNotResolve: true }),
    forbid(
      "no-undeclared-package",
      "The package stands in nobody's package.json: it may vanish with the next install.",
      { path: "^(app|components|lib)/" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    forbid(
      "no-development-package",
      "A production install does not have it.",
      { path: "^(app|components|lib)/" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    ),

    ...segments().map((segment) =>
      forbid(
        "app-stays-in-its-segment",
        "A segment uses what lies in it or beside its parents; what two siblings share belongs into components or lib.",
        { path: `^${segment}/[^/]+$` },
        {
          path: "^app/",
          pathNot: [`^${segment}/`, ...parentsOf(segment).map((parent) => `^${parent}/[^/]+$`)],
        },
      ),
    ),
    forbid(
      "app-enters-domains-by-the-door",
      "Pages use what a domain's index or schema offers.",
      { path: "^app/" },
      { path: DOMAIN, pathNot: DOMAIN_DOOR },
    ),
    forbid("nothing-imports-app", "Pages are the top.", { path: "^(components|lib)/" }, { path: "^app/" }),

    forbid(
      "components-receive-their-data",
      "A component gets data and actions as props; it imports schemas, types, rule books, i18n, money, time and paging, and the till the arithmetic that it shares with the server.",
      { path: "^components/" },
      {
        path: "^lib/",
        pathNot: [
          "^lib/(i18n|money|time|paging)/",
          RULE_BOOKS,
          "^lib/[^/]+/schema\\.ts$",
          "^lib/sales/totals\\.ts$",
        ],
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbid(
      "ui-knows-no-optics",
      "components/ui would serve any trade.",
      { path: "^components/ui/" },
      { path: ["^components/(?!ui/)", DOMAIN] },
    ),
    forbid("nothing-below-imports-components", "", { path: "^lib/" }, { path: "^components/" }),
    forbid("only-edges-import-wiring", "", { path: "^(components|lib)/", pathNot: WIRING }, { path: WIRING }),

    forbid(
      "domains-meet-at-the-door",
      "One domain uses another by its index.",
      { path: DOMAIN },
      { path: DOMAIN, pathNot: ["^lib/$1/", "^lib/[^/]+/index\\.ts$"] },
    ),
    forbid("platform-knows-no-domain", "", { path: PLATFORM }, { path: DOMAIN }),
    forbid("ground-knows-nothing-of-us", "", { path: GROUND }, { path: "^lib/", pathNot: GROUND }),
    forbid(
      "rule-books-are-pure",
      "No database, no framework.",
      { path: RULE_BOOKS },
      {
        path: ["^lib/", "^node_modules/(next|react|pg|kysely)/"],
        pathNot: [RULE_BOOKS, "^lib/(errors|money|time)/"],
      },
    ),

    forbid(
      "few-may-bypass-the-wall",
      "lib/db/service is not filtered by row level security.",
      { pathNot: ["^lib/(payments|jobs|backups|wiring)/", OUTSIDE] },
      { path: "^lib/db/service(\\.ts$|/)" },
    ),
    forbid(
      "the-driver-stays-in-the-ground",
      "A query outside lib/db has no claims and no time limits.",
      { pathNot: ["^lib/(db|jobs)/", OUTSIDE] },
      { path: "^node_modules/(pg|pg-boss)/", dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "gateways-stay-in-payments",
      "Everybody else speaks to the port.",
      { pathNot: ["^lib/payments/", OUTSIDE] },
      { path: "^node_modules/(mercadopago|@paypal)/" },
    ),
    forbid(
      "a-gateway-knows-no-other",
      "Adapters share the port and the transport, not each other.",
      { path: "^lib/payments/([^/]+)/" },
      { path: "^lib/payments/([^/]+)/", pathNot: "^lib/payments/$1/" },
    ),
    forbid(
      "production-imports-no-program",
      "scripts, tests and benchmarks stand outside.",
      { path: "^(app|components|lib)/" },
      { path: OUTSIDE },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^\\.next/" },
    tsConfig: { fileName: "tsconfig.json" },
    // Types couple too: they are seen, and marked as type-only.
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
    skipAnalysisNotInRules: true,
  },
};
