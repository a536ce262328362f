"""Share links: made and revoked by the owner; joined with an account, entered as a guest."""

from datetime import datetime, timedelta
from uuid import UUID

from app.crud import links, universes
from app.errors import Conflict, InputError, NotFound, QuotaReached, Unauthenticated
from app.models import Guest, ShareLink, Universe
from app.services import access, history, sharing
from app.services.pages import last_of, page_of
from app.services.sharing_views import GuestView, LinkSeenView, LinkView
from app.services.views import PageView, PersonView
from app.services.work import Work

LASTS_LONGEST = timedelta(days=90)


def create(
    work: Work,
    universe_id: UUID,
    *,
    role: str,
    label: str,
    guests: bool,
    expires_in_s: int | None,
    uses_max: int | None,
) -> LinkView:
    """Make a link; its secret is told now and never again."""
    universe = _own(work, universe_id)
    if guests and (role == access.EDITOR or expires_in_s is None):
        raise InputError(
            "guests without an account can be viewers or performers, until the link expires; "
            "give an expiry, or make it a link for people with an account",
            code="guest_link",
        )
    most = work.tools.limits.links_per_universe
    if links.count_live(work.session, universe_id, work.now) >= most:
        raise QuotaReached(f"a universe has at most {most} links at once; revoke one first")
    secret = work.tools.tokens.secret()
    link = ShareLink(
        universe_id=universe_id,
        created_by=work.caller.user_id,
        hash=work.tools.tokens.fingerprint(secret),
        label=label,
        role=role,
        guests=guests,
        expires_at=None if expires_in_s is None else work.now + timedelta(seconds=expires_in_s),
        uses_max=uses_max,
        uses=0,
    )
    links.keep(work.session, link)
    _record(work, universe, "link_made", link)
    return _view(link, work.now, secret=secret)


def listing(work: Work, universe_id: UUID, *, cursor: str | None, limit: int) -> PageView[LinkView]:
    """List the links of one's own universe, the newest first, without their secrets."""
    access.require_owner(universes.find(work.session, universe_id), work.caller)
    purpose = f"links {universe_id}"
    found = links.list_of(
        work.session, universe_id, before=last_of(work, purpose, cursor), limit=limit + 1
    )
    views = [_view(one, work.now) for one in found]
    return page_of(work, purpose, views, limit, lambda view: str(view.id))


def revoke(work: Work, universe_id: UUID, link_id: UUID) -> None:
    """End a link and every seat taken with it, at once; who joined with an account stays."""
    universe = _own(work, universe_id)
    link = links.find_of(work.session, universe_id, link_id)
    if link is None:
        raise NotFound("this universe has no such link")
    if link.revoked_at is None:
        link.revoked_at = work.now
        work.session.flush()
        links.drop_guests(work.session, link_id)
        _record(work, universe, "link_revoked", link)


def look(work: Work, secret: str) -> LinkSeenView:
    """Say what a link is for, to whoever has it."""
    link = _found(work, secret)
    owner = link.universe.owner
    return LinkSeenView(
        universe_id=link.universe_id,
        title=link.universe.title,
        owner=PersonView.of(owner) if owner else None,
        role=link.role,
        guests=link.guests,
        expires_at=link.expires_at,
    )


def join(work: Work, secret: str) -> UUID:
    """Become a member with a link; joining again takes no use of it."""
    _ = work.caller.required_id
    universe, link = _held(work, secret)
    if not access.at_least(access.role(universe, work.caller), link.role):
        _use(link)
        sharing.join(work, universe, link.role)
    return universe.id


def enter(work: Work, secret: str, *, name: str) -> GuestView:
    """Take a seat without an account; it lasts as long as the link."""
    universe, link = _held(work, secret)
    if not link.guests or link.expires_at is None:
        raise Unauthenticated("this link is for people with an account: sign in or register")
    _use(link)
    token = work.tools.tokens.guest()
    guest = Guest(link_id=link.id, name=name, hash=work.tools.tokens.guest_claim(token).hash)
    links.keep(work.session, guest)
    data = {"act": "guest_entered", "link": str(link.id), "guest": str(guest.id), "name": name}
    history.record(work, universe, "access", data=data)
    return GuestView(guest.id, name, universe.id, link.role, token, link.expires_at)


def _own(work: Work, universe_id: UUID) -> Universe:
    return access.require_owner(universes.find_for_edit(work.session, universe_id), work.caller)


def _found(work: Work, secret: str) -> ShareLink:
    work.tools.throttle.spend("links", work.address)
    try:
        hash = work.tools.tokens.fingerprint(secret)
    except Unauthenticated:
        raise _ended() from None
    link = links.find(work.session, hash, work.now)
    if link is None:
        raise _ended()
    return link


def _held(work: Work, secret: str) -> tuple[Universe, ShareLink]:
    """Find a link and hold its universe, so that no other use of it comes in between."""
    found = _found(work, secret)
    universe = universes.find_for_edit(work.session, found.universe_id)
    work.session.refresh(found, ["uses", "revoked_at"])
    if universe is None or found.revoked_at is not None:
        raise _ended()
    return universe, found


def _ended() -> NotFound:
    return NotFound("this link has ended, or there never was one", code="link_ended")


def _use(link: ShareLink) -> None:
    if link.uses_max is not None and link.uses >= link.uses_max:
        raise Conflict("this link has been used as often as it may be", code="link_used_up")
    link.uses += 1


def _record(work: Work, universe: Universe, act: str, link: ShareLink) -> None:
    history.record(work, universe, "access", data={"act": act, "link": str(link.id)})


def _view(link: ShareLink, now: datetime, *, secret: str | None = None) -> LinkView:
    over = link.expires_at is not None and link.expires_at <= now
    used_up = link.uses_max is not None and link.uses >= link.uses_max
    return LinkView(
        id=link.id,
        label=link.label,
        role=link.role,
        guests=link.guests,
        token=secret,
        live=link.revoked_at is None and not over and not used_up,
        expires_at=link.expires_at,
        revoked_at=link.revoked_at,
        uses=link.uses,
        uses_max=link.uses_max,
        created_at=link.created_at,
    )
