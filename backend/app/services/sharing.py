"""Members of a universe: asked by handle, accepting or declining, changed, removed, leaving."""

from typing import Any
from uuid import UUID

from app.crud import members, universes, users
from app.errors import Conflict, Forbidden, InputError, NotFound, QuotaReached
from app.models import Member, Universe
from app.services import access, history
from app.services.pages import last_of, page_of
from app.services.sharing_views import InvitationView, MemberView
from app.services.views import PageView, PersonView, UniverseGone
from app.services.work import Work


def listing(
    work: Work, universe_id: UUID, *, cursor: str | None, limit: int
) -> PageView[MemberView]:
    """List who is a member; the owner also sees who was asked. Members and the owner may ask."""
    universe = access.require_viewer(universes.find(work.session, universe_id), work.caller)
    owner = access.role(universe, work.caller) == access.OWNER
    mine = work.caller.user_id and members.role_of(universe, work.caller.user_id)
    if not owner and not mine:
        raise Forbidden("only members may see who the others are")
    purpose = f"members {universe_id}"
    after = last_of(work, purpose, cursor)
    found = members.list_of(work.session, universe_id, after=after, limit=limit + 1)
    views = [_view(one, owner=owner) for one in found]
    page = page_of(work, purpose, views, limit, lambda view: str(view.user.id))
    return PageView(tuple(v for v in page.items if owner or v.role), page.next_cursor)


def invite(work: Work, universe_id: UUID, *, handle: str, role: str) -> MemberView:
    """Ask somebody to become a member; they are one once they accept."""
    universe = _own(work, universe_id)
    user_id = _person_id(work, universe, handle)
    member = members.find(work.session, universe_id, user_id)
    if member is not None and member.role is not None:
        raise Conflict(f"{handle} is a member already; change their role", code="member_already")
    if member is None:
        return _offered(work, universe, user_id, role)
    member.offered = role
    return _told(work, universe, member, "invited", offered=role)


def change(work: Work, universe_id: UUID, user_id: UUID, *, role: str) -> MemberView:
    """Give a member another role, or somebody who was asked another offer."""
    universe = _own(work, universe_id)
    member = _member(work, universe_id, user_id)
    if member.role is None:
        member.offered = role
    else:
        member.role = role
    return _told(work, universe, member, "changed", role=role)


def remove(work: Work, universe_id: UUID, user_id: UUID) -> None:
    """Remove a member, or leave oneself. Their open connections end, or fall to what is left."""
    universe = access.require_viewer(
        universes.find_for_edit(work.session, universe_id), work.caller
    )
    leaving = user_id == work.caller.user_id
    if not leaving:
        universe = access.require_owner(universe, work.caller)
    if user_id == universe.owner_id:
        raise Conflict(
            "the last owner cannot leave; hand the universe over, or delete it", code="last_owner"
        )
    member = _member(work, universe_id, user_id)
    members.drop(work.session, member)
    _record(work, universe, "left" if leaving else "removed", user_id)


def offer(work: Work, universe_id: UUID, *, handle: str) -> MemberView:
    """Offer a universe to another owner; it stays one's own until they accept."""
    universe = _own(work, universe_id)
    user_id = _person_id(work, universe, handle)
    for heir in members.list_heirs(work.session, universe_id):
        _withdrawn(work, heir)
    member = members.find(work.session, universe_id, user_id)
    if member is None:
        return _offered(work, universe, user_id, access.OWNER)
    member.offered = access.OWNER
    return _told(work, universe, member, "invited", offered=access.OWNER)


def withdraw(work: Work, universe_id: UUID) -> None:
    """Take back the offer of a universe to another owner, if there is one."""
    universe = _own(work, universe_id)
    for heir in members.list_heirs(work.session, universe_id):
        _withdrawn(work, heir)
        _record(work, universe, "withdrawn", heir.user_id)


def invitations(work: Work, *, cursor: str | None, limit: int) -> PageView[InvitationView]:
    """List what the caller was asked and has not answered."""
    before = last_of(work, "invitations", cursor)
    found = members.list_offers(
        work.session, work.caller.required_id, before=before, limit=limit + 1
    )
    views = [_invitation(one) for one in found]
    return page_of(work, "invitations", views, limit, lambda view: str(view.universe_id))


def accept(work: Work, universe_id: UUID) -> UUID:
    """Become what one was asked to be; whoever is offered a universe becomes its owner."""
    universe, member = _mine(work, universe_id)
    if member.offered == access.OWNER:
        _hand_over(work, universe, member)
    else:
        member.role, member.offered = member.offered, None
        _record(work, universe, "accepted", member.user_id, role=member.role)
    work.session.flush()
    return universe_id


def decline(work: Work, universe_id: UUID) -> None:
    """Say no to what one was asked; a universe one is the heir of has nobody else, and goes."""
    universe, member = _mine(work, universe_id)
    if member.offered == access.OWNER and universe.owner_id is None:
        universes.drop(work.session, universe)
        work.announce(UniverseGone(universe_id))
        return
    _withdrawn(work, member)
    _record(work, universe, "declined", work.caller.required_id)


