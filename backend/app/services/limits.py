"""Every limit that services hold people to, by name."""

from dataclasses import asdict

from app.services import passwords, tokens
from app.services.work import Work


def every(work: Work) -> dict[str, int | str]:
    """Return every limit; names end in their unit, rates are words."""
    rates = {f"rate_{name}": rate for name, rate in asdict(work.tools.throttle.rates).items()}
    return {
        **asdict(work.tools.limits),
        **rates,
        "access_token_seconds": tokens.ACCESS_S,
        "refresh_token_idle_days": tokens.REFRESH_IDLE.days,
        "sign_in_days_max": tokens.SIGN_IN_LONGEST.days,
        "password_characters_min": passwords.SHORTEST,
        "password_characters_max": passwords.LONGEST,
    }
