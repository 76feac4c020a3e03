// The budget of the page: what a browser loads, gzipped.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const folder = new URL("../src/accord/desk/static", import.meta.url).pathname;
const budget = 200_000;
let sum = 0;
const walk = (at) => {
  for (const name of readdirSync(at)) {
    const path = join(at, name);
    if (statSync(path).isDirectory()) walk(path);
    else {
      const size = gzipSync(readFileSync(path), { level: 9 }).length;
      sum += size;
      console.log(`${String(size).padStart(8)}  ${path.slice(folder.length + 1)}`);
    }
  }
};
walk(folder);
console.log(`${String(sum).padStart(8)}  bytes gzipped of ${budget}`);
if (sum > budget) process.exit(1);
