"""Logs: one JSON object a line on stderr, masked value by value, and once more on the finished line.

Libraries put URLs, bodies and messages into their logs, and a card number may stand in any of them. So whatever reaches
the root handler passes one mask, exceptions nobody caught included. The chattiest libraries are kept at WARNING, here
and in the handler: Bolt gives its loggers a level of their own, which the level of `slack_bolt` does not hold back.
Locals never go into a traceback.
"""

import logging
import sys
import threading
from types import TracebackType
from typing import TextIO

import structlog

from bot.redaction import mask_shapes, redact

QUIET = ("httpx", "httpcore", "slack_sdk", "slack_bolt", "aiohttp", "apscheduler", "asyncio", "tzlocal")


class _Redacting(logging.StreamHandler[TextIO]):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING and record.name.partition(".")[0] in QUIET:
            return False
        return super().filter(record)

    def format(self, record: logging.LogRecord) -> str:
        return mask_shapes(super().format(record))


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
                _mask,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda lost: _log_uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)
    sys.unraisablehook = lambda lost: _log_uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)


def _mask(logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    del logger, name
    moment = event.pop("timestamp", None)
    masked: structlog.typing.EventDict = redact(event)
    return masked if moment is None else {**masked, "timestamp": moment}


def _log_uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    logging.getLogger("baliebot").critical("uncaught", exc_info=(kind, error or kind(), trace))
