"""The schema, as an append-only list of steps; sqlite-utils applies each once, together with the record that it ran.

Moments are ISO 8601 texts in UTC with microseconds, so that they compare as text; days are `YYYY-MM-DD`. Every table
carries the Slack team. Nothing here may hold anything about a cardholder.
"""

from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from storage.digest_schema import DIGESTS
from storage.home_schema import HOMES

migrations = Migrations("baliebot")

_FIRST = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """
    CREATE TABLE balies (
        id INTEGER PRIMARY KEY,
        team TEXT NOT NULL,
        alias TEXT NOT NULL,
        name TEXT NOT NULL,
        consumer_key TEXT NOT NULL COLLATE NOCASE,
        number INTEGER,
        card_systems TEXT NOT NULL DEFAULT '[]',
        removed_at TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX balies_alias ON balies (team, alias) WHERE removed_at IS NULL",
    "CREATE UNIQUE INDEX balies_key ON balies (team, consumer_key) WHERE removed_at IS NULL",
    """
    CREATE TABLE default_balies (
        team TEXT NOT NULL,
        channel TEXT NOT NULL,
        balie INTEGER NOT NULL REFERENCES balies (id),
        PRIMARY KEY (team, channel)
    ) STRICT
    """,
    """
    CREATE TABLE people (
        team TEXT NOT NULL,
        user TEXT NOT NULL,
        locale TEXT,
        standing TEXT,
        checked_at TEXT,
        last_balie INTEGER REFERENCES balies (id),
        PRIMARY KEY (team, user)
    ) STRICT
    """,
    """
    CREATE TABLE accounts (
        id INTEGER PRIMARY KEY,
        team TEXT NOT NULL,
        user TEXT NOT NULL,
        mark TEXT NOT NULL,
        sealed TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('linked', 'ended')),
        linked_at TEXT NOT NULL,
        UNIQUE (team, user),
        UNIQUE (team, mark)
    ) STRICT
    """,
    """
    CREATE TABLE reports (
        id TEXT PRIMARY KEY,
        team TEXT NOT NULL,
        balie INTEGER NOT NULL REFERENCES balies (id),
        channel TEXT NOT NULL,
        asked_in TEXT NOT NULL,
        asker TEXT NOT NULL,
        account TEXT NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        clipped INTEGER NOT NULL,
        request_key TEXT NOT NULL,
        digest_run INTEGER,
        state TEXT NOT NULL,
        face TEXT NOT NULL,
        shown_face TEXT NOT NULL DEFAULT '',
        edit_at TEXT,
        requested_at TEXT NOT NULL,
        due_at TEXT,
        deadline_at TEXT,
        paused_at TEXT,
        submitted_at TEXT,
        ended_at TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        sheet_attempts INTEGER NOT NULL DEFAULT 0,
        sheets_problem TEXT,
        trouble INTEGER NOT NULL DEFAULT 0,
        uitpas_id TEXT,
        root_ts TEXT,
        reason TEXT,
        actor TEXT,
        summary TEXT,
        UNIQUE (team, request_key)
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX reports_running ON reports (team, balie, first_day, last_day, channel)
    WHERE digest_run IS NULL AND state IN ('requested', 'submitted', 'ready', 'paused')
    """,
    "CREATE INDEX reports_due ON reports (due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX reports_edit ON reports (edit_at) WHERE face <> shown_face",
    "CREATE INDEX reports_asker ON reports (team, asker, requested_at)",
    "CREATE INDEX reports_channel ON reports (team, channel, requested_at)",
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        team TEXT NOT NULL,
        after INTEGER REFERENCES outbox (id),
        report TEXT REFERENCES reports (id),
        kind TEXT NOT NULL,
        recipient TEXT,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'gave_up')),
        due_at TEXT NOT NULL,
        started_at TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        channel TEXT,
        thread_ts TEXT,
        ts TEXT,
        file_id TEXT,
        note TEXT
    ) STRICT
    """,
    "CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('waiting', 'sending')",
    "CREATE INDEX outbox_report ON outbox (report)",
    "CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until TEXT NOT NULL) STRICT",
)

_LINKING = (
    """
    CREATE TABLE links (
        id TEXT PRIMARY KEY,
        team TEXT NOT NULL,
        user TEXT NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('new', 'opened', 'asked', 'returned', 'exchanging', 'confirming', 'revoking')),
        number_hash TEXT UNIQUE,
        cookie_hash TEXT UNIQUE,
        request_hash TEXT UNIQUE,
        made_at TEXT NOT NULL,
        due_at TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        sealed TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX links_user ON links (team, user) WHERE state <> 'revoking'",
    "CREATE INDEX links_due ON links (due_at)",
    """
    CREATE TABLE link_tries (
        team TEXT NOT NULL,
        user TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('link', 'code')),
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX link_tries_user ON link_tries (team, user, what, at)",
    """
    CREATE TABLE waiting_reports (
        id INTEGER PRIMARY KEY,
        team TEXT NOT NULL,
        user TEXT NOT NULL,
        balie INTEGER NOT NULL REFERENCES balies (id),
        channel TEXT NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        clipped INTEGER NOT NULL,
        anew INTEGER NOT NULL,
        private_file INTEGER NOT NULL,
        request_key TEXT NOT NULL,
        due_at TEXT NOT NULL,
        UNIQUE (team, request_key)
    ) STRICT
    """,
    "ALTER TABLE accounts ADD COLUMN sweep_at TEXT",
    "CREATE INDEX accounts_sweep ON accounts (sweep_at)",
)


@migrations()
def m0001_first(db: Tables) -> None:
    """Balies, people, accounts, reports, outbox, lease."""
    for statement in _FIRST:
        db.execute(statement)


@migrations()
def m0002_private_file(db: Tables) -> None:
    """Whether the asker wants the file in their own direct messages."""
    db.execute("ALTER TABLE reports ADD COLUMN private_file INTEGER NOT NULL DEFAULT 0")


@migrations()
def m0003_pace(db: Tables) -> None:
    """What was posted in the last second is found without reading the years before it."""
    db.execute("CREATE INDEX outbox_started ON outbox (started_at) WHERE started_at IS NOT NULL")


@migrations()
def m0004_temporary_files(db: Tables) -> None:
    """Files in Slack that were promised to be deleted. They say nothing of what is in them."""
    db.execute(
        """
        CREATE TABLE temporary_files (
            file_id TEXT PRIMARY KEY,
            team TEXT NOT NULL,
            due_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX temporary_files_due ON temporary_files (due_at)")


@migrations()
def m0005_linking(db: Tables) -> None:
    """Links under way, how often somebody began one, and what was asked before there was one."""
    for statement in _LINKING:
        db.execute(statement)


@migrations()
def m0006_homes(db: Tables) -> None:
    """Who has opened their Home, and that it no longer shows how things are: whoever changes something notes it."""
    for statement in HOMES:
        db.execute(statement)


@migrations()
def m0007_digests(db: Tables) -> None:
    """Digests, their runs, and what is said of them."""
    for statement in DIGESTS:
        db.execute(statement)
