// One state in the address: what the server knows as a token, what only the page knows beside it.

export const VIEWS = ["desk", "grid", "record", "promises", "compare", "conference"] as const;
export type View = (typeof VIEWS)[number];
export type Reading = "50" | "67" | "83";
export interface Place {
  view: View;
  token: string;
  /** Whether the pledges as they stand are drawn dashed. */
  dashed: boolean;
  /** The percentile the big number shows. */
  reading: Reading;
  /** Whether it shows the year 2100 or the peak. */
  when: "2100" | "peak";
  /** A second deal, to compare. */
  other: string;
  document: string;
}

export const START: Place = { view: "desk", token: "", dashed: true, reading: "50", when: "2100", other: "", document: "" };

const clean = (text: string | null, longest: number): string =>
  text !== null && text.length <= longest && /^[\w.~:+=-]*$/.test(text) ? text : "";

/** Read a place from the part of an address after #; what is not understood is left out. */
export function read(hash: string): Place {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const view = given.get("view");
  const reading = given.get("p");
  return {
    view: VIEWS.find((one) => one === view) ?? "desk",
    token: clean(given.get("s"), 16000),
    dashed: given.get("dashed") !== "0",
    reading: reading === "67" || reading === "83" ? reading : "50",
    when: given.get("when") === "peak" ? "peak" : "2100",
    other: clean(given.get("b"), 16000),
    document: clean(given.get("doc"), 200),
  };
}

/** Write a place; what is as at the start is left out. */
export function write(place: Place): string {
  const out: [string, string][] = [];
  if (place.view !== "desk") out.push(["view", place.view]);
  if (place.reading !== "50") out.push(["p", place.reading]);
  if (place.when !== "2100") out.push(["when", place.when]);
  if (!place.dashed) out.push(["dashed", "0"]);
  if (place.document) out.push(["doc", place.document]);
  if (place.other) out.push(["b", place.other]);
  if (place.token) out.push(["s", place.token]);
  return out.length ? `#${new URLSearchParams(out).toString()}` : "#";
}
