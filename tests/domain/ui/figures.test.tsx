import { describe, expect, test } from "vitest";
import { Badge } from "@/components/ui/badge";
import { BarChart } from "@/components/ui/bar-chart";
import { AmountLine, DescriptionList } from "@/components/ui/description-list";
import { Day, Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { ShareBar } from "@/components/ui/share-bar";
import { StatCard } from "@/components/ui/stat-card";
import { UsageMeter } from "@/components/ui/usage-meter";
import { seen } from "./seen";

const share = (style: string | undefined) => Number(style?.replace("--share:", ""));

describe("columns", () => {
  const chart = (...values: number[]) =>
    seen(
      <BarChart
        caption="Cobrado por mes"
        bars={values.map((value, index) => ({ label: `mes ${index}`, value, text: `$${value}` }))}
      />,
    );
  const shares = (...values: number[]) =>
    chart(...values)
      .all("li")
      .map(({ attributes }) => share(attributes["style"]));

  test("stand in proportion to the highest", () => {
    expect(shares(50, 200, 100)).toEqual([0.25, 1, 0.5]);
    expect(shares(7, 7)).toEqual([1, 1]);
  });

  test("of nothing are flat, and money that went back draws none", () => {
    expect(shares(0, 0)).toEqual([0, 0]);
    expect(shares(-30, 60)).toEqual([0, 1]);
    expect(shares()).toEqual([]);
  });

  test("are heard as a list of figures under their name", () => {
    expect(chart(50, 200).one("figure").name).toBe("Cobrado por mes mes 0 : $50 mes 1 : $200");
    expect(chart(50).one("li").attributes["data-tip"]).toBe("mes 0: $50");
  });

  test("and bars beside a figure are pictures only", () => {
    const bar = seen(<ShareBar share={0.3333} />).one("span", { "aria-hidden": "true" });
    expect(share(bar.attributes["style"])).toBe(0.3333);
    expect(share(seen(<ShareBar share={-1} />).one("span").attributes["style"])).toBe(0);
  });
});

describe("what is used of a limit", () => {
  const meter = (used: number, max: number | null) =>
    seen(<UsageMeter label="Clientes" used={used} max={max} />);
  const colour = (used: number, max: number | null) =>
    meter(used, max).one("span", { "aria-hidden": "true" }).attributes["class"];

  test.each([
    [79, "text-brand"],
    [80, "text-warning-solid"],
    [99, "text-warning-solid"],
    [100, "text-danger-solid"],
    [130, "text-danger-solid"],
  ])("at %i of 100 is drawn in %s", (used, look) => {
    expect(colour(used, 100)).toContain(look);
    expect(meter(used, 100).text).toBe(`Clientes ${used} de 100`);
  });

  test("never fills more than the whole bar", () => {
    const drawn = (used: number, max: number) =>
      share(meter(used, max).one("span", { "aria-hidden": "true" }).attributes["style"]);
    expect([drawn(0, 10), drawn(5, 10), drawn(13, 10)]).toEqual([0, 0.5, 1]);
  });

  test("without a limit says so and alarms nobody", () => {
    expect(meter(498, null).text).toBe("Clientes 498 · sin límite");
    expect(colour(498, null)).toContain("text-brand");
    expect(seen(<UsageMeter label="Customers" used={1} max={null} />, { language: "en" }).text).toBe(
      "Customers 1 · no limit",
    );
  });

  test("of zero allowed is already reached", () => {
    expect(colour(0, 0)).toContain("text-danger-solid");
  });
});

describe("amounts", () => {
  test.each([
    [12_990, "CLP", "es", "$12.990"],
    [12_990, "CLP", "en", "$12,990"],
    [0, "CLP", "es", "$0"],
    [4_990, "USD", "en", "US$49.90"],
  ] as const)("%i %s in %s are written %s", (minor, currency, language, text) => {
    expect(seen(<Money minor={minor} currency={currency} />, { language }).text).toBe(text);
  });

  test("below zero keep their sign", () => {
    expect(seen(<Money minor={-500} />).text).toMatch(/^[-−]?\$?[-−]?500$/);
    expect(seen(<Money minor={-500} />).text).toMatch(/[-−]/);
  });

  test("stand in lines with what they are, and nothing known is a dash", () => {
    expect(seen(<AmountLine label="Vuelto" value="$500" />).text).toBe("Vuelto $500");
    const items = [
      { label: "RUT", value: null },
      { label: "Correo", value: "" },
      { label: "Ventas", value: 0 },
    ];
    expect(seen(<DescriptionList items={items} />).facts).toEqual({ RUT: "—", Correo: "—", Ventas: "0" });
  });
});

describe("instants and days", () => {
  const at = "2026-11-22T02:30:00Z";

  test("are read on the clock of the branch, and by machines as they are", () => {
    const zones = ["America/Santiago", "Pacific/Easter", "America/Punta_Arenas"];
    const shown = zones.map((timeZone) => seen(<Moment value={at} timeZone={timeZone} />).one("time"));
    expect(shown.map(({ text }) => text)).toEqual([
      "21-11-2026, 23:30",
      "21-11-2026, 21:30",
      "21-11-2026, 23:30",
    ]);
    expect(shown.map(({ attributes }) => attributes["datetime"])).toEqual(
      Array(3).fill("2026-11-22T02:30:00.000Z"),
    );
  });

  test("keep ten in the morning across the change of the hour", () => {
    const ten = (value: string) => seen(<Moment value={value} timeZone="America/Santiago" as="time" />).text;
    expect([ten("2026-04-03T13:00:00Z"), ten("2026-04-06T14:00:00Z")]).toEqual(["10:00", "10:00"]);
  });

  test("shortened to a day, an hour or a distance give the whole instant as a tip", () => {
    const moment = (as: "day" | "time" | "relative" | "short") =>
      seen(<Moment value={at} timeZone="America/Santiago" as={as} />).one("time");
    expect(moment("day").text).toBe("21-11-2026");
    expect(moment("relative").text).toBe("hace 12 horas");
    expect(moment("time").attributes["data-tip"]).toBe("21-11-2026, 23:30");
    expect(moment("short").attributes["data-tip"]).toBeUndefined();
  });

  test("put the day before the month in English too", () => {
    const english = { language: "en" } as const;
    expect(seen(<Moment value={at} timeZone="America/Santiago" />, english).text).toBe("21/11/2026, 23:30");
    expect(seen(<Moment value={at} timeZone="America/Santiago" as="relative" />, english).text).toBe(
      "12 hours ago",
    );
    expect(seen(<Day value="2026-11-22" as="long" />, english).text).toMatch(/^Sunday,? 22 November 2026$/);
  });

  test("a calendar day is the same day everywhere", () => {
    expect(seen(<Day value="2026-11-22" />).one("time")).toMatchObject({
      attributes: { datetime: "2026-11-22" },
      parts: ["22-11-2026"],
    });
    expect(seen(<Day value="2026-11-22" as="long" />).text).toBe("domingo, 22 de noviembre de 2026");
  });
});

describe("small marks", () => {
  test("a figure that leads somewhere is a link by its name, and its change is in words", () => {
    const card = seen(
      <StatCard label="Ventas" value="$300.000" change="−5 %" trend="down" hint="ayer" href="/orders" />,
    );
    expect(card.href("Ventas")).toBe("/orders");
    expect(card.name).toBe("Ventas $300.000 −5 % ayer");
    expect(seen(<StatCard label="Ventas" value="1" />).all("a")).toEqual([]);
  });

  test("the dot of a badge is a picture, its word is what counts", () => {
    expect(
      seen(
        <Badge tone="danger" dot>
          Anulada
        </Badge>,
      ).name,
    ).toBe("Anulada");
    expect(
      seen(
        <Badge tone="danger" dot>
          Anulada
        </Badge>,
      ).all("span", { "aria-hidden": "true" }),
    ).toHaveLength(1);
    expect(seen(<Badge>Anulada</Badge>).all("span", { "aria-hidden": "true" })).toEqual([]);
  });
});
