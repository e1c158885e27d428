"""Digests that can't run as they were set up: paused, told of once, and taken up again when that is mended."""

from dataclasses import replace
from datetime import datetime

from bot.digests import Digest, Schedule, Standstill
from bot.models import Kind
from bot.services.schedules import local_day, next_after
from storage import accounts, digest_runs, digests, outbox
from storage.database import Transaction


def stand_still(tx: Transaction, digest: Digest, why: Standstill, now: datetime) -> None:
    """Pause a digest; its owner is told once, and whenever they try it; or its channel when they are gone.

    Whoever is gone is asked after at once, so that nothing of their link is kept.
    """
    if digests.pause(tx, digest.id, why) or digest_runs.is_to_be_tried(tx, digest.id):
        recipient = None if why is Standstill.OWNER_GONE else digest.owner
        outbox.add(tx, digest.team, Kind.DIGEST_PAUSED, due_at=now, digest=digest.id, recipient=recipient)
    if why is Standstill.OWNER_GONE:
        accounts.swept(tx, digest.team, digest.owner, now)
    digest_runs.leave_all(tx, digest.id)


def stand_still_without_link(tx: Transaction, team: str, owner: str) -> int:
    """Pause whatever runs in the name of somebody whose link ended; return how many that are, to be told with that."""
    paused = [digest for digest in digests.of_owner(tx, team, owner) if digests.pause(tx, digest.id, Standstill.LINK)]
    for digest in paused:
        digest_runs.leave_all(tx, digest.id)
    return len(paused)


def stand_still_without_owner(tx: Transaction, team: str, owner: str, now: datetime) -> None:
    """Pause whatever ran in the name of somebody who is no longer of the house."""
    for digest in digests.of_owner(tx, team, owner):
        stand_still(tx, digest, Standstill.OWNER_GONE, now)


def next_time(tx: Transaction, digest: str, schedule: Schedule, now: datetime) -> datetime:
    """Return when a digest runs next: on a day on which it has not run yet."""
    moment = next_after(schedule, now)
    while digest_runs.has_run(tx, digest, local_day(schedule, moment)):
        moment = next_after(schedule, moment)
    return moment


def go_on_with_link(tx: Transaction, team: str, owner: str, account: str, now: datetime) -> None:
    """Let run again what stood still for want of this very account; with another one its owner has to say so."""
    for digest in digests.of_owner(tx, team, owner):
        if digest.standstill is Standstill.LINK and digest.account == account:
            planned_at = next_time(tx, digest.id, digest.schedule, now)
            digests.save(tx, replace(digest, planned_at=planned_at, standstill=None, paused_by=None))
