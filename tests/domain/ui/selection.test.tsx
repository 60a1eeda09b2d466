import { expect, test } from "vitest";
import { type BulkActs, ChoosePage, ChooseRow, Selection } from "@/components/ui/selection";
import { seen } from "./seen";

const nothing = () => Promise.resolve({ ok: true as const, data: [] });
const acts: BulkActs = {
  total: 498,
  query: "q=soto",
  state: "active",
  everyId: nothing,
  archive: nothing,
  restore: nothing,
};

test("every row has a box that says whom it means, and one above them for the page", () => {
  const list = seen(
    <Selection {...acts} page={["a", "b"]}>
      <ChoosePage />
      <ChooseRow place={0} name="Ana Rojas" />
      <ChooseRow place={1} name="Beto Soto" />
    </Selection>,
  );
  expect(list.names("input", { type: "checkbox" })).toEqual([
    "Seleccionar esta página",
    "Seleccionar Ana Rojas",
    "Seleccionar Beto Soto",
  ]);
});

test("nothing is offered as long as nothing is chosen, and no box stands where nothing can be done", () => {
  const none = (
    <Selection {...acts} page={[]}>
      {null}
    </Selection>
  );
  expect(seen(none).all("section")).toEqual([]);
  expect(seen(<ChooseRow place={0} name="Ana Rojas" />).all("input")).toEqual([]);
  expect(seen(<ChoosePage />).all("input")).toEqual([]);
});
