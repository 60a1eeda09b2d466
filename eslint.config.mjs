import { defineConfig, globalIgnores } from "eslint/config";
import nextCoreWebVitals from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";

// Format and the order of imports belong to Biome, import boundaries to dependency-cruiser.
// Every rule is an error, and comments cannot switch one off: a rule that is wrong is changed here.

const noDoubleAssertion = {
  selector: "TSAsExpression > TSAsExpression",
  message: "A double assertion hides a lie: parse the value or fix the type.",
};
const noRawHtml = {
  selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
  message: "Markup from data is script from data (stored XSS).",
};
const noForeignLetters = {
  selector:
    ":matches(Literal[value=/[\\u00a1\\u00bf\\u00c0-\\u024f]/], TemplateElement[value.raw=/[\\u00a1\\u00bf\\u00c0-\\u024f]/])",
  message: "What people read stands in lib/i18n/messages.",
};
const noLiteralLabels = {
  selector:
    "JSXAttribute[name.name=/^(alt|title|placeholder|label|aria-label|aria-description|aria-roledescription)$/] > Literal[value=/[A-Za-z]{2}/]",
  message: "What people read stands in lib/i18n/messages.",
};
/** Only the framework's own word for where code runs, which it replaces while building, may be written out. */
const noProcessEnv = {
  selector:
    "MemberExpression[object.name='process'][property.name='env']:not(MemberExpression[property.name='NEXT_RUNTIME'] > *)",
  message: "The environment is read in lib/env alone.",
};

export default defineConfig(
  globalIgnores([
    ".data/**",
    "**/.next/**",
    "lib/db/types.ts",
    "coverage/**",
    "playwright-report/**",
    "test-results/**",
  ]),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "error" } },
  asErrors(nextCoreWebVitals),
  {
    // eslint-plugin-react asks React for its version through an API that ESLint is about to drop.
    settings: { react: { version: "19.3" } },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-confusing-non-null-assertion": "error",
      "@typescript-eslint/no-deprecated": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unnecessary-boolean-literal-compare": "error",
      "@typescript-eslint/no-unnecessary-type-arguments": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Drivers publish their numeric codes as enums; comparing with the number is how they are used.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "error",
      // An async function without await is how an interface of promises is fulfilled.
      "@typescript-eslint/require-await": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-syntax": ["error", noDoubleAssertion, noRawHtml],
    },
  },
  {
    files: ["{app,components,lib}/**/*.{ts,tsx}", "proxy.ts", "instrumentation.ts"],
    rules: { "no-restricted-syntax": ["error", noDoubleAssertion, noRawHtml, noProcessEnv] },
  },
  {
    files: ["{app,components,lib}/**/*.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        noDoubleAssertion,
        noRawHtml,
        noProcessEnv,
        noForeignLetters,
        noLiteralLabels,
      ],
      "react/jsx-no-literals": [
        "error",
        {
          noStrings: false,
          ignoreProps: true,
          allowedStrings: [
            ...["Opttius", "·", "—", "–", "/", "%", "×", ":", "$", "(", ")", "+", "−", "-", "#", ",", "."],
            // What stands on the keys of a keyboard is no language.
            ...["↑", "↓", "←", "→", "↵", "Esc", "Ctrl K", "⌘K", "F2", "F4", "F8", "F9"],
          ],
        },
      ],
    },
  },
  { files: ["lib/env/**"], rules: { "no-restricted-syntax": ["error", noDoubleAssertion] } },
  {
    // Programs that speak to a terminal.
    files: ["scripts/**", "bench/**", "tests/**", "*.config.{ts,mjs}"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "import/no-anonymous-default-export": "off" },
  },
);

/** The framework's rules come as warnings in part; here a warning is an error or it is off. */
function asErrors(configs) {
  return configs.map((config) => ({
    ...config,
    ...(config.rules && { rules: Object.fromEntries(Object.entries(config.rules).map(asError)) }),
  }));
}

function asError([name, setting]) {
  if (Array.isArray(setting))
    return [name, [setting[0] === "warn" || setting[0] === 1 ? "error" : setting[0], ...setting.slice(1)]];
  return [name, setting === "warn" || setting === 1 ? "error" : setting];
}
