import type { RecordEntry } from "./wire";

export interface Piece { text: string; entry: RecordEntry | null; number: number }

/** Cut a text at its entries. Places count characters; where two overlap the earlier one is marked. */
export function pieces(text: string, entries: readonly RecordEntry[]): Piece[] {
  const letters = Array.from(text);
  const sorted = entries
    .map((entry, i) => ({ entry, number: i + 1 }))
    .filter(({ entry }) => entry.start >= 0 && entry.end > entry.start && entry.start < letters.length)
    .sort((a, b) => a.entry.start - b.entry.start || b.entry.end - a.entry.end);
  const out: Piece[] = [];
  let at = 0;
  for (const { entry, number } of sorted) {
    if (entry.start < at) continue;
    if (entry.start > at) out.push({ text: letters.slice(at, entry.start).join(""), entry: null, number: 0 });
    out.push({ text: letters.slice(entry.start, entry.end).join(""), entry, number });
    at = Math.min(entry.end, letters.length);
  }
  if (at < letters.length) out.push({ text: letters.slice(at).join(""), entry: null, number: 0 });
  return out;
}
