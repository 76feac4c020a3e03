// What the page knows. Messages of the server come in, changes of the user go out; nothing is
// computed here that the server could disagree with.
import { day, one } from "./figures";
import { read, write, START, type Place, type View } from "./link";
import { Connection, type Dial, type Link } from "./socket";
import type { Fault, Frame, FromServer, Joined, PartyName, Room, Row, Scene, Source, Standoff, Table, Term, Verdict, Welcome } from "./wire";

type Answer = Extract<FromServer, { type: "answer" }>;

export class Desk {
  link = $state<Link>("connecting");
  attempt = $state(0);
  welcome = $state.raw<Welcome | null>(null);
  scene = $state.raw<Scene | null>(null);
  table = $state.raw<Table | null>(null);
  frame = $state.raw<Frame | null>(null);
  standoff = $state.raw<Standoff | null>(null);
  room = $state.raw<Room | null>(null);
  roomCame = $state(0);
  joined = $state.raw<Joined | null>(null);
  progress = $state.raw<{ what: string; done: number | null } | null>(null);
  closing = $state("");
  /** Faults by place: `row CN-PEAK`, `term …`, `switch …`, `as_of`, `join`, or `` for the page. */
  faults = $state<Record<string, Fault>>({});
  place = $state<Place>({ ...START });
  toast = $state("");
  /** Announced by screen readers, set when a change has come to rest. */
  said = $state({ world: "", warming: "", standoff: "" });
  /** Red lines a way out would give up, shown hollow. */
  way = $state(0);
  quarrel = $state<string | null>(null);
  waiting = $state(false);
  /** Counts steps back and forth, so that fields let go of what was typed. */
  stepped = $state(0);

  /** The row whose last good phrase is to be put back into its field. */
  restored = $state("");

  #rows = $state.raw<Map<string, Row>>(new Map());
  #terms = $state.raw<Map<string, Term>>(new Map());
  #connection: Connection;
  #questions = new Map<number, { resolve: (answer: Answer) => void; reject: (why: Error) => void }>();
  #asked = 0;
  #session = "";
  #rest = 0;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;
  #linkTimer: ReturnType<typeof setTimeout> | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  #lastJoin: Record<string, unknown> | null = null;

