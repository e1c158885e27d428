"""Logs: one JSON object a line on stderr, redacted once, on the finished line.

Libraries put URLs, bodies and messages into their logs, and a card number may stand in any of them. So whatever reaches
the root handler passes one mask: digit runs of nine and more, and anything that looks like a token. The chattiest
libraries are kept at WARNING. Locals never go into a traceback.
"""

import logging
import re
import sys
from types import TracebackType
from typing import TextIO

import structlog

from bot.redaction import mask_numbers

QUIET = ("httpx", "httpcore", "slack_sdk", "slack_bolt", "aiohttp", "apscheduler", "asyncio", "tzlocal")
_TOKEN = re.compile(r"xox[a-z](?:-[A-Za-z0-9]+)+|xapp(?:-[A-Za-z0-9]+)+|(oauth_\w+|token|secret)=[^\s&\"']+")


def redact(line: str) -> str:
    """Return the line without long numbers and tokens."""
    return mask_numbers(_TOKEN.sub("•••", line))


class _Redacting(logging.StreamHandler[TextIO]):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def configure(*, verbose: bool = True) -> None:
    """Send every log of this process, and every uncaught exception, through the mask to stderr."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = _Redacting(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("baliebot").critical("uncaught", exc_info=(kind, error, trace))
