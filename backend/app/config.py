"""What the environment says, read once; only the factory reads this."""

import socket
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Each setting is the environment's `MUNDI_` and its name; all have a default that works."""

    model_config = SettingsConfigDict(env_prefix="MUNDI_", extra="ignore", frozen=True)

    data: Path = Field(default=Path("data"), description="the one folder everything is kept in")
    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=8000, ge=0, le=65_535, description="the port to listen on")
    database_url: str = Field(
        default="", description="where rows are kept; empty: SQLite in `data`"
    )
    secret: str = Field(default="", description="signs tokens; empty: made once in `data`/secret")
    hosts: list[str] = Field(
        default_factory=list, description="names served, beside localhost; JSON list"
    )
    origins: list[str] = Field(
        default_factory=list, description="other origins whose pages may call; JSON list"
    )
    proxies: int = Field(default=0, ge=0, le=8, description="trusted proxies in front")
    secure_cookies: bool = Field(
        default=False, description="served over TLS: cookies only there, HSTS"
    )
    mail: str = Field(
        default="console:",
        description="how letters leave: `console:` prints them, and accounts open without one; "
        "`file:FOLDER`, `smtp://USER:PASSWORD@HOST:587` (STARTTLS), `smtps://…` (TLS) or "
        "`smtp+plain://…` send them, and accounts are confirmed by letter first",
    )
    mail_from: str = Field(default="Mundi <mundi@localhost>", description="who letters are from")
    address: str = Field(
        default="",
        pattern=r"^(https?://[^/?#\s]+)?$",
        description="where people reach this server, for the links in letters; "
        "empty: http://localhost and the port",
    )
    redis_url: str = Field(
        default="",
        description="a Redis in which several processes count together how often somebody asks, "
        "`redis://HOST:6379/0`; empty, and while it is away: each counts by itself",
    )
    node: str = Field(default="main", max_length=64, description="this server's name among several")
    examples: Path = Field(
        default=REPOSITORY / "examples", description="the universes planted at start"
    )
    studio: Path = Field(default=REPOSITORY / "studio", description="the studio's files")
    workers: int = Field(default=1, ge=0, le=64, description="exports rendered at once by `serve`")
    requests_per_minute: int = Field(
        default=6000, ge=1, description="of one address; this machine's own are not counted"
    )
    log_json: bool = Field(default=False, description="logs as JSON lines")
    log_level: str = Field(default="info", description="debug, info, warning or error")

    @property
    def url(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{(self.data / 'mundi.sqlite').resolve()}"

    @property
    def confirms(self) -> bool:
        """Whether there is a mail server, so that addresses are confirmed."""
        return not self.mail.startswith("console:")

    @property
    def public_address(self) -> str:
        """Where people reach this server; never what a request says of it."""
        return self.address or f"http://localhost:{self.port}"

    @property
    def files(self) -> Path:
        """Where finished exports lie."""
        return self.data / "files"

    @property
    def allowed_hosts(self) -> list[str]:
        """Every host name that is answered."""
        return ["localhost", "127.0.0.1", "[::1]", *self._own_names(), *self.hosts]

    def _own_names(self) -> list[str]:
        if self.host in ("0.0.0.0", "::"):  # noqa: S104 -- compared, not bound
            return [socket.gethostname()]
        return [self.host]
