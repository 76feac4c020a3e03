/** Seconds left, counted on from when the message came by the page's own clock. */
export function remaining(left: number, runs: boolean, came: number, now: number): number {
  return Math.max(0, Math.round(runs ? left - (now - came) / 1000 : left));
}

/** Write seconds as 12:40. */
export function clock(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}
