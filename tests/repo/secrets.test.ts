import { describe, expect, test } from "vitest";
import { read, repositoryFiles } from "./files";
import { findSecrets } from "./secrets";

/** Planted keys, put together here so that this file itself holds none. */
const planted: ReadonlyArray<readonly [kind: string, line: string]> = [
  ["private key", ["-----BEGIN RSA PRIVATE", "KEY-----"].join(" ")],
  ["AWS access key", `aws = "${"AKIA"}${"Q".repeat(16)}"`],
  ["GitHub token", `token: ${"ghp_"}${"a1".repeat(18)}`],
  ["npm token", `//registry/:_authToken=${"npm_"}${"a1".repeat(18)}`],
  ["Slack token", `${"xoxb-"}123456789012-abcdefghijkl`],
  ["Slack webhook", `https://hooks.slack.com/services/${"T0"}1234567/B01234567/${"a1".repeat(12)}`],
  ["Supabase secret key", `${"sb_secret_"}${"a1".repeat(16)}`],
  ["Mercado Pago access token", `${"APP_USR-"}1234567890123456-112233-${"0a".repeat(16)}-123456`],
  ["API key of a model provider", `${"sk-ant-"}${"a1".repeat(24)}`],
  ["password in an address", `postgresql://${"owner"}:${"Tr0ub4dor"}@db.example:5432/postgres`],
  ["secret in a variable", `FLOW_SECRET_KEY=${"9f8e7d6c".repeat(5)}`],
  [
    "secret in a variable",
    `APP_ENCRYPTION_KEY=${Buffer.from("a real key of thirty-two bytes 1").toString("base64")}`,
  ],
];

describe("secrets", () => {
  test("none stands in any file", () => {
    const files = repositoryFiles().filter((path) => !/\.(png|jpg|webp|ico|woff2?|ttf|pdf)$/.test(path));
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((path) => findSecrets(path, read(path)))).toEqual([]);
  });

  test.each(planted)("a planted %s is found", (kind, line) => {
    expect(findSecrets("lib/planted.ts", `first line\n  ${line}\n`)).toEqual([
      { path: "lib/planted.ts", line: 2, kind },
    ]);
  });

  test.each([
    "DATABASE_URL=postgresql://postgres:password@127.0.0.1:5432/postgres",
    "postgres://${user}:${password}@${host}",
    "SUPABASE_JWT_SECRET=a-shared-secret-of-32-characters-or-more",
    "const token = readToken(request)",
    "METRICS_TOKEN=$(openssl rand -hex 16)",
  ])("an example is none: %s", (line) => {
    expect(findSecrets("README.md", line)).toEqual([]);
  });

  test("a key in the middle of a built file is found", () => {
    const line = `${"x ".repeat(5000)}${"AKIA"}${"Q".repeat(16)} ${"y ".repeat(5000)}`;
    expect(findSecrets("app.js", line)).toEqual([{ path: "app.js", line: 1, kind: "AWS access key" }]);
  });

  test("a line of any length is searched at once", () => {
    const started = performance.now();
    for (const line of [
      "A".repeat(200_000),
      "eyJ".repeat(70_000),
      "postgresql://a:".repeat(14_000),
      "SECRET_".repeat(30_000),
    ]) {
      findSecrets("x", line);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
