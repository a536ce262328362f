"""Logs on stderr: one line an event, as text or JSON; never a value that was sent to us."""

import logging
import sys

import structlog


def configure(*, as_json: bool = False, level: str = "info") -> None:
    """Set up logging for this process."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    # A traceback with local values would put passwords and tokens into the log.
    tracebacks = structlog.processors.ExceptionRenderer(
        structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    )
    drawn: list[structlog.typing.Processor] = (
        [tracebacks, structlog.processors.JSONRenderer()]
        if as_json
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *drawn,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
