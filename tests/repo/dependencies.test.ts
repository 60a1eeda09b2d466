import { describe, expect, test } from "vitest";
import { z } from "zod";
import { read } from "./files";

const names = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: names, devDependencies: names, optionalDependencies: names, engines: names })
  .parse(JSON.parse(read("package.json")));
const lock = z
  .object({
    lockfileVersion: z.number(),
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        link: z.boolean().optional(),
        dev: z.boolean().optional(),
        optional: z.boolean().optional(),
        os: z.union([z.string(), z.array(z.string())]).optional(),
        cpu: z.union([z.string(), z.array(z.string())]).optional(),
        libc: z.union([z.string(), z.array(z.string())]).optional(),
        inBundle: z.boolean().optional(),
        hasInstallScript: z.boolean().optional(),
        license: z.union([z.string(), z.unknown()]).optional(),
      }),
    ),
  })
  .parse(JSON.parse(read("package-lock.json")));
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

describe("what we depend on", () => {
  test("is pinned to one exact version each", () => {
    const wanted = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    };
    const loose = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });

  test("is locked with a checksum, and comes from a registry alone", () => {
    const unsure = packages.filter(([, entry]) => !entry.integrity && !entry.link && !entry.inBundle);
    // A binary for another platform may be missing from the registry that wrote the lock: its version is held all the same.
    const ours = (entry: (typeof packages)[number][1]) =>
      entry.os?.includes("linux") && entry.cpu?.includes("x64") && !entry.libc?.includes("musl");
    const needed = unsure.filter(([, entry]) => !(entry.optional && (entry.os || entry.cpu)) || ours(entry));
    expect(needed.map(([path]) => path)).toEqual([]);
    const elsewhere = packages.filter(
      ([, { resolved }]) => resolved && !/^https:\/\/registry\.npmjs\.org\//.test(resolved),
    );
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });

  test("runs no program of its own while a production install is made, but these", () => {
    const scripts = packages
      .filter(([, entry]) => entry.hasInstallScript && !entry.dev)
      .map(([path]) => path.replace(/.*node_modules\//, ""));
    // Each picks or checks its own prebuilt binary; none is needed for the product to work. esbuild belongs to the
    // preview server of react-email, which nobody starts here.
    expect([...new Set(scripts)].sort()).toEqual(["@parcel/watcher", "@swc/core", "esbuild"]);
  });

  test("may be used in a product under the MIT licence", () => {
    const free =
      /^(MIT|MIT-0|ISC|0BSD|BSD(-[23]-Clause)?|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Python-2\.0|Unlicense|WTFPL|Zlib|OFL-1\.1|MPL-2\.0|LGPL-3\.0-or-later|Unicode-3\.0|PostgreSQL)$/;
    const odd = packages.filter(([, { license, dev }]) => {
      if (dev || typeof license !== "string") return false;
      return !license
        .replaceAll(/[()]/g, "")
        .split(/ (?:AND|OR) /)
        .some((part) => free.test(part));
    });
    expect(odd.map(([path, { license }]) => `${path} ${String(license)}`)).toEqual([]);
  });

  test("the runtime is one exact version on every platform, named in .nvmrc too", () => {
    const runtimes = Object.entries(manifest.optionalDependencies).filter(([name]) =>
      name.startsWith("node-"),
    );
    const versions = new Set(runtimes.map(([, version]) => version));
    expect(versions.size).toBe(1);
    expect([...versions][0]).toMatch(new RegExp(`^${read(".nvmrc").trim()}\\.`));
  });
});
