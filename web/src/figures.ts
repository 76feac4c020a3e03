// How figures are written: a true minus, one decimal for °C and Gt, none for per cent.

const minus = (text: string): string => text.replace("-", "−");

/** Write a number with a fixed count of decimals; a rounded nought carries no sign. */
export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const text = value.toFixed(decimals);
  return minus(/^-0(\.0+)?$/.test(text) ? text.slice(1) : text);
}

export const one = (value: number | null | undefined): string => fixed(value, 1);
export const whole = (value: number | null | undefined): string => fixed(value, 0);
export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? "–" : `${fixed(share * 100, 0)} %`;

/** Write a change with its sign; `none` where it rounds to nought. */
export function change(value: number | null | undefined, decimals: number, none = "none"): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const text = fixed(Math.abs(value), decimals);
  if (Number(text) === 0) return none;
  return (value < 0 ? "−" : "+") + text;
}

/** Write a value of a slider with as many decimals as its step has, at most two. */
export function stepped(value: number, step: number): string {
  const decimals = Math.min(2, (String(step).split(".")[1] ?? "").length);
  return fixed(value, decimals).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Write an ISO date as 21 Nov 2026; what is no full date stays as it is. */
export function day(iso: string | null | undefined): string {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(iso ?? "");
  if (!parts) return iso ?? "";
  const month = MONTHS[Number(parts[2]) - 1] ?? "";
  return parts[3] ? `${Number(parts[3])} ${month} ${parts[1]}` : `${month} ${parts[1]}`;
}

export function month(iso: string | null | undefined): string {
  return day((iso ?? "").slice(0, 7));
}

/** Write a count with its noun: 1 line, 2 lines. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** Write a small count as a word. */
export const inWords = (n: number): string => WORDS[n] ?? String(n);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Join names: a, b and c. */
export function list(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** A sentence without its full stop, to stand inside another. */
export const bare = (sentence: string): string => sentence.replace(/\.$/, "");
