"""A universe as a value: judged once, never changed."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.core.document import judge as judges
from app.core.document.amend import Pieces, amended, pieces_of
from app.core.document.lookup import value_in
from app.errors import DocumentError, Problem, SyntaxFault, TooLarge
from app.utils import strict_json
from app.utils.merge_patch import merged

Result = TypeVar("Result")
BYTES_MAX = 256 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A judged universe; `data` is as its author wrote it, defaults not filled in.

    Two documents with the same content have the same `text` and `sha256`, however they were
    spelled. Nobody may write into `data`. Only one that was stored under an older grammar may have
    `faults`; whatever is patched comes out without any.
    """

    text: str  # canonical JSON, RFC 8785
    sha256: str  # of the UTF-8 text, in hex
    data: Mapping[str, Any]
    faults: tuple[Problem, ...] = field(default=(), compare=False)
    _pieces: list[Pieces] = field(default_factory=list, compare=False, repr=False)  # none or one
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # see `once`

    def value(self, path: str) -> Any:
        """Give a parameter's value by path, "physics.gravity"; its default where nothing is said.

        Raises KeyError for a path that is no parameter's.
        """
        return value_in(self.data, path)

    def once(self, name: str, make: Callable[[], Result]) -> Result:
        """Give what follows from the document and takes long: it is worked out when first asked for."""
        if name not in self.known:
            self.known[name] = make()
        return self.known[name]

    def patched(self, patch: Mapping[str, Any]) -> "Document":
        """Give the document with a JSON merge patch (RFC 7396) applied; raises DocumentError."""
        if judges.depth_of(patch) > strict_json.DEPTH_MAX:
            raise DocumentError(f"the patch is nested deeper than {strict_json.DEPTH_MAX} levels")
        return (None if self.faults else self._amended(patch)) or judge(merged(self.data, patch))

    def _amended(self, patch: Mapping[str, Any]) -> "Document | None":
        """Give the same as the whole judgement would, or nothing."""
        if not self._pieces:
            self._pieces.append(pieces_of(self.data))
        found = amended(self.data, self._pieces[0], patch)
        if found is None:
            return None
        text = found.pieces.text()
        encoded = text.encode()
        if len(encoded) > BYTES_MAX:
            return None
        sha256 = hashlib.sha256(encoded).hexdigest()
        known = {"before": (self.known["roster"], found.touched)} if "roster" in self.known else {}
        return Document(text, sha256, found.data, _pieces=[found.pieces], known=known)


def reread(text: str, sha256: str, *, sound: bool) -> Document:
    """Give the document a stored canonical text is, with its faults by the grammar of today.

    One that was found `sound` by this very grammar is not judged again.
    """
    data = strict_json.reread(text)
    return Document(text, sha256, data, () if sound else tuple(judges.problems_of(data)))


def replayed(text: str, patches: Iterable[Mapping[str, Any]], *, sound: bool) -> Document:
    """Give the document that merge patches, each of them judged when it came, made of a text."""
    data = strict_json.reread(text)
    for patch in patches:
        data = merged(data, patch)
    after = strict_json.canonical(data)
    return reread(after, hashlib.sha256(after.encode()).hexdigest(), sound=sound)


def parse(source: str | bytes) -> Document:
    """Read a universe from JSON text; raises SyntaxFault, TooLarge or DocumentError."""
    try:
        data = strict_json.decode(source, bytes_max=4 * BYTES_MAX)
    except strict_json.TooLong as fault:
        raise TooLarge(str(fault)) from None
    except strict_json.Malformed as fault:
        raise SyntaxFault(str(fault)) from None
    return judge(data)


def judge(data: Any) -> Document:
    """Give the document this JSON value is; raises DocumentError with every fault, or TooLarge."""
    if judges.depth_of(data) > strict_json.DEPTH_MAX:
        _refuse([Problem("$", f"nested deeper than {strict_json.DEPTH_MAX} levels")])
    text, kept = _canonical(data)
    size = len(text.encode())
    if size > BYTES_MAX:
        raise TooLarge(f"the universe is {size} bytes; at most {BYTES_MAX} are taken")
    _refuse(judges.problems_of(kept))
    return Document(text, hashlib.sha256(text.encode()).hexdigest(), kept)


def _canonical(data: Any) -> tuple[str, Any]:
    """Give the canonical text and its content; what is no JSON leaves as its faults.

    Read back, so that the same text always gives the same numbers: -0.0 is 0 and 2.0 is 2.
    """
    try:
        text = strict_json.canonical(data)
        return text, strict_json.reread(text)
    except strict_json.Malformed as fault:
        problems = judges.misshapen(data) or [Problem("$", str(fault))]
        raise DocumentError(_summary(len(problems)), problems=problems) from None


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise DocumentError(_summary(len(problems)), problems=problems)


def _summary(count: int) -> str:
    return "the universe has a fault" if count == 1 else f"the universe has {count} faults"
