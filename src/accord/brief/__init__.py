"""The printable answer: an assessment as one HTML page, and its summary in the terminal."""

from __future__ import annotations

from accord.brief.page import write_brief
from accord.brief.terminal import terminal_summary

__all__ = ["terminal_summary", "write_brief"]
