"""Finds article files, decodes them and gives them ids."""

from __future__ import annotations

import codecs
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

TEXT = frozenset({".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
JSONL = frozenset({".jsonl", ".ndjson"})
READABLE = TEXT | MARKDOWN | HTML | JSONL

LARGEST = 400_000_000
"""Files of more bytes are refused: no newsroom's corpus in one file comes near."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
_SAMPLE = 200_000
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
)
_WESTERN = frozenset(
    "‘’“”–—…•€£§°«»©®´·½¼¾¡¿" + "".join(map(chr, range(0xC0, 0x100))) + "\xa0šžŠŽœŒŸ™"
)


class UnreadableError(Exception):
    """A file that cannot be read as text; the message is a clause for people."""


def find(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[tuple[Path, str], ...]]:
    """The article files among some files and folders, sorted, and what was named in vain with why.

    Folders are searched all the way down; hidden files and files of other kinds in them are
    passed over in silence. A file reached twice is read once.
    """
    files: dict[Path, Path] = {}
    refused: dict[Path, str] = {}
    for path in sorted(set(map(Path, paths))):
        if path.is_dir():
            for file in _in_folder(path):
                files.setdefault(file.resolve(), file)
        elif not path.exists():
            refused[path] = "there is no such file"
        elif not path.is_file():
            refused[path] = "not a regular file"
        elif path.suffix.lower() not in READABLE:
            refused[path] = f"files of the kind {path.suffix or '(none)'} are not read as articles"
        else:
            files.setdefault(path.resolve(), path)
    return tuple(sorted(files.values())), tuple(sorted(refused.items()))


def _in_folder(folder: Path) -> Iterable[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in READABLE:
                yield Path(root, name)


def ids(files: Sequence[Path]) -> dict[Path, str]:
    """An id for each file: its stem; where stems collide with folders or the suffix put to it."""
    forms = {file: _forms(file) for file in files}
    level = dict.fromkeys(files, 0)
    while True:
        chosen = {file: forms[file][min(level[file], len(forms[file]) - 1)] for file in files}
        counts = Counter(chosen.values())
        clashing = [f for f in files if counts[chosen[f]] > 1 and level[f] < len(forms[f]) - 1]
        if not clashing:
            return chosen
        for file in clashing:
            level[file] += 1


def _forms(file: Path) -> tuple[str, ...]:
    """Ever longer names of a file: stem, folder/stem, ..., then all of that with the suffix."""
    parts = file.resolve().parts
    whole = [p.strip("/\\") for p in parts]
    stems = ["/".join([*whole[-n - 1 : -1], file.stem]) for n in range(len(whole))]
    named = ["/".join([*whole[-n - 1 : -1], file.name]) for n in range(len(whole))]
    return (*stems, named[0], *named[1:]) if len(stems) < 3 else (stems[0], *stems[1:], *named)


def load(path: Path) -> str:
    """The text of a file, whatever its encoding; line ends stay as they are.

    Raises:
        UnreadableError: it is empty, too large, binary, or the system refuses.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableError(f"larger than {LARGEST // 1_000_000} MB")
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableError(error.strerror or "cannot be opened") from error
    text = decode(raw, is_html=path.suffix.lower() in HTML)
    if not text.strip("\ufeff\x00 \t\r\n\f\v\xa0"):
        raise UnreadableError("the file is empty")
    return text


def decode(raw: bytes, *, is_html: bool = False) -> str:
    """Bytes as text: by byte-order mark, as UTF-8, as declared (HTML), else as detected.

    Raises:
        UnreadableError: the bytes are no text.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, "replace")
    if any(raw.startswith(signature) for signature in _SIGNATURES):
        raise UnreadableError("not a text file")
    wide = _wide(raw)
    if wide:
        return raw.decode(wide, "replace")
    if _is_binary(raw):
        raise UnreadableError("not a text file")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, is_html, error)


def _wide(raw: bytes) -> str:
    """UTF-16 without a byte-order mark shows as a zero in every other byte."""
    sample = raw[:2000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half < 4:
        return ""
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else ""


def _is_binary(raw: bytes) -> bool:
    sample = raw[:_SAMPLE]
    odd = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return odd > 0.01 * len(sample) + 2


def _not_utf8(raw: bytes, is_html: bool, error: UnicodeDecodeError) -> str:
    declared = _DECLARED.search(raw[:4096]) if is_html else None
    if declared:
        name = declared[1].decode("ascii", "replace").lower()
        text = _try(raw, _WEB_NAMES.get(name, name))
        if text is not None:
            return text
    mended = raw.decode("utf-8", "replace")
    if mended.count("\ufffd") <= 0.0005 * len(mended) and _mostly_utf8(raw):
        return mended
    western = _try(raw, "cp1252")
    if western is not None and all(c in _WESTERN for c in set(western) if ord(c) > 127):
        return western
    return _detected(raw)


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _mostly_utf8(raw: bytes) -> bool:
    """Whether most of what is not ASCII is well-formed UTF-8: a damaged file, no other encoding."""
    good = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", raw))
    return good > 0.9 * len(re.findall(rb"[\x80-\xff]+", raw))


def _detected(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    at = next((i for i, byte in enumerate(raw) if byte > 127), 0)
    best = from_bytes(raw[max(0, at - 2000) : at + 60_000]).best()
    encoding = best.encoding if best is not None else "cp1252"
    return raw.decode(encoding, "replace")
