import { describe, expect, it } from "vitest";
import { bandPath, ceiling, linePath, scale, spread, stack, steps, ticks } from "../src/geometry";

describe("stacking", () => {
  it("puts each party on those before it", () => {
    const bands = stack([{ key: "CHN", values: [1, 2] }, { key: "USA", values: [3, 4] }]);
    expect(bands[1]).toEqual({ key: "USA", low: [1, 2], high: [4, 6] });
  });
  it("draws removals as nought, so that no band turns over", () => {
    const [, other] = stack([{ key: "CHN", values: [-1] }, { key: "USA", values: [3] }]);
    expect(other?.low).toEqual([0]);
  });
  it("bears series that are missing or short", () => {
    expect(stack([])).toEqual([]);
    expect(stack([{ key: "A", values: [1, 2] }, { key: "B", values: [1] }])[1]?.high).toEqual([2, 2]);
  });
});

describe("axes", () => {
  it("end on a round step above the highest value", () => {
    expect(ceiling(57.7, 20)).toBe(60);
    expect(ceiling(60, 20)).toBe(60);
    expect(ceiling(0, 20)).toBe(20);
    expect(steps(0.5, 2, 0.5)).toEqual([0.5, 1, 1.5, 2]);
  });
  it("write only years that have room, always the first, the present and the last", () => {
    const few = ticks(1990, 2100, 2024, 2035, 200);
    expect(few).toEqual(expect.arrayContaining([1990, 2024, 2100]));
    const room = 200 / 110;
    few.slice(1).forEach((year, i) => expect((year - few[i]!) * room).toBeGreaterThanOrEqual(34));
    expect(ticks(1990, 2100, 2024, 2035, 700)).toContain(2035);
  });
});

describe("paths", () => {
  const x = scale([2000, 2002], [0, 20]);
  const y = scale([0, 10], [10, 0]);
  it("break where a value is missing", () => {
    expect(linePath([2000, 2001, 2002], [1, null, 3], x, y)).toMatch(/^M0,9.*M20,7/);
  });
  it("close a band", () => {
    expect(bandPath([2000, 2002], [0, 0], [5, 5], x, y)).toBe("M0,5L20,5L20,10L0,10Z");
  });
});

describe("labels", () => {
  it("move apart around the one that is fixed", () => {
    const at = spread([100, 98, 101, 40], 14, 0);
    expect(at[0]).toBe(100);
    const sorted = [...at].sort((a, b) => a - b);
    sorted.slice(1).forEach((place, i) => expect(place - sorted[i]!).toBeGreaterThanOrEqual(14));
  });
  it("stay inside the drawing", () => {
    const at = spread([5, 6, 7], 14, 1, 8, 200);
    expect(Math.min(...at)).toBeGreaterThanOrEqual(8);
    expect(new Set(at).size).toBe(3);
  });
});
