"""What the services work with, made once by the factory."""

from dataclasses import dataclass, field
from pathlib import Path

from app.services.documents import Documents
from app.services.letters import CONSOLE, Post
from app.services.passwords import Passwords
from app.services.throttle import Throttle
from app.services.tokens import Tokens
from app.utils.seal import Seal
from app.utils.vault import Vault


@dataclass(frozen=True, slots=True)
class Limits:
    """How much anybody may have; `GET /api/v1/limits` tells all of it."""

    universes_per_user: int = 500
    sign_ins_per_user: int = 50
    keys_per_user: int = 25
    members_per_universe: int = 200  # those who were asked included
    links_per_universe: int = 50  # that still count
    comments_per_universe: int = 10_000
    comments_of_strangers_per_universe: int = 5_000  # of all who are no members, together
    comments_of_one_stranger_per_universe: int = 200
    page_size_max: int = 100
    render_ticks_max: int = 10 * 60 * 120
    render_price_max: int = 100_000_000  # ticks times bodies
    jobs_active_per_user: int = 12
    jobs_running_per_user: int = 2
    files_kept_hours: int = 24 * 7
    sockets_max: int = 2_000
    sockets_per_address: int = 100
    rooms_max: int = 200
    room_members_max: int = 200
    solos_max: int = 24  # private performances at once
    solos_per_address: int = 6
    message_bytes_max: int = 64 * 1024
    messages_per_second: int = 50
    messages_burst: int = 100


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools of a process."""

    tokens: Tokens
    passwords: Passwords
    throttle: Throttle
    seal: Seal
    vault: Vault
    files: Path  # where finished exports lie
    limits: Limits = field(default_factory=Limits)
    post: Post = CONSOLE
    documents: Documents = field(default_factory=Documents)
