import { beforeEach, describe, expect, it, vi } from "vitest";
import { Connection, pause, type Handlers } from "../src/socket";
import type { FromServer } from "../src/wire";

function line() {
  const sent: Record<string, any>[] = [];
  const wires: Handlers[] = [];
  const seen: FromServer[] = [];
  const links: string[] = [];
  const connection = new Connection(
    (handlers) => {
      wires.push(handlers);
      return { send: (text) => void sent.push(JSON.parse(text)), close: () => handlers.closed() };
    },
    () => ({ session: "s", token: "t" }),
    (message) => void seen.push(message),
    (link) => void links.push(link),
  );
  const say = (message: object): void => wires.at(-1)!.message(JSON.stringify(message));
  connection.open();
  wires[0]!.open();
  return { connection, sent, wires, seen, links, say };
}

describe("the connection", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("says hello with session and token before anything else", () => {
    const { sent, connection } = line();
    connection.change("row a", { type: "set", row: "a", value: 1 });
    expect(sent).toEqual([{ type: "hello", protocol: 1, session: "s", token: "t" }]);
  });

  it("keeps one change in flight and only the newest value of a control waiting", () => {
    const { sent, connection, say } = line();
    say({ type: "welcome" });
    for (let value = 1; value <= 20; value++) connection.change("row a", { type: "set", row: "a", value });
    connection.change("row b", { type: "set", row: "b", value: 7 });
    expect(sent.slice(1)).toEqual([{ type: "set", row: "a", value: 1, seq: 1 }]);
    say({ type: "frame", seq: 1 });
    expect(sent.slice(2).map(({ row, value }) => [row, value])).toEqual([["a", 20], ["b", 7]]);
    expect(sent.slice(2).map(({ seq }) => seq)).toEqual([20, 21]);
  });

  it("does not wait for ever for a frame", () => {
    const { sent, connection, say } = line();
    say({ type: "welcome" });
    connection.change("row a", { type: "set", value: 1 });
    connection.change("row a", { type: "set", value: 2 });
    vi.advanceTimersByTime(1600);
    expect(sent.at(-1)).toMatchObject({ value: 2 });
  });

  it("comes back after a loss and says again what was never shown, once", () => {
    const { sent, connection, say, wires, links } = line();
    say({ type: "welcome" });
    connection.change("row a", { type: "set", row: "a", value: 5 });
    connection.change("undo", { type: "undo" });
    wires[0]!.closed();
    expect(links.at(-1)).toBe("lost");
    vi.advanceTimersByTime(300);
    wires[1]!.open();
    say({ type: "welcome" });
    const after = sent.slice(sent.findLastIndex((one) => one.type === "hello") + 1);
    expect(after.map((one) => one.type)).toEqual(["set", "undo"]);
    say({ type: "frame", seq: 2 });
    expect(sent.filter((one) => one.type === "undo")).toHaveLength(1);
  });

  it("does not knock again where the server closed with a reason", () => {
    const { connection, wires, links } = line();
    connection.refuse();
    wires[0]!.closed();
    vi.advanceTimersByTime(60000);
    expect(wires).toHaveLength(1);
    expect(links.at(-1)).toBe("refused");
  });

  it("waits longer each time, at most five seconds, and bears what is no message", () => {
    expect([0, 1, 2, 9].map(pause)).toEqual([250, 500, 1000, 5000]);
    const { say, seen, wires } = line();
    wires[0]!.message("not json");
    say({ type: "pong" });
    expect(seen).toEqual([{ type: "pong" }]);
  });
});
