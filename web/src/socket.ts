// The one connection: newest wins, one change in flight, reconnects with growing pauses.
import type { FromServer } from "./wire";

export interface Wire { send(text: string): void; close(): void }
export interface Handlers { open(): void; message(text: string): void; closed(): void }
export type Dial = (handlers: Handlers) => Wire;
export type Link = "connecting" | "open" | "lost" | "refused";
type Change = { type: string; seq: number } & Record<string, unknown>;

export const dial: Dial = (handlers) => {
  const address = new URL("ws", document.baseURI);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.hash = "";
  const socket = new WebSocket(address);
  socket.onopen = () => handlers.open();
  socket.onmessage = (event) => handlers.message(String(event.data));
  socket.onclose = () => handlers.closed();
  return { send: (text) => socket.send(text), close: () => socket.close() };
};

/** How long to wait before trying again, in ms: soon at first, never longer than 5 s. */
export const pause = (attempt: number): number => Math.min(5000, 250 * 2 ** attempt);

const REPEATABLE = new Set(["set", "term", "convention", "as_of", "count"]);
const PATIENCE = 1500; // a frame that takes longer no longer holds back the next change

export class Connection {
  seq = 0;
  #wire: Wire | null = null;
  #ready = false;
  #attempt = 0;
  #stopped = false;
  #flight = 0;
  #sentAt = 0;
  #waiting = new Map<string, Change>();
  #unshown = new Map<string, Change>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private dialled: Dial,
    private hello: () => Record<string, unknown>,
    private receive: (message: FromServer) => void,
    private state: (link: Link, attempt: number) => void,
  ) {}

  open(): void {
    this.state(this.#attempt ? "lost" : "connecting", this.#attempt);
    this.#wire = this.dialled({
      open: () => this.#wire?.send(JSON.stringify({ type: "hello", protocol: 1, ...this.hello() })),
      message: (text) => this.#message(text),
      closed: () => this.#closed(),
    });
  }

  /** Try again at once, as after "Try now". */
  retry(): void {
    clearTimeout(this.#timer);
    this.#stopped = false;
    this.open();
  }

  /** The server said why it closes: do not knock again by ourselves. */
  refuse(): void {
    this.#stopped = true;
  }

  /**
   * Send a change of the deal. Changes of one control replace each other while they wait;
   * different controls keep their order. Returns the number the frame will carry.
   */
  change(key: string, message: Record<string, unknown> & { type: string }): number {
    const seq = ++this.seq;
    const held = this.#waiting.get(key);
    if (held) this.#waiting.delete(key); // the newest goes to the end of the queue
    this.#waiting.set(key, { ...message, seq });
    this.#flush();
    return seq;
  }

  /** Send a message that is not part of the deal. */
  say(message: Record<string, unknown>): boolean {
    if (!this.#ready) return false;
    this.#wire?.send(JSON.stringify(message));
    return true;
  }

  get pending(): boolean {
    return this.#waiting.size > 0 || this.#flight > 0;
  }

  #flush(): void {
    if (!this.#ready || !this.#waiting.size) return;
    if (this.#flight && Date.now() - this.#sentAt < PATIENCE) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#flush(), PATIENCE);
      return;
    }
    // Growing numbers only: what waited longest goes first.
    for (const [key, change] of [...this.#waiting].sort((a, b) => a[1].seq - b[1].seq)) {
      this.#wire?.send(JSON.stringify(change));
      this.#unshown.set(key, change);
      this.#flight = change.seq;
    }
    this.#waiting.clear();
    this.#sentAt = Date.now();
  }

  #message(text: string): void {
    let message: FromServer;
    try {
      message = JSON.parse(text) as FromServer;
    } catch {
      return; // not ours
    }
    if (message.type === "welcome") {
      this.#ready = true;
      this.#attempt = 0;
      this.#flight = 0;
      this.state("open", 0);
    }
    this.receive(message);
    if (message.type === "frame") {
      if (message.seq >= this.#flight) this.#flight = 0;
      for (const [key, change] of this.#unshown) if (change.seq <= message.seq) this.#unshown.delete(key);
    }
    if (message.type === "welcome" || message.type === "frame") this.#flush();
  }

  #closed(): void {
    this.#ready = false;
    this.#flight = 0;
    this.#wire = null;
    // What was sent and never shown is said again, where saying it twice does no harm.
    for (const [key, change] of this.#unshown)
      if (REPEATABLE.has(change.type) && !this.#waiting.has(key)) this.#waiting.set(key, change);
    this.#unshown.clear();
    if (this.#stopped) return this.state("refused", this.#attempt);
    const wait = pause(this.#attempt++);
    this.state("lost", this.#attempt);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), wait);
  }
}
