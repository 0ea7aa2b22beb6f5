"""The one door for a file that a person names, or that content consists of: is it a file, how big, in what letters.

A folder, a pipe, a device or a file without end is refused before a byte of it is used: each of them would keep the
program waiting, or fill its memory. Text is recognised for what office programs write it as.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path

from engine.core.errors import UsageError
from engine.core.quick_class import dataclass

MOST_OF_TEXT = 4_000_000
"""The most bytes of one file that a person writes: content, settings, a script, facts."""
MOST_OF_REGISTER = 50_000_000
"""The most bytes of a register."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}
_LOOKED_AT = 400
_WHY_CLOSED = {
    errno.ENOENT: "file_is_missing",
    errno.ENOTDIR: "file_is_missing",
    errno.EISDIR: "file_is_folder",
    errno.ELOOP: "file_goes_round",
    errno.ENAMETOOLONG: "file_name_too_long",
    errno.EACCES: "file_is_closed",
    errno.EPERM: "file_is_closed",
    errno.ENXIO: "file_is_no_file",  # a socket, or a pipe that nobody writes to
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """The text of a file, its line ends as they were written, and what it was written in (UTF-8, UTF-16 ...)."""

    text: str
    encoding: str


def fingerprint_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal, up to the size of a register. Raises UsageError as `read_bytes` does."""
    import hashlib  # hardly ever asked for

    return hashlib.sha256(read_bytes(path, MOST_OF_REGISTER)).hexdigest()


def read_bytes(path: Path, most: int = MOST_OF_TEXT) -> bytes:
    """Everything in a file. Raises UsageError, by code, when it is none, is out of reach, or holds more than `most`."""
    try:
        # Not blocking: opening a pipe would else wait until somebody writes to it.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            mode = os.fstat(handle).st_mode
            if not stat.S_ISREG(mode):
                raise _refused(path, "file_is_folder" if stat.S_ISDIR(mode) else "file_is_no_file")
            content = file.read(most + 1)
    except OSError as error:
        raise _refused(path, _WHY_CLOSED.get(error.errno or 0, "file_is_unreadable")) from error
    except ValueError as error:  # a NUL in the name, or a byte that no name can hold
        raise _refused(path, "file_name_unusable") from error
    if len(content) > most:
        raise _refused(path, "file_is_too_big", most=most // 1_000_000)
    return content


def read_text(path: Path, most: int = MOST_OF_TEXT) -> FileText:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, recognised by its bytes.

    Raises UsageError as `read_bytes` does, and for what is no text in one of these.
    """
    return decoded(read_bytes(path, most), path)


def decoded(content: bytes, path: Path) -> FileText:
    """The text in these bytes; `path` is named when there is none."""
    encoding, skipped = _encoding_of(content)
    try:
        text = content[skipped:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _refused(path, "file_is_no_text") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _refused(path, "file_is_no_text", where=f"{path}:{line}")
    return FileText(text=text, encoding=_NAMES[encoding])


def _encoding_of(content: bytes) -> tuple[str, int]:
    """The encoding, and how many bytes at the start say so."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    start = content[:_LOOKED_AT]
    # Latin letters in UTF-16 have a zero byte each: after the letter, or before it.
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(content) % 2 == 0 and 2 * start[first::2].count(0) > len(start[first::2]):
            return encoding, 0
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", 0
    return "utf-8", 0


def _refused(path: Path, code: str, *, where: str = "", **told: int) -> UsageError:
    return UsageError(code, where=where or str(path), why="", next_step="", **told)
