const OWN = new Set(["USA", "CHN", "EU27", "IND", "AOSIS"]);

/** The class that carries a party's colour; no party but these five has one of its own. */
export function accent(party: string | null | undefined): string {
  if (!party) return "p-none";
  return OWN.has(party) ? `p-${party}` : "p-OTH";
}

/** The colour itself, for drawing. */
export const colour = (party: string): string => `var(--${OWN.has(party) ? party : "OTH"})`;
