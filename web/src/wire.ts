// The messages of docs/desk-protocol.md, protocol 1. Texts are data: they are set as text only.

export const PROTOCOL = 1;
export type Percentile = "5" | "17" | "50" | "83" | "95";
export type Percentiles<T> = Record<Percentile, T> & { "67"?: T };
export type Series = number[];

export interface PartyName { name: string; adjective?: string; short?: string }
export interface Round { id: string; name: string; place?: string; start: string; end?: string | null; outcome?: string; resolved?: string; sources?: number[]; quotes?: Quote[] }
export interface Quote { party: string | null; words: string; verbatim?: boolean; said?: string; source?: number | null }
export interface Choice { value: string | boolean; label: string }
export interface Switch { key: string; label: string; choices: Choice[] }
export interface Source { n: number; title: string; publisher?: string; date?: string; url?: string | null }

export interface Welcome {
  type: "welcome"; protocol: number; session: string; restored: boolean; version: string; edition: string;
  mode: "desk" | "conference";
  case: { name: string; title: string; about?: string; today: string; protagonists: string[] };
  parties: Record<string, PartyName>; rounds: Round[]; switches: Switch[];
  views: { standoff: boolean; record: boolean; promises: boolean };
  sources: Source[];
  limits?: { phrase?: number; rows?: number; message?: number; per_second?: number };
  room?: { needs_code: boolean; roles: string[]; chair: boolean };
}

export interface Benchmark { goal: string; year: number; gt: number; low?: number | null; high?: number | null; words?: string; source?: string }
export interface Published { label: string; value: number; probability: number; words?: string; source?: string; date?: string }
export interface Scene {
  type: "scene"; as_of: string; round: string | null;
  convention: Record<string, string | boolean>; convention_words: string;
  stack_order: string[];
  history: { first: number; last: number; stack: Record<string, Series>; world: Series };
  came?: { first: number; world: Series } | null;
  reference: { first: number; world: Series };
  pledged: { first: number; world: Series; stack?: Record<string, Series>; warming_2100: number; warming_50: Series };
  warming_history: { first: number; percentiles: Percentiles<Series> };
  observed: { first: number; values: (number | null)[]; source?: string };
  benchmarks: Benchmark[]; published: Published[]; members: number; ensemble: string;
}

export interface Mark { value: number; line: string; party: string; words: string; side: "min" | "max" }
export interface SliderSpec {
  value: number; min: number; max: number; step: number; unit: string; label: string;
  range: [number, number] | null; was: number | null; marks: Mark[];
}
export interface Row {
  id: string; party: string; says: string; was: string | null; changed: boolean; counted: boolean; why_not: string | null;
  status: string; since?: string | null; note?: string | null; instrument?: string | null; legal_form?: string | null; verified?: boolean;
  sources: number[]; kind: string; slider: SliderSpec | null; year?: number | null;
  tonnes?: { low: number | null; central: number | null; high: number | null } | null; reading?: string | null;
}
export interface Term {
  key: string; words: string; type: "bool" | "int" | "real" | "enum"; value: boolean | number | string | null; set: boolean;
  agenda?: string; unit?: string; min?: number; max?: number; step?: number; choices?: string[]; marks?: Mark[]; lines: string[];
}
export interface Table { type: "table"; parties: string[]; rows: Row[]; terms: Term[] }

export type Verdict = "kept" | "broken" | "open";
export interface Frame {
  type: "frame"; seq: number; rev: number; ms: number; token: string; undo: string | null; redo: string | null; changed: number;
  rows: Row[]; terms: Term[];
  world: { first: number; central: Series; low: Series; high: Series; stack: Record<string, Series> };
  parties: Record<string, Record<string, number | null>>;
  warming: {
    first: number; percentiles: Percentiles<Series>; at_2100: Percentiles<number>; peak: Percentiles<number>;
    peak_year?: Percentiles<number | null>; below: Record<string, number>; below_2100: Record<string, number>;
    crossing: Record<string, Percentiles<number | null>>; change: number | null;
  };
  gap: { goal: string; year: number; gt: number }[];
  lines: Record<string, Verdict>;
  summary: { world: string; warming: string; standoff: string };
}

