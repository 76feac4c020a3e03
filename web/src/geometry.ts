// Where things stand in a chart. Pure functions, so that the drawing can be tested without a page.
import { scaleLinear, type ScaleLinear } from "d3-scale";
import { area, line } from "d3-shape";

export type Scale = ScaleLinear<number, number>;
export interface Band { key: string; low: number[]; high: number[] }

/** Stack series over each other; what is below nought is drawn as nought and told by the total. */
export function stack(series: readonly { key: string; values: readonly number[] }[]): Band[] {
  const n = Math.max(0, ...series.map((one) => one.values.length));
  let floor = new Array<number>(n).fill(0);
  return series.map(({ key, values }) => {
    const low = floor;
    const high = low.map((base, i) => base + Math.max(0, values[i] ?? 0));
    floor = high;
    return { key, low, high };
  });
}

/** The top of an axis: the next round step above the highest value. */
export function ceiling(highest: number, step: number): number {
  return Math.max(step, Math.ceil(highest / step - 1e-9) * step);
}

export function scale(domain: [number, number], range: [number, number]): Scale {
  return scaleLinear().domain(domain).range(range);
}

/** Ticks of an axis with a fixed step, both ends included. */
export function steps(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step);
  return Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toFixed(6)));
}

/** The path of a line through (year, value). */
export function linePath(years: readonly number[], values: readonly (number | null)[], x: Scale, y: Scale): string {
  return (
    line<number>()
      .defined((_, i) => values[i] !== null && values[i] !== undefined && Number.isFinite(values[i]))
      .x((year) => round(x(year)))
      .y((_, i) => round(y(values[i] ?? 0)))(years as number[]) ?? ""
  );
}

/** The path of the ground between two lines. */
export function bandPath(
  years: readonly number[], low: readonly number[], high: readonly number[], x: Scale, y: Scale,
): string {
  return (
    area<number>()
      .x((year) => round(x(year)))
      .y0((_, i) => round(y(low[i] ?? 0)))
      .y1((_, i) => round(y(high[i] ?? 0)))(years as number[]) ?? ""
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;

/**
 * Move labels apart so that none overlaps, each as near to its place as the others let it.
 * The label `fixed` keeps its place; those above go up, those below go down.
 */
export function spread(places: readonly number[], gap: number, fixed: number, top = -Infinity, bottom = Infinity): number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const at = [...places];
  const middle = order.indexOf(fixed);
  for (let i = middle - 1; i >= 0; i--) {
    const own = order[i]!, next = order[i + 1]!;
    at[own] = Math.min(at[own]!, at[next]! - gap);
  }
  for (let i = middle + 1; i < order.length; i++) {
    const own = order[i]!, before = order[i - 1]!;
    at[own] = Math.max(at[own]!, at[before]! + gap);
  }
  // What was pushed out at an end is pushed back in, and takes its neighbours along.
  for (let i = 0, least = top; i < order.length; i++, least += gap) at[order[i]!] = Math.max(at[order[i]!]!, least);
  for (let i = order.length - 1, most = bottom; i >= 0; i--, most -= gap) at[order[i]!] = Math.min(at[order[i]!]!, most);
  return at;
}

/** Years to write under an axis: all of them where there is room, else those that matter most. */
export function ticks(first: number, last: number, now: number, target: number | null, width: number, size = 11.5): number[] {
  const wish = [first, now, last, ...(target ? [target] : []), 2050, 2010, 2075, 2000, 2025];
  const room = width / (last - first);
  const kept: number[] = [];
  for (const year of wish) {
    if (year < first || year > last) continue;
    if (kept.every((other) => Math.abs(other - year) * room >= (other === first || year === first ? 46 : 34) * (size / 11.5))) kept.push(year);
  }
  return kept.sort((a, b) => a - b);
}
