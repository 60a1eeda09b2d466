import { describe, expect, test } from "vitest";
import { changePassword, recoverPassword, requestRecovery, signIn } from "@/lib/identity";
import { endSession } from "@/lib/security/session-end";
import { aVisitor, identityServer, PASSWORD, type TestVisitor, whoIs } from "../support/identity-server";
import { refusalCode } from "../support/refusal";
import { aShopWithPeople } from "./identity-cast";

const server = identityServer();
const WRONG = "equivocada-larga";

const attempt = (visitor: TestVisitor, email: string, password = WRONG) =>
  signIn(visitor, { email, password }).then(() => "in", refusalCode);

async function attempts(email: string, times: number, browser = () => aVisitor()): Promise<string[]> {
  const answers: string[] = [];
  for (let each = 0; each < times; each++) answers.push(await attempt(browser(), email));
  return answers;
}

/** A browser at which somebody signed in once, and out again. */
async function knownTo(email: string, visitor = aVisitor()): Promise<TestVisitor> {
  await signIn(visitor, { email, password: PASSWORD });
  await endSession(await whoIs(visitor), visitor.cookies);
  expect([...visitor.jar.keys()]).toEqual(["device"]);
  return visitor;
}

// Without Redis every process counts for itself, half of what the limit says: five passwords, three codes.
describe("strangers who fail on purpose", () => {
  test("keep nobody out at the browser where they signed in before, though everywhere else", async () => {
    const { owner } = await aShopWithPeople(server);
    const own = await knownTo(owner.email);
    expect((await attempts(owner.email, 6)).at(-1)).toBe("rate.limited");
    expect(await attempt(aVisitor(), owner.email, PASSWORD)).toBe("rate.limited");
    expect(await attempt(own, owner.email.toUpperCase(), PASSWORD)).toBe("in");
    const input = { currentPassword: PASSWORD, password: "mejor-que-la-anterior" };
    await changePassword(own, await whoIs(own), input);
  });

  test("use up neither the codes of such a browser nor its attempts at typing one", async () => {
    const { owner } = await aShopWithPeople(server);
    const own = await knownTo(owner.email);
    const asked: string[] = [];
    for (let each = 0; each < 4; each++) {
      const visitor = aVisitor();
      asked.push(await requestRecovery(visitor, owner).then(() => "sent", refusalCode));
    }
    expect(asked).toEqual(["sent", "sent", "sent", "rate.limited"]);
    await requestRecovery(own, owner);

    const pending = own.jar.get("recovery") ?? "";
    const typed: string[] = [];
    for (let each = 0; each < 6; each++) {
      const visitor = aVisitor();
      visitor.jar.set("recovery", pending);
      const proof = { code: "000000", password: "una-clave-muy-nueva" };
      typed.push(await recoverPassword(visitor, proof).then(() => "in", refusalCode));
    }
    expect(typed).toEqual([...Array<string>(5).fill("code.invalid"), "rate.limited"]);
    const code = await server.codeFor(owner.email);
    expect(await recoverPassword(own, { code, password: "una-clave-muy-nueva" })).toBe(
      "/login?notice=password",
    );
  });

  test("do not keep out who has just recovered the password at a new browser", async () => {
    const { owner } = await aShopWithPeople(server);
    const visitor = aVisitor();
    await requestRecovery(visitor, owner);
    const code = await server.codeFor(owner.email);
    expect((await attempts(owner.email, 6)).at(-1)).toBe("rate.limited");
    await recoverPassword(visitor, { code, password: "una-clave-muy-nueva" });
    expect(await attempt(visitor, owner.email, "una-clave-muy-nueva")).toBe("in");
  });
});

describe("a known browser", () => {
  test("may fail as often as an account elsewhere, and no more", async () => {
    const { owner } = await aShopWithPeople(server);
    const own = await knownTo(owner.email);
    expect(await attempts(owner.email, 6, () => own)).toEqual([
      ...Array<string>(5).fill("access.credentials_invalid"),
      "rate.limited",
    ]);
    expect(await attempt(aVisitor(), owner.email, PASSWORD)).toBe("in");
  });

  test("is known for its own people alone", async () => {
    const { owner, seller } = await aShopWithPeople(server);
    const thief = await knownTo(seller.email);
    expect((await attempts(owner.email, 6)).at(-1)).toBe("rate.limited");
    expect(await attempt(thief, owner.email, PASSWORD)).toBe("rate.limited");
  });

  test("whose cookie was changed is any browser", async () => {
    const { owner } = await aShopWithPeople(server);
    const own = await knownTo(owner.email);
    own.jar.set("device", `${own.jar.get("device")?.slice(0, -2)}AA`);
    expect((await attempts(owner.email, 6)).at(-1)).toBe("rate.limited");
    expect(await attempt(own, owner.email, PASSWORD)).toBe("rate.limited");
  });

  test("still counts with all others from its address", async () => {
    const { owner } = await aShopWithPeople(server);
    const address = "198.51.100.77";
    const own = await knownTo(owner.email, aVisitor(address));
    const spray = Array.from({ length: 15 }, (_, index) =>
      attempt(aVisitor(address), `p${index}@spray.test`),
    );
    expect(new Set(await Promise.all(spray))).toEqual(new Set(["access.credentials_invalid"]));
    expect(await attempt(own, owner.email, PASSWORD)).toBe("rate.limited");
  });

  test("remembers the last eight people of a shared till", async () => {
    const [one, other, third] = await Promise.all([1, 2, 3].map(() => aShopWithPeople(server)));
    const people = [one, other, third].flatMap((shop) =>
      shop ? [shop.owner, shop.manager, shop.seller].map(({ email }) => email) : [],
    );
    const till = aVisitor();
    for (const email of people) await knownTo(email, till);
    const [forgotten = "", remembered = ""] = people;
    for (const email of [forgotten, remembered]) await attempts(email, 6);
    expect(await attempt(till, forgotten, PASSWORD)).toBe("rate.limited");
    expect(await attempt(till, remembered, PASSWORD)).toBe("in");
    expect(till.jar.get("device")?.length).toBeLessThan(2_000);
  });
});