  constructor(dial: Dial) {
    this.place = read(location.hash);
    // A reload keeps its session; a copied tab begins its own, from the link.
    try {
      this.#session = sessionStorage.getItem("accord.session") ?? "";
      sessionStorage.removeItem("accord.session");
      addEventListener("pagehide", () => sessionStorage.setItem("accord.session", this.#session));
      addEventListener("pageshow", (event) => event.persisted && sessionStorage.removeItem("accord.session"));
    } catch {
      // storage is closed to us: a reload then begins from the link
    }
    this.#connection = new Connection(
      dial,
      () => ({ ...(this.#session && { session: this.#session }), ...(this.place.token && { token: this.place.token }) }),
      (message) => this.receive(message),
      (link, attempt) => {
        this.link = link;
        this.attempt = attempt;
        if (link !== "open") this.#failQuestions();
      },
    );
    addEventListener("hashchange", () => this.#followLink());
    addEventListener("popstate", () => this.#followLink());
    this.#connection.open();
  }

  // ------------------------------------------------------------------ what comes in

  receive(message: FromServer): void {
    switch (message.type) {
      case "welcome": {
        const fresh = message.session !== this.#session;
        this.#session = message.session;
        this.welcome = message;
        this.closing = "";
        document.title = `${message.case.title} · Accord desk`;
        if (fresh && this.joined && this.#lastJoin) this.#connection.say({ type: "join", ...this.#lastJoin });
        break;
      }
      case "scene":
        this.scene = message;
        break;
      case "table":
        this.table = message;
        this.#rows = new Map(message.rows.map((row) => [row.id, row]));
        this.#terms = new Map(message.terms.map((term) => [term.key, term]));
        break;
      case "frame":
        this.#frame(message);
        break;
      case "standoff":
        if (this.standoff && this.standoff.round !== message.round) {
          this.way = 0;
          this.quarrel = null;
        }
        this.standoff = message;
        if (!message.none && this.way >= (message.ways?.length ?? 0)) this.way = 0;
        break;
      case "error":
        this.#fault(message);
        break;
      case "progress":
        this.progress = message.done === 1 ? null : { what: message.what, done: message.done };
        break;
      case "notice":
        this.tell(message.message);
        break;
      case "closing":
        this.closing = message.reason;
        this.#connection.refuse();
        break;
      case "joined":
        this.joined = message;
        delete this.faults["join"];
        break;
      case "room":
        this.room = message;
        this.roomCame = Date.now();
        break;
      case "answer": {
        const question = this.#questions.get(message.id);
        this.#questions.delete(message.id);
        if (message.failed) question?.reject(new Error(message.failed));
        else question?.resolve(message);
        break;
      }
      case "pong":
        break;
    }
  }

  #frame(frame: Frame): void {
    if (frame.rows.length) {
      const rows = new Map(this.#rows);
      for (const row of frame.rows) rows.set(row.id, row);
      this.#rows = rows;
    }
    if (frame.terms.length) {
      const terms = new Map(this.#terms);
      for (const term of frame.terms) terms.set(term.key, term);
      this.#terms = terms;
    }
    const first = this.frame === null;
    this.frame = frame;
    this.progress = null;
    this.place.token = frame.token;
    this.#writeLink();
    if (frame.seq >= this.#connection.seq) this.#idle();
    if (!first && frame.seq >= this.#rest) this.announce();
  }

  #fault(fault: Fault): void {
    const { row, term, switch: key, as_of, token, join } = fault.where;
    const place = row !== undefined ? `row ${row}` : term !== undefined ? `term ${term}` : key !== undefined ? `switch ${key}`
      : as_of !== undefined ? "as_of" : token ? "token" : join ? "join" : this.#adding ? "add" : "";
    this.faults = { ...this.faults, [place]: fault };
    if (place === "join" && this.#lastJoin && this.joined) this.joined = null;
    this.#adding = false;
    this.#idle();
  }
  #adding = false;

  dismiss(place: string): void {
    const { [place]: _gone, ...rest } = this.faults;
    this.faults = rest;
  }

  restore(row: string): void {
    this.dismiss(`row ${row}`);
    this.restored = row;
    setTimeout(() => (this.restored = ""));
  }

  // ------------------------------------------------------------------ what goes out

  #change(key: string, message: Record<string, unknown> & { type: string }, moving = false): number {
    if (!moving) this.#rest = this.#connection.seq + 1;
    const seq = this.#connection.change(key, message);
    if (moving) this.#rest = Infinity;
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => (this.waiting = true), 400);
    return seq;
  }

  #idle(): void {
    clearTimeout(this.#slowTimer);
    this.waiting = false;
  }

  /** Highest number of a change that has been shown. */
  get shown(): number {
    return this.frame?.seq ?? 0;
  }

  slide(row: string, value: number, moving: boolean): number {
    this.dismiss(`row ${row}`);
    return this.#change(`row ${row}`, { type: "set", row, value, ...(moving && { drag: true }) }, moving);
  }
  say(row: string, says: string, moving: boolean): number {
    this.dismiss(`row ${row}`);
    return this.#change(`row ${row}`, { type: "set", row, says, ...(moving && { drag: true }) }, moving);
  }
  settle(key: string, value: boolean | number | string | null, moving = false): number {
    this.dismiss(`term ${key}`);
    return this.#change(`term ${key}`, { type: "term", key, value, ...(moving && { drag: true }) }, moving);
  }
  count(row: string, counted: boolean): void {
    this.#change(`count ${row}`, { type: "count", row, counted });
  }
  add(says: string): number {
    this.dismiss("add");
    this.#adding = true;
    return this.#change(`add ${says}`, { type: "add", says });
  }
  remove(row: string): void {
    this.#change(`remove ${row}`, { type: "remove", row });
  }
  reset(row?: string): void {
    if (row === undefined) this.faults = {};
    else this.dismiss(`row ${row}`);
    this.#change(`reset ${row ?? ""}`, { type: "reset", ...(row !== undefined && { row }) });
  }
  convention(key: string, value: string | boolean): void {
    this.dismiss(`switch ${key}`);
    this.#change(`switch ${key}`, { type: "convention", switch: key, value });
  }
  asOf(value: string): number {
    this.faults = {};
    return this.#change("as_of", { type: "as_of", value });
  }
  undo(): void {
    if (!this.frame?.undo) return;
    this.faults = {};
    this.stepped += 1;
    this.#change(`undo ${this.#connection.seq}`, { type: "undo" });
  }
  redo(): void {
    if (!this.frame?.redo) return;
    this.faults = {};
    this.stepped += 1;
    this.#change(`redo ${this.#connection.seq}`, { type: "redo" });
  }
  apply(giveUp: string[]): void {
    this.#change("apply", { type: "apply", give_up: giveUp });
  }
  openToken(token: string): void {
    this.dismiss("token");
    this.#change("open", { type: "open", token });
  }
  join(code: string, role: string, name: string): void {
    this.dismiss("join");
    this.#lastJoin = { code, role, name };
    if (!this.#connection.say({ type: "join", code, role, name })) this.tell("Not connected. Try again in a moment.");
  }
  tableIt(text: string): void {
    this.#change("table_it", { type: "table_it", note: text });
  }
  vote(proposal: string, choice: string): void {
    this.#connection.say({ type: "vote", proposal, choice });
  }
  chair(what: string, minutes?: number): void {
    this.#connection.say({ type: "chair", do: what, ...(minutes !== undefined && { minutes }) });
  }

  /** Ask a question that changes nothing; rejects in words. */
  ask<T>(what: string, more: Record<string, unknown> = {}): Promise<T> {
    return this.#question({ type: "ask", what, ...more });
  }
  bridge(): Promise<{ token: string }> {
    return this.#question({ type: "bridge" });
  }
  #question<T>(message: Record<string, unknown>): Promise<T> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve: resolve as unknown as (answer: Answer) => void, reject });
      if (!this.#connection.say({ ...message, id })) {
        this.#questions.delete(id);
        reject(new Error("There is no connection to the desk’s server at the moment."));
      }
    });
  }
  #failQuestions(): void {
    for (const { reject } of this.#questions.values()) reject(new Error("The connection broke before the answer came."));
    this.#questions.clear();
  }

  retry(): void {
    this.#connection.retry();
  }

  // ------------------------------------------------------------------ what is shown

  get parties(): Record<string, PartyName> {
    return this.welcome?.parties ?? {};
  }
  get rows(): Row[] {
    return (this.table?.rows ?? []).map((row) => this.#rows.get(row.id) ?? row);
  }
  row(id: string): Row | undefined {
    return this.#rows.get(id);
  }
  get terms(): Term[] {
    return (this.table?.terms ?? []).map((term) => this.#terms.get(term.key) ?? term);
  }
  name(code: string | null | undefined): string {
    if (!code) return "";
    if (code === "REST") return "All others";
    if (code === "WLD") return "World";
    return this.parties[code]?.name ?? code;
  }
  short(code: string | null | undefined): string {
    if (!code) return "";
    return this.parties[code]?.short ?? this.name(code);
  }
  source(n: number): Source | undefined {
    return this.welcome?.sources.find((one) => one.n === n);
  }
  get roundName(): string {
    return this.welcome?.rounds.find((round) => round.id === this.scene?.round)?.name ?? "";
  }
  /** The day on the desk, shortly: "as of Copenhagen". */
  get when(): string {
    const name = this.roundName.replace(/^COP\d+\s+/, "");
    return name && name !== "Today" ? `as of ${name}` : this.scene && this.scene.as_of !== this.welcome?.case.today ? `as of ${day(this.scene.as_of)}` : "as of today";
  }
  /** The verdict on a line: of the full reasoning where it belongs to this state, else the quick one. */
  verdict(id: string): Verdict {
    const slow = this.standoff;
    if (slow && !slow.none && this.frame && slow.rev >= this.frame.rev) return slow.lines.find((line) => line.id === id)?.verdict ?? "open";
    const quick = this.frame?.lines[id];
    return quick ?? slow?.lines?.find((line) => line.id === id)?.verdict ?? "open";
  }
  get degrees(): number | null {
    const warming = this.frame?.warming;
    if (!warming) return null;
    const at = this.place.when === "peak" ? warming.peak : warming.at_2100;
    return at[this.place.reading] ?? at["50"];
  }
  get readingWords(): string {
    const { reading, when } = this.place;
    const year = when === "peak" ? "at the peak" : "in 2100";
    return reading === "50" ? `median ${year}` : `${reading} % stay below, ${year}`;
  }
  get targetYear(): number {
    return this.frame?.gap[0]?.year ?? this.scene?.benchmarks[0]?.year ?? 2035;
  }

  announce(): void {
    this.#rest = Infinity;
    const summary = this.frame?.summary;
    if (summary) this.said = { world: summary.world, warming: summary.warming, standoff: summary.standoff };
  }

  tell(words: string): void {
    this.toast = words;
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => (this.toast = ""), 6000);
  }

  // ------------------------------------------------------------------ the address

  go(view: View): void {
    if (view === this.place.view) return;
    this.place.view = view;
    history.pushState(null, "", write(this.place));
  }
  look(change: Partial<Place>): void {
    Object.assign(this.place, change);
    history.replaceState(null, "", write(this.place));
  }
  address(change: Partial<Place> = {}): string {
    return write({ ...this.place, ...change });
  }
  #writeLink(): void {
    // Browsers allow few rewrites of the address a second.
    this.#linkTimer ??= setTimeout(() => {
      this.#linkTimer = undefined;
      history.replaceState(null, "", write(this.place));
    }, 400);
  }
  #followLink(): void {
    const asked = read(location.hash);
    const token = this.place.token;
    const differs = asked.token !== "" && asked.token !== token;
    this.place = { ...asked, token };
    if (differs && !this.#linkTimer) this.openToken(asked.token);
  }
  async share(): Promise<void> {
    const address = new URL(write(this.place), location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      this.tell("Link to this deal copied.");
    } catch {
      this.tell("The browser does not let the page copy. The address bar holds the link to this deal.");
      history.replaceState(null, "", write(this.place));
    }
  }
  download(kind: string): string {
    return `export/${kind}?session=${encodeURIComponent(this.welcome?.session ?? "")}`;
  }
  get strip(): string {
    return one(this.degrees);
  }
}
