"""Comments: remarks about a universe, a body, a moment or a story point, and replies to them.

Whoever may see a universe reads them; whoever is signed in as well writes. The author edits and
deletes, the owner deletes anything, the author of a remark and the editors settle it.
"""

from typing import Any
from uuid import UUID

from app.core.document.groups import all_ids
from app.crud import comments, journals, members, universes
from app.crud.comments import Wanted
from app.errors import Conflict, Forbidden, NotFound, ParameterError, QuotaReached
from app.models import Comment, Universe
from app.services import access, history, texts
from app.services.pages import last_of, page_of
from app.services.sharing_views import CommentView, TargetView
from app.services.views import PageView, PersonView
from app.services.work import Work

WHOLE = TargetView("universe")


def listing(
    work: Work, universe_id: UUID, *, cursor: str | None = None, limit: int = 50, **about: Any
) -> PageView[CommentView]:
    """List remarks, the newest first; or the replies to one, the oldest first.

    `about` says which: the fields of `Wanted`.
    """
    wanted = Wanted(**about)
    access.require_viewer(universes.find_brief(work.session, universe_id), work.caller)
    if wanted.parent is not None:
        _found(work, universe_id, wanted.parent)
    purpose = f"comments {universe_id} {wanted}"
    after = last_of(work, purpose, cursor)
    found = comments.page(work.session, universe_id, wanted, after=after, limit=limit + 1)
    views = [_view(one) for one in found]
    return page_of(work, purpose, views, limit, lambda view: str(view.id))


def read(work: Work, universe_id: UUID, comment_id: UUID) -> CommentView:
    """Read one comment."""
    access.require_viewer(universes.find_brief(work.session, universe_id), work.caller)
    return _view(_found(work, universe_id, comment_id))


def write(
    work: Work,
    universe_id: UUID,
    *,
    text: str,
    target: TargetView = WHOLE,
    parent_id: UUID | None = None,
) -> CommentView:
    """Write a remark, or the reply to one; a reply to a reply joins the same thread."""
    user_id = work.caller.required_id
    universe = _seen(work, universe_id)
    work.tools.throttle.spend("comments", str(user_id))
    _refuse_one_too_many(work, universe, user_id)
    parent = _thread(work, universe_id, parent_id) if parent_id else None
    if parent is not None:
        parent.replies += 1
        target = _target(parent)
    else:
        _require_target(work, universe, target)
    fresh = Comment(
        universe_id=universe_id,
        parent_id=parent.id if parent else None,
        author_id=user_id,
        target=target.kind,
        target_id=target.id,
        journal_id=target.journal,
        tick=target.tick,
        text=text,
        replies=0,
    )
    comments.keep(work.session, fresh)
    return _told(work, universe, fresh.id, "written")


def edit(work: Work, universe_id: UUID, comment_id: UUID, *, text: str) -> CommentView:
    """Say something else in one's own comment."""
    universe, comment = _open(work, universe_id, comment_id)
    if comment.author_id != work.caller.user_id:
        raise Forbidden("only its author may change a comment")
    comment.text, comment.edited_at = text, work.now
    work.session.flush()
    return _told(work, universe, comment_id, "edited")


def settle(work: Work, universe_id: UUID, comment_id: UUID, *, resolved: bool) -> CommentView:
    """Resolve a remark with its replies, or open it again; doing so twice changes nothing."""
    universe, comment = _open(work, universe_id, comment_id)
    if comment.parent_id is not None:
        raise Conflict("a reply is settled with the remark it belongs to", code="not_a_thread")
    mine = comment.author_id == work.caller.user_id
    if not mine and not access.at_least(access.role(universe, work.caller), access.EDITOR):
        raise Forbidden("only its author and the editors may settle a remark")
    if (comment.resolved_at is not None) == resolved:
        return _view(comment)
    comment.resolved_at = work.now if resolved else None
    comment.resolved_by = work.caller.user_id if resolved else None
    work.session.flush()
    return _told(work, universe, comment_id, "resolved" if resolved else "reopened")


def delete(work: Work, universe_id: UUID, comment_id: UUID) -> None:
    """Delete one's own comment, or any in one's own universe; what was replied to stays empty."""
    universe, comment = _open(work, universe_id, comment_id)
    mine = comment.author_id == work.caller.user_id
    if not mine and access.role(universe, work.caller) != access.OWNER:
        raise Forbidden("only its author and the universe's owner may delete a comment")
    data = _said(comment, "deleted")
    if comment.replies:
        comment.text, comment.author_id, comment.deleted_at = "", None, work.now
        work.session.flush()
    else:
        _drop(work, comment)
    history.record(work, universe, "comment", data=data)


