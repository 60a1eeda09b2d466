import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientAddress, UNKNOWN_ADDRESS } from "@/lib/security/client-address";

const from = (forwarded: string, hops: number) =>
  clientAddress(new Headers({ "x-forwarded-for": forwarded }), hops);

describe("the address by which a caller is limited", () => {
  test("behind one proxy it is what that proxy saw", () => {
    expect(from("203.0.113.7", 1)).toBe("203.0.113.7");
    expect(from("1.1.1.1, 203.0.113.7", 1)).toBe("203.0.113.7");
  });

  test("behind two it is the one before the last", () => {
    expect(from("6.6.6.6, 203.0.113.7, 10.0.0.2", 2)).toBe("203.0.113.7");
  });

  test("a chain shorter than the proxies has nothing invented in it", () => {
    expect(from("203.0.113.7", 3)).toBe("203.0.113.7");
  });

  test("without a trusted proxy no header is believed", () => {
    expect(from("203.0.113.7", 0)).toBe(UNKNOWN_ADDRESS);
  });

  test("a thousand invented chains are one caller", () => {
    const invented = fc.array(fc.ipV4(), { maxLength: 5 });
    fc.assert(
      fc.property(invented, (chain) => {
        expect(from([...chain, "203.0.113.7"].join(", "), 1)).toBe("203.0.113.7");
        expect(from(chain.join(", "), 0)).toBe(UNKNOWN_ADDRESS);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(["forwarded", "x-real-ip", "cf-connecting-ip", "true-client-ip", "x-client-ip"])(
    "%s is never read",
    (name) => {
      const headers = new Headers({ "x-forwarded-for": "203.0.113.7", [name]: "6.6.6.6" });
      expect(clientAddress(headers, 1)).toBe("203.0.113.7");
      expect(clientAddress(new Headers({ [name]: "6.6.6.6" }), 1)).toBe(UNKNOWN_ADDRESS);
    },
  );

  test.each([
    ["203.0.113.7:4711", "203.0.113.7"],
    ["[2001:db8::1]:4711", "2001:db8:0:0::/64"],
    ["[2001:db8::1]", "2001:db8:0:0::/64"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:cb00:7107", "203.0.113.7"],
    ["2001:db8:a:b:c:d:e:f", "2001:db8:a:b::/64"],
    ["2001:0db8:000a:000b::1", "2001:db8:a:b::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["  203.0.113.7  ", "203.0.113.7"],
  ])("%s counts as %s", (entry, key) => {
    expect(from(entry, 1)).toBe(key);
  });

  test.each(["", "localhost", "999.1.1.1", "unknown", "1.2.3", "01.2.3.4", "<script>", "203.0.113.7, "])(
    "%j is no address",
    (entry) => {
      expect(from(entry, 1)).toBe(UNKNOWN_ADDRESS);
    },
  );

  test("all addresses of one subscriber's /64 share one limit, and the next /64 has its own", () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    fc.assert(
      fc.property(fc.array(group, { minLength: 4, maxLength: 4 }), (host) => {
        expect(from(`2001:db8:1:2:${host.join(":")}`, 1)).toBe("2001:db8:1:2::/64");
        expect(from(`2001:db8:1:3:${host.join(":")}`, 1)).toBe("2001:db8:1:3::/64");
      }),
    );
  });
});
