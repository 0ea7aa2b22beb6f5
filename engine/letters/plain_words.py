"""Is the text plain enough for its reader? Rules of thumb with thresholds and word lists from the content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from engine.core.content.template import LetterTemplate
from engine.core.finding import Finding, doubt
from engine.letters.blocks import Block, parse_blocks, text_of, walk
from engine.letters.language import BODY, sources_of
from engine.letters.letter_rules import LevelRules

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
INCLUDE = re.compile(r"""\{%[-+]?\s*include\s+["']([^"']+)["'].*?%\}""")
NEXT_BRANCH = re.compile(r"\{%[-+]?\s*(?:else|elif)\b.*?%\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
FIELD = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[\"'(‘“]?[A-ZÀ-Þ0-9])")
WORD = re.compile(r"[^\W_][\w'’.-]*")
PARTICIPLE = re.compile(r"\b(?:ge|be|ver|ont|her)\w{2,}(?:d|t|en)\b", re.IGNORECASE)
SHORT_FORM = re.compile(r"\b(?:[A-Z]{2,}|[a-z](?:\.[a-z])+\.?)(?![\w-])")
_Remark = tuple[str, Mapping[str, object]]
STAND_INS = (
    ("kalender", "\n\n"),
    ("opsomming", "\n\n- Woord\n- Woord\n\n"),
    ("datum", "dinsdag 7 april"),
    ("en_lijst", "een en twee"),
)


def find_hard_words(
    template: LetterTemplate, measure: LevelRules, known_abbreviations: Collection[str]
) -> tuple[Finding, ...]:
    """The remarks on a text that can be read (see `language.names_used`), in a fixed order: each only a doubt."""
    blocks = parse_blocks(linearise(template))
    sentences = sentences_of(blocks)
    text = " ".join(text_of(block.inlines) for block in walk(blocks))
    remarks = (
        *_long_sentences(sentences, measure),
        *_words_to_avoid(text, measure),
        *_form_of_address(text, measure),
        *_short_forms(text, known_abbreviations),
        *_shares(sentences, measure),
    )
    return tuple(doubt(kind, template.where, letter=template.id, **told) for kind, told in remarks)


def find_hard_typed(text: str, measure: LevelRules) -> Iterator[_Remark]:
    """The remarks on a text that somebody typed: its long sentences and its hard words."""
    sentences = [part.strip() for line in text.splitlines() for part in SENTENCE_END.split(line) if part.strip()]
    yield from _too_long(sentences, measure)
    yield from _words_to_avoid(text, measure)


def linearise(template: LetterTemplate) -> str:
    """The Markdown of the letter with its partials, every branch taken, and a word in the place of every field."""
    sources = sources_of(template)

    def unfold(name: str, around: tuple[str, ...]) -> str:
        if name in around or name not in sources:
            return ""
        text = COMMENT.sub("", sources[name])
        return INCLUDE.sub(lambda found: unfold(found[1], (*around, name)), text)

    # Where one branch ends and the next begins no word of both may grow together.
    return FIELD.sub(_stand_in, TAG.sub("", NEXT_BRANCH.sub(" ", unfold(BODY, ()))))


def sentences_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The sentences of paragraphs and list items; headings and table cells are not sentences."""
    paragraphs = (text_of(block.inlines) for block in walk(blocks) if block.kind == "paragraph")
    return tuple(part.strip() for text in paragraphs for part in SENTENCE_END.split(text) if part.strip())


def count_words(sentence: str) -> int:
    """How many words a sentence has; a number is a word."""
    return len(WORD.findall(sentence))


def _stand_in(found: re.Match[str]) -> str:
    filters = found[1].split("|")[1:]
    return next((text for name, text in STAND_INS if any(part.strip() == name for part in filters)), "Woord")


def _too_long(sentences: Sequence[str], measure: LevelRules) -> Iterator[_Remark]:
    for sentence in sentences:
        words = count_words(sentence)
        if words > measure.longest_sentence:
            yield "long_sentence", {"words": words, "most": measure.longest_sentence, "sentence": sentence}


def _long_sentences(sentences: Sequence[str], measure: LevelRules) -> Iterator[_Remark]:
    yield from _too_long(sentences, measure)
    mean = sum(map(count_words, sentences)) / max(len(sentences), 1)
    if mean > measure.mean_sentence:
        yield "long_sentences", {"mean": f"{mean:.1f}".replace(".", ","), "most": measure.mean_sentence}


def _words_to_avoid(text: str, measure: LevelRules) -> Iterator[_Remark]:
    for word, better in measure.avoid.items():
        if _has(text, word):
            yield "hard_word", {"word": word, "better": better}


def _form_of_address(text: str, measure: LevelRules) -> Iterator[_Remark]:
    for word in measure.none_of:
        if _has(text, word):
            yield "wrong_address", {"word": word}
    if measure.one_of and not any(_has(text, word) for word in measure.one_of):
        yield "nobody_addressed", {"words": measure.one_of}


def _short_forms(text: str, known: Collection[str]) -> Iterator[_Remark]:
    for short in dict.fromkeys(SHORT_FORM.findall(text)):
        explained = f"({short})" in text or f"{short} (" in text
        if short.rstrip(".") not in known and not explained:
            yield "short_form", {"short": short}


def _shares(sentences: Sequence[str], measure: LevelRules) -> Iterator[_Remark]:
    passive = [sentence for sentence in sentences if _is_passive(sentence, measure)]
    if len(passive) > measure.passive_share * len(sentences):
        yield "passive_sentences", {"count": len(passive), "all": len(sentences), "example": passive[0]}
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    nominal = [word for word in words if _is_nominal(word, measure)]
    if len(nominal) > measure.nominal_share * len(words):
        yield "many_nouns", {"words": tuple(dict.fromkeys(nominal))}


def _is_passive(sentence: str, measure: LevelRules) -> bool:
    return any(_has(sentence, word) for word in measure.passive_words) and bool(PARTICIPLE.search(sentence))


def _is_nominal(word: str, measure: LevelRules) -> bool:
    return len(word) >= measure.nominal_shortest and word.lower().endswith(measure.nominal_endings)


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None