def _refuse_one_too_many(work: Work, universe: Universe, user_id: UUID) -> None:
    """Keep room for members: an open universe lets anybody write, but nobody fill it."""
    limits, session = work.tools.limits, work.session
    most = limits.comments_per_universe
    if comments.count_of(session, universe.id) >= most:
        raise QuotaReached(f"a universe has at most {most} comments; delete one first")
    if universe.owner_id == user_id or members.role_of(universe, user_id) is not None:
        return
    mine = limits.comments_of_one_stranger_per_universe
    if comments.count_by(session, universe.id, user_id) >= mine:
        raise QuotaReached(
            f"who is no member writes at most {mine} comments here; delete one first"
        )
    all_ours = limits.comments_of_strangers_per_universe
    if comments.count_of_strangers(session, universe.id, universe.owner_id) >= all_ours:
        raise QuotaReached(f"those who are no members have written {all_ours} comments, the most")


def _drop(work: Work, comment: Comment) -> None:
    """Delete a comment, and the empty one above it once its last reply is gone."""
    parent_id, universe_id = comment.parent_id, comment.universe_id
    comments.drop(work.session, comment)
    parent = parent_id and comments.find(work.session, universe_id, parent_id)
    if not parent:
        return
    parent.replies -= 1
    work.session.flush()
    if parent.deleted_at is not None and parent.replies == 0:
        comments.drop(work.session, parent)


def _seen(work: Work, universe_id: UUID) -> Universe:
    return access.require_viewer(universes.find_for_edit(work.session, universe_id), work.caller)


def _open(work: Work, universe_id: UUID, comment_id: UUID) -> tuple[Universe, Comment]:
    """Find a comment that still says something, in a universe nobody else changes meanwhile."""
    _ = work.caller.required_id
    universe = _seen(work, universe_id)
    comment = _found(work, universe_id, comment_id)
    if comment.deleted_at is not None:
        raise NotFound("this comment was deleted")
    return universe, comment


def _found(work: Work, universe_id: UUID, comment_id: UUID) -> Comment:
    comment = comments.find(work.session, universe_id, comment_id)
    if comment is None:
        raise NotFound("this universe has no such comment")
    return comment


def _thread(work: Work, universe_id: UUID, comment_id: UUID) -> Comment:
    comment = _found(work, universe_id, comment_id)
    top = comment if comment.parent_id is None else _found(work, universe_id, comment.parent_id)
    if comment.deleted_at is not None:
        raise NotFound("this comment was deleted")
    return top


def _require_target(work: Work, universe: Universe, target: TargetView) -> None:
    """Refuse to talk about what is not there."""
    data = texts.current(work, universe).data
    if target.kind == "body" and target.id not in all_ids(data):
        raise ParameterError(f"there is no body {target.id!r}")
    if target.kind == "story" and target.id not in data.get("story", {}):
        raise ParameterError(f"there is no story point {target.id!r}")
    if target.kind == "moment" and target.journal is not None:
        journal = journals.find(work.session, target.journal)
        if journal is None or journal.universe_id != universe.id:
            raise ParameterError("this universe has no such journal")


def _told(work: Work, universe: Universe, comment_id: UUID, act: str) -> CommentView:
    comment = _found(work, universe.id, comment_id)
    history.record(work, universe, "comment", data=_said(comment, act))
    return _view(comment)


def _said(comment: Comment, act: str) -> dict[str, Any]:
    # Without the text: the log would keep what its author has deleted.
    target = {
        "kind": comment.target,
        "id": comment.target_id,
        "journal": str(comment.journal_id) if comment.journal_id else None,
        "tick": comment.tick,
    }
    parent = str(comment.parent_id) if comment.parent_id else None
    return {"act": act, "comment": str(comment.id), "parent": parent, "target": target}


def _target(comment: Comment) -> TargetView:
    return TargetView(comment.target, comment.target_id, comment.journal_id, comment.tick)


def _view(comment: Comment) -> CommentView:
    author = comment.author
    return CommentView(
        id=comment.id,
        universe_id=comment.universe_id,
        parent_id=comment.parent_id,
        author=PersonView.of(author) if author else None,
        target=_target(comment),
        text=comment.text,
        replies=comment.replies,
        deleted=comment.deleted_at is not None,
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        resolved_at=comment.resolved_at,
    )