def bequeath(work: Work, universe: Universe, user_id: UUID) -> None:
    """Take a universe from its owner, who leaves, and offer it to their heir."""
    for other in members.list_heirs(work.session, universe.id):
        _withdrawn(work, other)
    universe.owner_id = None
    member = members.find(work.session, universe.id, user_id)
    if member is None:
        # Even where there is no room for another member: leaving is not to be hindered.
        member = Member(universe_id=universe.id, user_id=user_id)
        work.session.add(member)
    member.offered, member.created_at = access.OWNER, work.now
    work.session.flush()


def join(work: Work, universe: Universe, role: str) -> None:
    """Make the caller a member, or give a member who has fewer rights these."""
    user_id = work.caller.required_id
    member = members.find(work.session, universe.id, user_id)
    if member is None:
        _refuse_one_too_many(work, universe.id)
        member = Member(universe_id=universe.id, user_id=user_id, created_at=work.now)
        member.role = role
        members.keep(work.session, member)
    elif not access.at_least(member.role, role):
        member.role = role
    _record(work, universe, "joined", user_id, role=role)


def _own(work: Work, universe_id: UUID) -> Universe:
    return access.require_owner(universes.find_for_edit(work.session, universe_id), work.caller)


def _mine(work: Work, universe_id: UUID) -> tuple[Universe, Member]:
    user_id = work.caller.required_id
    # Before it is accepted, nothing but the invitation may be known of the universe.
    universe = universes.find_for_edit(work.session, universe_id)
    member = members.find(work.session, universe_id, user_id)
    if universe is None or member is None or member.offered is None:
        raise NotFound("there is no such invitation")
    return universe, member


def _member(work: Work, universe_id: UUID, user_id: UUID) -> Member:
    member = members.find(work.session, universe_id, user_id)
    if member is None:
        raise NotFound("this universe has no such member")
    return member


def _person_id(work: Work, universe: Universe, handle: str) -> UUID:
    found = users.find_by_handle(work.session, handle.removeprefix("@").lower())
    if found is None or found.disabled_at is not None:
        raise InputError(f"nobody has the handle {handle}", code="unknown_handle")
    if found.id == universe.owner_id:
        raise Conflict("the owner is there already", code="member_already")
    return found.id


def _offered(work: Work, universe: Universe, user_id: UUID, role: str) -> MemberView:
    _refuse_one_too_many(work, universe.id)
    fresh = Member(
        universe_id=universe.id,
        user_id=user_id,
        offered=role,
        invited_by=work.caller.user_id,
        created_at=work.now,
    )
    members.keep(work.session, fresh)
    return _told(work, universe, _member(work, universe.id, user_id), "invited", offered=role)


def _withdrawn(work: Work, member: Member) -> None:
    if member.role is None:
        members.drop(work.session, member)
    else:
        member.offered = None
        work.session.flush()


def _hand_over(work: Work, universe: Universe, member: Member) -> None:
    user_id, before = member.user_id, universe.owner_id
    most = work.tools.limits.universes_per_user
    users.hold(work.session, user_id)
    if universes.count_own(work.session, user_id) >= most:
        raise QuotaReached(
            f"you have {most} universes, the most there may be; delete one to become this one's owner"
        )
    members.drop(work.session, member)
    universe.owner_id = user_id
    if before is not None:
        # Who gives a universe away goes on working on it, until the new owner says otherwise.
        kept = Member(universe_id=universe.id, user_id=before, role=access.EDITOR)
        kept.created_at = work.now
        members.keep(work.session, kept)
    _record(work, universe, "handed_over", user_id, role=access.OWNER)


def _refuse_one_too_many(work: Work, universe_id: UUID) -> None:
    most = work.tools.limits.members_per_universe
    if members.count_of(work.session, universe_id) >= most:
        raise QuotaReached(
            f"a universe has at most {most} members, those asked included; remove one first"
        )


def _told(work: Work, universe: Universe, member: Member, act: str, **more: Any) -> MemberView:
    work.session.flush()
    _record(work, universe, act, member.user_id, **more)
    return _view(member, owner=True)


def _record(work: Work, universe: Universe, act: str, user_id: UUID, **more: Any) -> None:
    history.record(work, universe, "access", data={"act": act, "user": str(user_id), **more})


def _view(member: Member, *, owner: bool) -> MemberView:
    return MemberView(
        user=PersonView.of(member.user),
        role=member.role,
        offered=member.offered if owner else None,
        since=member.created_at,
    )


def _invitation(member: Member) -> InvitationView:
    assert member.offered is not None, "the statement finds offers"
    universe = member.universe
    return InvitationView(
        universe_id=universe.id,
        title=universe.title,
        owner=PersonView.of(universe.owner) if universe.owner else None,
        role=member.offered,
        since=member.created_at,
    )
