"""The record: from documents to sourced entries.

``read`` finds who said, pledged, demanded, refused, met and counted what in one document;
``read_paths`` does so for files and folders and keeps them in a store; ``history``, ``timeline``
and ``changes`` ask it. Every entry has its words in a document.
"""

from accord.record.document import Document
from accord.record.entry import KINDS, Entry, UnverifiableError
from accord.record.reading import Reading, read
from accord.record.session import read_paths
from accord.record.store import Store

__all__ = [
    "KINDS",
    "Document",
    "Entry",
    "Reading",
    "Store",
    "UnverifiableError",
    "read",
    "read_paths",
]
