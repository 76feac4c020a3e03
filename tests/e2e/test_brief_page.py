"""The brief in a real browser: nothing is asked of the network, nothing overflows or collides."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "brief"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

OVERLAPS = """
() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const words = [...svg.querySelectorAll('text')];
  const boxes = words.map(t => [t.textContent, t.getBoundingClientRect()]);
  const hits = [];
  boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const tall = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 2 && tall > 0.35 * Math.min(p.height, q.height)) hits.push(a + ' | ' + b);
  }));
  return hits;
})
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if CHROMIUM is None:
        pytest.skip("needs a Chromium on the path")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from synthetic import CASE, assessment

    from accord.brief import write_brief

    path = tmp_path_factory.mktemp("brief") / "brief.html"
    write_brief(assessment(), CASE, to=path)
    return path


@pytest.mark.parametrize(
    ("width", "scheme"), [(1100, "light"), (1100, "dark"), (794, "light"), (390, "light")]
)
def test_the_page_fits_its_width_and_asks_nothing_of_the_network(
    browser: Any, page_file: Path, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    assert asked == [page_file.as_uri()]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVERLAPS) == []
    page.close()


def test_a_key_figure_unfolds_to_how_it_was_made(browser: Any, page_file: Path) -> None:
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(page_file.as_uri())
    note = page.locator("#how-warming")
    assert not note.is_visible()
    page.locator(".keys a.how").first.click()
    assert note.is_visible()
    page.close()


def test_the_page_prints_on_two_sides(browser: Any, page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    # Interface fonts differ in width; with the widest a third side may begin.
    assert printed.count(b"/Type /Page\n") in {2, 3}
    page.close()
