"""What one has to be for an operation, as OpenAPI tells it in `x-role`.

The services decide; this says what they decide, and the tests hold the two together: every
operation, tried by everybody.
"""

ANYONE, SIGNED_IN = "anyone", "signed-in"
ASKER, AUTHOR, MEMBER = "asker", "author", "member"  # whose it is; who wrote it; who was let in
VIEWER, EDITOR, OWNER = "viewer", "editor", "owner"  # of the universe in the path
_OF_UNIVERSES = {
    "universes_delete": OWNER,
    "sharing_members": MEMBER,
    "sharing_invite": OWNER,
    "sharing_change_member": OWNER,
    "sharing_remove_member": OWNER,  # or oneself
    "sharing_share_links": OWNER,
    "sharing_make_link": OWNER,
    "sharing_revoke_link": OWNER,
    "sharing_transfer": OWNER,
    "sharing_withdraw_transfer": OWNER,
    "sharing_accept": ASKER,
    "sharing_decline": ASKER,
    "comments_write": VIEWER,
    "comments_edit": AUTHOR,
    "comments_delete": AUTHOR,  # or the owner
    "comments_resolve": AUTHOR,  # or an editor
    "comments_reopen": AUTHOR,
    "catalogue_fork": VIEWER,
    "catalogue_star": VIEWER,
    "catalogue_unstar": VIEWER,
}
_BY_BODY = {"audio_render": VIEWER, "visualizations_draw": VIEWER}


def needed(operation: str, method: str, rule: str, *, open_: bool) -> str:
    """Return what one has to be for an operation."""
    if operation in _OF_UNIVERSES | _BY_BODY:
        return (_OF_UNIVERSES | _BY_BODY)[operation]
    if "universe_id" in rule:
        return VIEWER if method in ("GET", "HEAD") else EDITOR
    if "job_id" in rule:
        return ASKER
    return ANYONE if open_ else SIGNED_IN
