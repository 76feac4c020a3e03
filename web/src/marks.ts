import type { Mark } from "./wire";

/** Whether a value breaks the line behind a mark. */
export const crossed = (mark: Mark, value: number): boolean =>
  mark.side === "max" ? value > mark.value + 1e-9 : value < mark.value - 1e-9;
