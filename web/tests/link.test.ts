import { describe, expect, it } from "vitest";
import { read, START, write } from "../src/link";

describe("the state in the address", () => {
  it("comes back as it was written", () => {
    const place = { view: "grid", token: "eNq_-1", dashed: false, reading: "67", when: "peak", other: "eNqB", document: "d1" } as const;
    expect(read(write({ ...place }))).toEqual(place);
    expect(read(write(START))).toEqual(START);
  });
  it("leaves out what it does not understand", () => {
    expect(read("#view=<img src=x onerror=alert(1)>&p=99&when=never")).toEqual(START);
    expect(read('#s="><script>alert(1)</script>').token).toBe("");
    expect(read(`#s=${"a".repeat(20000)}`).token).toBe("");
    expect(read("#doc=../../etc/passwd").document).toBe("");
  });
});
