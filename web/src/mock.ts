// A socket that plays recorded messages; only while developing without a server.
import recorded from "./recorded.json";
import type { Dial } from "./socket";

const days = recorded.days as Record<string, any>;
export const dial: Dial = (handlers) => {
  let day = "today", rev = 1;
  const give = (message: unknown, ms = 5): void => void setTimeout(() => handlers.message(JSON.stringify(message)), ms);
  const all = (seq: number): void => {
    const now = days[day];
    give(now.scene); give(now.table); give({ ...now.frame, seq, rev });
    give({ ...now.standoff, rev }, 300);
  };
  setTimeout(() => handlers.open(), 5);
  return {
    close: () => handlers.closed(),
    send: (text) => {
      const message = JSON.parse(text);
      if (message.type === "hello") { give(recorded.welcome); all(0); return; }
      if (message.type === "ask") return give({ type: "answer", id: message.id, what: message.what, failed: "no answer recorded" });
      if (message.type === "as_of") { day = message.value in days ? message.value : "today"; rev++; return all(message.seq); }
      rev++;
      const frame = { ...days[day].frame, seq: message.seq, rev, changed: 1, undo: "a step" };
      if (message.type === "set") {
        const row = days[day].table.rows.find((one: any) => one.id === message.row);
        frame.rows = [{ ...row, changed: true, ...(message.says ? { says: message.says } : { slider: { ...row.slider, value: message.value } }) }];
        if (/befor\b/.test(message.says ?? "")) { give({ type: "error", seq: message.seq, where: { row: row.id }, message: "“befor” cannot be read here.", phrase: { text: message.says, start: message.says.indexOf("befor"), end: message.says.indexOf("befor") + 5, accepted: ["before", "by", "in"] } }); frame.rows = []; }
        const shift = frame.rows[0]?.slider ? (frame.rows[0].slider.value - row.slider.value) / 10 : 0;
        frame.world = { ...frame.world, central: frame.world.central.map((v: number, i: number) => v - shift * Math.min(1, i / 10)) };
      }
      if (message.type === "term") frame.terms = [{ ...days[day].table.terms.find((one: any) => one.key === message.key), value: message.value, set: message.value !== null }];
      give(frame, 15);
      give({ ...days[day].standoff, rev }, 400);
    },
  };
};
