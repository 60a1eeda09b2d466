import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { type SheetColumn, sheetResponse } from "@/lib/spreadsheet";

const columns: SheetColumn<string>[] = [{ heading: "Nombre", value: (name) => name }];

function ask(query: string, batches: Iterable<string[]> = [["Núñez"]]): Promise<Response> {
  return sheetResponse(new NextRequest(`http://127.0.0.1:3000/export${query}`), "clientes", columns, batches);
}

test.each([
  ["", "clientes.csv", "text/csv; charset=utf-8"],
  ["?q=x&format=csv", "clientes.csv", "text/csv; charset=utf-8"],
  ["?format=ods", "clientes.csv", "text/csv; charset=utf-8"],
  ["?q=x&format=xlsx", "clientes.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
])("a list asked for with %j is the file %s, kept by nobody on the way", async (query, file, type) => {
  const { headers } = await ask(query);
  expect(headers.get("content-disposition")).toBe(`attachment; filename="${file}"`);
  expect(headers.get("content-type")).toBe(type);
  expect(headers.get("cache-control")).toBe("no-store");
});

test("a CSV stops asking the database when the reader goes away", async () => {
  let ended = false;
  function* batches() {
    try {
      for (;;) yield ["Núñez"];
    } finally {
      ended = true;
    }
  }
  const reader = (await ask("", batches())).body?.getReader();
  await reader?.read();
  await reader?.read();
  await reader?.cancel();
  expect(ended).toBe(true);
});
