// The phrase of a commitment as it stands in its field: without the party, whose name is the heading.

/** Split "China: peak CO2 before 2030" into the party as written and the rest. */
export function split(says: string): { party: string; rest: string } {
  const found = /^([^:]{1,60}):\s*([\s\S]*)$/.exec(says);
  return found ? { party: found[1]!, rest: found[2]! } : { party: "", rest: says };
}

/** Put the party back before what was typed, unless the typist wrote one (with a capital: “policy:” is none). */
export function joined(party: string, typed: string): string {
  const text = typed.replace(/\s+/g, " ").trim();
  return !party || /^[A-Z][^:\d]{0,59}:\s/.test(`${text} `) ? text : `${party}: ${text}`;
}

export interface Part { text: string; bad: boolean }

/** Cut an unreadable phrase so that the word at fault can be marked; the place may lie outside. */
export function parts(text: string, start: number, end: number): Part[] {
  const letters = Array.from(text); // the server counts characters, not UTF-16 units
  const from = Math.max(0, Math.min(start, letters.length));
  const to = Math.max(from, Math.min(end, letters.length));
  const cut = [
    { text: letters.slice(0, from).join(""), bad: false },
    { text: letters.slice(from, to).join(""), bad: true },
    { text: letters.slice(to).join(""), bad: false },
  ];
  return cut.filter((part) => part.text !== "");
}

/** Say what would be accepted, shortly. */
export function accepted(words: readonly string[]): string {
  const shown = words.slice(0, 8);
  const more = words.length > shown.length ? " …" : "";
  return shown.length ? `Accepted here: ${shown.join(", ")}${more}` : "";
}
