"""A file that a person names is read as what it is, and refused in words when it is no file (F-89)."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from engine.core.errors import UsageError
from engine.given_file import MOST_OF_TEXT, read_bytes, read_text
from engine.words.of_errors import say, say_whole

TEXT = "naam: Zoë van 't Veld – één\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode("utf-8"), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_a_text_is_recognised_for_what_it_was_written_in(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "tekst"
    path.write_bytes(content)
    assert read_text(path).text == TEXT
    assert read_text(path).encoding == encoding


def refusal(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        read_text(path)
    assert say(caught.value).what
    assert say(caught.value).next_step
    assert "{" not in say_whole(caught.value)
    return caught.value.what


@pytest.mark.parametrize("content", [b"naam: \x81\x8d", b"een\0twee", b"\xff\xfe\x00\xd8\x00\xd8"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tekst"
    path.write_bytes(content)
    assert refusal(path) == "file_is_no_text"


def test_a_folder_a_pipe_a_device_and_a_loop_are_no_files(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pijp", tmp_path / "kring"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    assert refusal(tmp_path) == "file_is_folder"
    assert refusal(pipe) == "file_is_no_file"
    assert refusal(Path("/dev/zero")) == "file_is_no_file"
    assert refusal(loop) == "file_goes_round"


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "niets") == "file_is_missing"
    assert refusal(tmp_path / ("n" * 300)) == "file_name_too_long"
    assert refusal(tmp_path / "een\0twee") == "file_name_unusable"


def test_a_file_has_a_largest_size(tmp_path: Path) -> None:
    path = tmp_path / "groot"
    with path.open("wb") as file:
        file.truncate(MOST_OF_TEXT + 1)
    assert refusal(path) == "file_is_too_big"
    path.write_bytes(b"abc")
    assert read_bytes(path, most=3) == b"abc"
