"""/api/v1: members of universes, invitations, share links and guests."""

from uuid import UUID

from app.api.door import Room, door
from app.api.examples import sharing as examples
from app.api.paging import link_next
from app.schemas.shared import Page, PageQuery
from app.schemas.sharing import (
    GuestIn,
    GuestOut,
    InvitationOut,
    InviteIn,
    LinkIn,
    LinkOut,
    LinkSeenOut,
    MemberOut,
    RolePatch,
    SecretIn,
    TransferIn,
)
from app.schemas.universes import UniverseOut
from app.services import links, sharing, universes
from app.services.once import Answer
from app.services.sharing_views import (
    GuestView,
    InvitationView,
    LinkSeenView,
    LinkView,
    MemberView,
)
from app.services.views import PageView, UniverseView
from app.services.work import Work

room = Room("sharing", __name__, url_prefix="/api/v1", abp_tags=[{"name": "sharing"}])


@room.get("/universes/<uuid:universe_id>/members")
@door(query=PageQuery, reply=Page[MemberOut], finish=link_next, example=examples.MEMBERS)
def members(work: Work, universe_id: UUID, query: PageQuery) -> PageView[MemberView]:
    """List the members of a universe one is a member of; the owner sees who was asked, too."""
    return sharing.listing(work, universe_id, cursor=query.cursor, limit=query.limit)


@room.post("/universes/<uuid:universe_id>/members")
@door(body=InviteIn, reply=MemberOut, status=201, once=True, example=examples.INVITE)
def invite(work: Work, universe_id: UUID, body: InviteIn) -> MemberView:
    """Ask somebody to become a member; they accept or decline."""
    return sharing.invite(work, universe_id, handle=body.handle, role=body.role)


@room.patch("/universes/<uuid:universe_id>/members/<uuid:user_id>")
@door(body=RolePatch, reply=MemberOut, example=examples.CHANGE_MEMBER)
def change_member(work: Work, universe_id: UUID, user_id: UUID, body: RolePatch) -> MemberView:
    """Give a member another role, or somebody who was asked another offer."""
    return sharing.change(work, universe_id, user_id, role=body.role)


@room.delete("/universes/<uuid:universe_id>/members/<uuid:user_id>")
@door()
def remove_member(work: Work, universe_id: UUID, user_id: UUID) -> None:
    """Remove a member, or leave: open connections end at once."""
    sharing.remove(work, universe_id, user_id)


@room.post("/universes/<uuid:universe_id>/transfer")
@door(body=TransferIn, reply=MemberOut, status=201, once=True, example=examples.TRANSFER)
def transfer(work: Work, universe_id: UUID, body: TransferIn) -> MemberView:
    """Offer a universe to somebody; they become its owner if they accept."""
    return sharing.offer(work, universe_id, handle=body.handle)


@room.delete("/universes/<uuid:universe_id>/transfer")
@door()
def withdraw_transfer(work: Work, universe_id: UUID) -> None:
    """Take the offer of a universe back."""
    sharing.withdraw(work, universe_id)


@room.get("/invitations")
@door(query=PageQuery, reply=Page[InvitationOut], finish=link_next, example=examples.INVITATIONS)
def invitations(work: Work, query: PageQuery) -> PageView[InvitationView]:
    """List what one was asked to be and has not answered."""
    return sharing.invitations(work, cursor=query.cursor, limit=query.limit)


@room.post("/invitations/<uuid:universe_id>/accept")
@door(reply=UniverseOut, etag=True, once=True, example=examples.ACCEPT)
def accept(work: Work, universe_id: UUID) -> UniverseView:
    """Become what one was asked to be: a member, or the owner."""
    return universes.read(work, sharing.accept(work, universe_id))


@room.post("/invitations/<uuid:universe_id>/decline")
@door()
def decline(work: Work, universe_id: UUID) -> None:
    """Say no to an invitation."""
    sharing.decline(work, universe_id)


@room.get("/universes/<uuid:universe_id>/links")
@door(query=PageQuery, reply=Page[LinkOut], finish=link_next, example=examples.LINKS)
def share_links(work: Work, universe_id: UUID, query: PageQuery) -> PageView[LinkView]:
    """List the share links of one's own universe, the newest first."""
    return links.listing(work, universe_id, cursor=query.cursor, limit=query.limit)


@room.post("/universes/<uuid:universe_id>/links")
@door(body=LinkIn, reply=LinkOut, status=201, once=True, example=examples.MAKE_LINK)
def make_link(work: Work, universe_id: UUID, body: LinkIn) -> LinkView:
    """Make a share link; its secret is told this once."""
    return links.create(work, universe_id, **body.model_dump())


@room.delete("/universes/<uuid:universe_id>/links/<uuid:link_id>")
@door()
def revoke_link(work: Work, universe_id: UUID, link_id: UUID) -> None:
    """End a share link and every guest's seat with it, at once."""
    links.revoke(work, universe_id, link_id)


@room.post("/links/look")
@door(body=SecretIn, reply=LinkSeenOut, open=True, example=examples.LOOK)
def look(work: Work, body: SecretIn) -> LinkSeenView:
    """Ask what a share link is for."""
    return links.look(work, body.token)


@room.post("/links/join")
@door(body=SecretIn, reply=UniverseOut, etag=True, once=True, example=examples.JOIN)
def join(work: Work, body: SecretIn) -> UniverseView:
    """Become a member with a share link."""
    return universes.read(work, links.join(work, body.token))


def _seated(work: Work, _before: Answer, body: GuestIn) -> None:
    """Let the seat be told again, while its link holds."""
    links.look(work, body.token)


@room.post("/links/enter")
@door(
    body=GuestIn,
    reply=GuestOut,
    status=201,
    open=True,
    once=True,
    again=_seated,
    example=examples.ENTER,
)
def enter(work: Work, body: GuestIn) -> GuestView:
    """Take a seat with a share link, without an account."""
    return links.enter(work, body.token, name=body.name)