export interface Line {
  id: string; party: string; name: string; level: string; topic: string; statement: string; holds: string;
  since: string | null; until: string | null; cost: number | null; sources: number[];
  verdict: Verdict; deal: string; by: string; quarrels: string[];
}
export interface Quarrel { label: string; lines: string[]; parties: string[]; topic: string; sentence: string }
export interface Way { give_up: string[]; cost: number | null; by_party: Record<string, number> }
export interface Turn { appeared: string[][]; vanished: string[][]; lapsed: string[]; begun: string[] }
export interface Standoff {
  type: "standoff"; rev: number; none?: string; as_of: string; round: string | null; lead: string[];
  lines: Line[]; quarrels: Quarrel[]; ways: Way[]; ways_count: number; complete: boolean; costs: string;
  standing: Record<string, { kept: number; broken: number; open: number }>; contradiction: string | null;
  course?: ({ until: string } & Turn)[]; since_last?: ({ since: string } & Turn) | null; rounds?: Record<string, number>;
}

export interface Fault {
  type: "error"; seq?: number; where: { row?: string; term?: string; switch?: string; as_of?: string; token?: boolean; join?: boolean };
  message: string; phrase?: { text: string; start: number; end: number; accepted: string[] };
}

export interface Proposal {
  id: string; role: string; round: number; by: string; changes: string[]; warming: number | null; broken: number | null;
  finance: number | null; token: string; note?: string;
}
export interface Room {
  type: "room"; edition: string; round: number; rounds: number; state: "waiting" | "open" | "paused" | "voting" | "closed";
  left: number; at: number;
  roles: { role: string; name: string; seats: number; proposal: boolean; voted: boolean }[];
  proposals: Proposal[];
  tabled: { token: string; changes: string[]; warming: number | null; broken: number | null } | null;
  votes: Record<string, { yes: string[]; no: string[]; abstain: string[] }>;
  log: { round: number; words: string; warming: number | null; broken: number | null; finance: number | null }[];
  yours?: { role: string; lines: { id: string; statement: string; cost: number | null; verdict: Verdict }[] } | null;
}
export interface Joined { type: "joined"; role: string; seat: string; chair: boolean }

export type FromServer =
  | Welcome | Scene | Table | Frame | Standoff | Fault | Room | Joined
  | { type: "progress"; what: string; done: number | null }
  | { type: "notice"; message: string }
  | { type: "closing"; reason: string }
  | { type: "pong" }
  | ({ type: "answer"; id: number; what: string; failed?: string } & Record<string, unknown>);

export interface GridRow {
  party: string; topic: string; issue: string; scale: number; position: string; verdict: Verdict | null; evidence: number;
  quote: string; verbatim: boolean; said: string; source: number | null; since: string; stake: string; line: string | null; row: string | null;
}
export interface Grid { rows: GridRow[]; scale: string[] }
export interface RecordEntry {
  id: string; document: string; kind: string; party: string | null; speaker?: string | null; date?: string | null;
  words: string; start: number; end: number; supports?: string | null;
}
export interface RecordAnswer {
  none: string | null;
  documents: { id: string; title: string; publisher?: string; date?: string; entries: number }[];
  entries: RecordEntry[];
  timeline: { date: string; party: string | null; kind: string; words: string; source: number | null; url?: string | null }[];
  parties: string[]; kinds: string[];
}
export interface DocumentAnswer { document: { id: string; title: string; text: string }; entries: RecordEntry[] }
export interface Delivery { source: string; through?: string; amount: number | null; target: number | null; share: number | null; status: string; why?: string; verified?: boolean; note?: string }
export interface Promise_ {
  id: string; party: string; says: string; made: string; status: string; why: string; sources_agree: boolean; unit: string;
  target: { low: number | null; high: number | null } | null; deliveries: Delivery[];
  history?: { since: string; status: string; why: string }[]; sources: number[];
}
export interface Comparison {
  columns: string[]; rows: { label: string; values: (number | string | null)[]; kind: string }[];
  world: { first: number; central: Series }[]; warming: ({ first: number } & { "50": Series })[];
  differences: { row: string; party: string; values: (string | null)[] }[];
}
export interface RowAnswer { row: Row; evidence: { title?: string; publisher?: string; date?: string; quote?: string; url?: string }[]; statuses: { since: string; word: string; note?: string }[] }
