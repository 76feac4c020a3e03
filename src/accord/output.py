"""Files that a command writes: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from accord.errors import OutputError


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` at once or not at all.

    The text goes to a file beside it that then takes its place, so that nobody sees half a page
    and an earlier file stays until the new one is complete. A link is followed; a device or a pipe
    (``/dev/stdout``) is written to as it is.

    Raises
    ------
    OutputError
        If the place cannot be written; nothing is left there.
    """
    name = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("w", encoding="utf-8") as file:
                file.write(text)
            return
        target = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        why = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot write {path}: {why}; choose another place with -o") from error
    finally:
        if name is not None:
            with contextlib.suppress(OSError):
                Path(name).unlink(missing_ok=True)
