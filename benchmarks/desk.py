"""The desk in a real browser: from input to new picture, at twenty changes a second.

python benchmarks/desk.py [--browser /usr/bin/chromium] [--runs 3] [--json]

Starts ``accord desk`` and headless Chromium on this machine, with every other host blocked, moves a
slider by the keyboard forty times at twenty a second, and watches when the page has painted the
picture that belongs to each move. Needs Playwright (``pip install playwright``) and a browser.

What is counted: from the page's own ``input`` event to the first animation frame after the charts
have changed for that move (event timestamps of the browser). *Shown* is how many of the forty moves
had a picture of their own: distinct paths of the charts that were painted. *First view*: from the
start of navigation to the first painted picture, full ensemble included.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

MOVES, PER_SECOND = 40, 20
LIMITS = {"p50": 50.0, "p95": 50.0, "shown": MOVES, "first view": 1500.0}

WATCH = """
(() => {
  const seen = (window.__seen = { sent: {}, painted: {}, pictures: [], first: null, inputs: [] });
  addEventListener('input', (e) => seen.inputs.push(e.timeStamp), true);
  const paths = () => [...document.querySelectorAll('svg path')];
  const picture = () => paths().map((p) => p.getAttribute('d')).join('|');
  const Own = WebSocket;
  window.WebSocket = class extends Own {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', (event) => {
        if (!event.data.startsWith('{"type":"frame"')) return;
        const seq = JSON.parse(event.data).seq;
        // the page's own listener comes first; the next animation frame paints its charts
        setTimeout(() => requestAnimationFrame(() => {
          const d = picture();
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            const now = performance.now();
            if (seen.first === null && d.length > 200) seen.first = now;
            for (let s = seq; s > 0 && !(s in seen.painted); s--) seen.painted[s] = now;
            seen.pictures.push(d);
          };
          channel.port2.postMessage(0);
        }), 0);
      });
    }
    send(text) {
      const said = JSON.parse(text);
      if (said.type === 'set' && seen.counted !== seen.inputs.length) {
        seen.counted = seen.inputs.length; // the end of a key press says the same value again
        seen.sent[said.seq] = seen.inputs.at(-1);
      }
      super.send(text);
    }
  };
})();
"""


def serve(case: str) -> tuple[subprocess.Popen[str], str]:
    """Start the desk; return the process and its address."""
    program = Path(sys.executable).with_name("accord")
    process = subprocess.Popen(
        [str(program), "desk", case, "--port", "0"],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://\S+/", line)
    if found is None:
        process.kill()
        raise SystemExit(f"accord desk did not start: {line}")
    return process, found[0]


def measure(address: str, browser: Any, row: str) -> dict[str, Any]:
    """Open a tab, move a slider forty times, return what was seen."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    outside: list[str] = []

    def route(one: Any) -> None:
        if one.request.url.startswith(address) or one.request.url.startswith("data:"):
            one.continue_()
        else:
            outside.append(one.request.url)
            one.abort()

    context.route("**/*", route)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(WATCH)
    page.goto(address)
    until = time.monotonic() + 20
    first = None
    while first is None:
        if time.monotonic() > until:
            raise SystemExit("no picture within twenty seconds")
        time.sleep(0.05)
        first = page.evaluate("() => window.__seen.first")
    time.sleep(1.5)  # the reader looks before moving anything
    slider = page.locator(f"#row-{row} input[type=range]")
    slider.focus()
    page.evaluate("() => { window.__seen.pictures.length = 0; }")
    began = time.perf_counter()
    for n in range(MOVES):
        wait = began + n / PER_SECOND - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        page.keyboard.press("ArrowRight")
    time.sleep(1.0)
    seen = page.evaluate("() => window.__seen")
    context.close()
    took = [
        seen["painted"][seq] - sent
        for seq, sent in seen["sent"].items()
        if sent is not None and seq in seen["painted"]
    ]
    took.sort()
    return {
        "first": first,
        "moves": len(seen["inputs"]),
        "took": took,
        "shown": len(set(seen["pictures"])),
        "outside": outside,
        "errors": errors,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--case", default="us-china")
    parser.add_argument("--row", default="CN-NZ60", help="row whose slider is moved")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    process, address = serve(given.case)
    runs = []
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=given.browser, args=["--no-sandbox", "--disable-gpu"]
            )
            runs = [
                measure(address, browser, given.row) | {"load": os.getloadavg()[0]}
                for _ in range(given.runs)
            ]
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=10)
    rows = []
    for run in runs:
        took = run["took"]
        rows.append(
            {
                "p50": statistics.median(took),
                "p95": took[min(len(took) - 1, int(0.95 * len(took)))],
                "most": took[-1],
                "shown": run["shown"],
                "of": run["moves"],
                "first view": run["first"],
                "load": run["load"],
                "outside": len(run["outside"]),
                "errors": run["errors"],
            }
        )
    if given.json:
        print(json.dumps(rows, indent=1))
        return
    print("run   p50 ms  p95 ms  most ms  shown      first view s  load  outside")
    for n, row in enumerate(rows, 1):
        print(
            f"{n:3d}   {row['p50']:6.0f}  {row['p95']:6.0f}  {row['most']:7.0f}  "
            f"{row['shown']:2d} of {row['of']:2d}   {row['first view'] / 1000:8.2f}      "
            f"{row['load']:4.1f}  {row['outside']:4d}"
        )
        for error in row["errors"]:
            print(f"      page error: {error}")
    print("limits    -      50        -  40 of 40       1.50")


if __name__ == "__main__":
    main()
