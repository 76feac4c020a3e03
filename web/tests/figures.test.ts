import { describe, expect, it } from "vitest";
import { change, day, fixed, list, percent, stepped } from "../src/figures";
import { clock, remaining } from "../src/clock";
import { crossed } from "../src/marks";

describe("figures", () => {
  it("carry a true minus and no sign at nought", () => {
    expect(fixed(-0.7, 1)).toBe("−0.7");
    expect(fixed(-0.04, 1)).toBe("0.0");
    expect(fixed(null, 1)).toBe("–");
    expect(fixed(Number.NaN, 1)).toBe("–");
  });
  it("write changes with their sign, and none for what rounds away", () => {
    expect(change(0.26, 1)).toBe("+0.3");
    expect(change(-3, 0)).toBe("−3");
    expect(change(0.001, 1)).toBe("none");
  });
  it("write a slider's value with the decimals of its step", () => {
    expect(stepped(63.5, 0.5)).toBe("63.5");
    expect(stepped(64, 0.5)).toBe("64");
    expect(stepped(2030, 1)).toBe("2030");
    expect(stepped(100, 10)).toBe("100");
  });
  it("write dates as people do and leave what is no date", () => {
    expect(day("2009-12-18")).toBe("18 Dec 2009");
    expect(day("2009-12")).toBe("Dec 2009");
    expect(day("early 2010")).toBe("early 2010");
  });
  it("join names and shares", () => {
    expect(list(["a", "b", "c"])).toBe("a, b and c");
    expect(percent(0.31)).toBe("31 %");
  });
});

describe("the clock of a round", () => {
  it("runs from the moment the message came and stops at nought", () => {
    expect(remaining(760, true, 1000, 11000)).toBe(750);
    expect(remaining(760, false, 1000, 11000)).toBe(760);
    expect(remaining(5, true, 0, 60000)).toBe(0);
    expect(clock(760)).toBe("12:40");
    expect(clock(59.6)).toBe("1:00");
  });
});

describe("a limit of a red line", () => {
  it("breaks above a maximum, below a minimum, and never on it", () => {
    const mark = { value: 50, line: "L", party: "USA", words: "cut ≤ 50", side: "max" as const };
    expect(crossed(mark, 50)).toBe(false);
    expect(crossed(mark, 51)).toBe(true);
    expect(crossed({ ...mark, side: "min" }, 49)).toBe(true);
  });
});
