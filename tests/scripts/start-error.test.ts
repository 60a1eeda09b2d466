import { expect, test } from "vitest";
import { explain } from "@/scripts/services/start-error";

const cases: [string, string, RegExp][] = [
  [
    "a missing library is named",
    "/x/bin/postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object file",
    /shared library libicuuc\.so\.60 is missing/,
  ],
  [
    "a missing library is named on a Mac too",
    "dyld: Library not loaded: @rpath/libpq.5.dylib",
    /@rpath\/libpq\.5\.dylib is missing/,
  ],
  [
    "a full disk is called one",
    "initdb: error: could not write: No space left on device",
    /the disk is full/,
  ],
  ["a full disk is called one by Node too", "ENOSPC: no space left on device, write", /the disk is full/],
  [
    "a port in use is called one",
    "listen EADDRINUSE: address already in use 127.0.0.1:3000",
    /port is in use/,
  ],
  [
    "a place that may not be written is named",
    "EACCES: permission denied, mkdir '/root/x'",
    /\/root\/x cannot be written/,
  ],
  [
    "Postgres without rights is understood",
    "initdb: error: could not create directory: Permission denied",
    /may not write there/,
  ],
  ["anything else keeps its own words", "first\nlast words", /first\n {2}last words/],
  ["silence is called silence", "", /it said nothing/],
];

test.each(cases)("%s", (_name, said, sentence) => {
  const error = explain(said, "Postgres could not start");
  expect(error.message).toMatch(/^Postgres could not start: /);
  expect(error.message).toMatch(sentence);
});
