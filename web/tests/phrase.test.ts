import { describe, expect, it } from "vitest";
import { accepted, joined, parts, split } from "../src/phrase";
import { pieces } from "../src/marking";

describe("a phrase in its field", () => {
  it("stands without the party, which comes back when it is sent", () => {
    const says = "China: peak CO2 emissions before 2030";
    const { party, rest } = split(says);
    expect(rest).toBe("peak CO2 emissions before 2030");
    expect(joined(party, rest)).toBe(says);
  });
  it("keeps a colon inside the words of a policy", () => {
    const says = "USA: policy: remain a party to the convention";
    const { party, rest } = split(says);
    expect(party).toBe("USA");
    expect(rest).toBe("policy: remain a party to the convention");
    expect(joined(party, rest)).toBe(says);
  });
  it("tidies blanks", () => {
    expect(joined("China", "  peak   CO2 before 2030 ")).toBe("China: peak CO2 before 2030");
  });
});

describe("a phrase that cannot be read", () => {
  it("is cut at the word at fault", () => {
    expect(parts("China: peak CO2 befor 2030", 16, 21)).toEqual([
      { text: "China: peak CO2 ", bad: false },
      { text: "befor", bad: true },
      { text: " 2030", bad: false },
    ]);
  });
  it("counts characters as the server does, also beyond the basic plane", () => {
    expect(parts("🌍 peek", 2, 6)[1]).toEqual({ text: "peek", bad: true });
  });
  it("bears a place outside the text", () => {
    expect(parts("abc", 9, 12).map((part) => part.text).join("")).toBe("abc");
    expect(parts("abc", -4, -1).map((part) => part.text).join("")).toBe("abc");
  });
  it("says what is accepted, shortly", () => {
    expect(accepted(["before", "by"])).toBe("Accepted here: before, by");
    expect(accepted(Array(30).fill("x"))).toMatch(/…$/);
    expect(accepted([])).toBe("");
  });
});

describe("entries in a text", () => {
  const entry = (id: string, start: number, end: number) => ({ id, document: "d", kind: "demand", party: "CHN", words: "", start, end });
  it("are marked at their place, and nothing is lost or doubled", () => {
    const text = "China has refused. Kerry asked again.";
    const cut = pieces(text, [entry("a", 0, 5), entry("b", 19, 24), entry("c", 2, 10), entry("d", 900, 950)]);
    expect(cut.map((piece) => piece.text).join("")).toBe(text);
    expect(cut.filter((piece) => piece.entry).map((piece) => piece.text)).toEqual(["China", "Kerry"]);
  });
});
