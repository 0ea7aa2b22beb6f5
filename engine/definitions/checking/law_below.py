"""What the layers under an organisation say of themselves: whether they are law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.core.finding import Finding, fault
from engine.definitions.files.content_files import says_law
from engine.definitions.files.footprint import Footprint
from engine.definitions.reading.sources import Sources


def check_law_below(below: Sequence[str], sources: Sources) -> Iterator[Finding]:
    """Each layer under an organisation (lowest first) says whether it is law, and no law lies over what is none.

    A case that runs has the laws of its day under what was agreed when it began: no other order could be kept.
    """
    agreed = ""
    for name in below:
        path = sources.files.organisation_file(name)
        is_law, top = says_law(sources.text(path, Footprint())), sources.document(path).top
        if is_law is None:
            yield fault("law_unsaid", (top / "organisation").where, organisation=name)
        elif is_law and agreed:
            yield fault("law_over_agreement", (top / "is_law").where, organisation=name, lower=agreed)
        agreed = name if is_law is False else agreed
