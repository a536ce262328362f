"""Conditions: which revision a change asks for, or may not find (RFC 9110, section 13)."""

from dataclasses import dataclass

from app.errors import RevisionMissing, Stale


@dataclass(frozen=True, slots=True)
class Tags:
    """What one header names: revisions, or whichever there is."""

    revisions: frozenset[int] = frozenset()
    whichever: bool = False
    weak: frozenset[int] = frozenset()  # named by weak tags, which are good for reading alone


@dataclass(frozen=True, slots=True)
class Condition:
    """What a change asks of what is there: `If-Match` and `If-None-Match`, None where not said."""

    match: Tags | None = None
    none_match: Tags | None = None

    def require(self, rev: int, *, there: bool = True, creates: bool = False) -> None:
        """Refuse a change of revision `rev` that was not made for it.

        `there` says whether what is changed is there; where the change `creates`, that nothing of
        the name was there is enough to ask. Raises RevisionMissing or Stale.
        """
        blank = creates and self.none_match is not None and self.none_match.whichever
        if self.match is None and not blank:
            raise RevisionMissing("say which revision this is for, with If-Match")
        if self.match is not None:
            _require_match(self.match, rev, there=there)
        if self.none_match is not None:
            _require_no_match(self.none_match, rev, there=there)


def at(rev: int | None) -> Condition:
    """Return the condition of who has seen one revision, or has not said."""
    return Condition() if rev is None else Condition(Tags(frozenset((rev,))))


def _require_match(asked: Tags, rev: int, *, there: bool) -> None:
    if asked.whichever:
        if not there:
            raise Stale("`If-Match: *` asks for what is there, and there is nothing yet", rev=rev)
    elif rev not in asked.revisions:
        raise Stale(f"{_named(asked)}; the newest is {rev}", rev=rev)


def _require_no_match(refused: Tags, rev: int, *, there: bool) -> None:
    if there and (refused.whichever or rev in refused.revisions | refused.weak):
        raise Stale("`If-None-Match` asks for something else than what is there", rev=rev)


def _named(asked: Tags) -> str:
    if len(asked.revisions) == 1:
        return f"revision {next(iter(asked.revisions))} is not the newest"
    if asked.revisions:
        return "none of the revisions named is the newest"
    if asked.weak:
        return "If-Match names a weak tag, and a change needs the ETag as it was read"
    return "If-Match names no revision"
