import { dirname } from "node:path";
import { expect, test } from "vitest";
import { read, repositoryFiles } from "./files";

const files = new Set(repositoryFiles());
const pages = [...files].filter((path) => /^app\/.*page\.tsx$/.test(path));

const names = (path: string) =>
  files.has(path) && /export async function generateMetadata[^]*?\btitle: /.test(read(path));

test("a tab and a screen reader know each page by a title of its own", () => {
  expect(pages.length).toBeGreaterThan(50);
  // The first page of a section is called as the section is.
  const nameless = pages.filter((page) => !names(page) && !names(`${dirname(page)}/layout.tsx`));
  expect(nameless).toEqual([]);
});

test("below a title that others stand in front of, theirs are still told apart from another program's", () => {
  const layouts = [...files].filter((path) => /^app\/.+\/layout\.tsx$/.test(path) && names(path));
  expect(layouts.length).toBeGreaterThan(3);
  // A plain title ends the template of the layout above.
  expect(layouts.filter((path) => !read(path).includes("template: `%s"))).toEqual([]);
});
