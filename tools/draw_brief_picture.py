"""Draw the picture of the brief that the README shows: ``python tools/draw_brief_picture.py``.

Needs playwright and a Chromium on the path; run it again when the page or its figures change.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from accord import assess
from accord.brief import write_brief
from accord.ledger import load_case

PICTURE = Path(__file__).parents[1] / "docs" / "img" / "brief.png"
WIDTH = 1100


def main() -> None:
    from playwright.sync_api import sync_playwright

    case = load_case("us-china")
    with tempfile.TemporaryDirectory() as folder:
        page_file = Path(folder) / "brief.html"
        write_brief(assess(case=case, spread=True, rules=True), case, to=page_file)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = chromium.new_page(viewport={"width": WIDTH, "height": 900})
            page.goto(page_file.as_uri())
            end = page.locator("#convention").bounding_box()["y"]
            page.screenshot(
                path=PICTURE,
                full_page=True,
                clip={"x": 0, "y": 0, "width": WIDTH, "height": end + 70},
            )
            chromium.close()


if __name__ == "__main__":
    main()
