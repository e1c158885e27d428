"""The tables of the digests, as migration m0007 makes them."""

DIGESTS = (
    """
    CREATE TABLE digests (
        id TEXT PRIMARY KEY,
        team TEXT NOT NULL,
        channel TEXT NOT NULL,
        owner TEXT NOT NULL,
        account TEXT NOT NULL,
        language TEXT NOT NULL,
        rhythm TEXT NOT NULL CHECK (rhythm IN ('month', 'quarter', 'listed')),
        weekday INTEGER CHECK (weekday BETWEEN 0 AND 6),
        month_day INTEGER CHECK (month_day BETWEEN 1 AND 31),
        local_time TEXT NOT NULL,
        zone TEXT NOT NULL,
        request_key TEXT NOT NULL,
        made_at TEXT NOT NULL,
        planned_at TEXT,
        standstill TEXT,
        paused_by TEXT,
        listed_first TEXT,
        listed_last TEXT,
        removed_at TEXT,
        UNIQUE (team, request_key),
        CHECK ((weekday IS NULL) <> (month_day IS NULL))
    ) STRICT
    """,
    "CREATE INDEX digests_planned ON digests (planned_at) WHERE planned_at IS NOT NULL",
    "CREATE INDEX digests_channel ON digests (team, channel)",
    "CREATE INDEX digests_owner ON digests (team, owner)",
    """
    CREATE TABLE digest_balies (
        team TEXT NOT NULL,
        digest TEXT NOT NULL REFERENCES digests (id),
        balie INTEGER NOT NULL REFERENCES balies (id),
        PRIMARY KEY (digest, balie)
    ) STRICT
    """,
    # a run that was tried, or only looks, has no day: SQLite takes any number of those for different
    """
    CREATE TABLE digest_runs (
        id INTEGER PRIMARY KEY,
        team TEXT NOT NULL,
        digest TEXT NOT NULL REFERENCES digests (id),
        purpose TEXT NOT NULL CHECK (purpose IN ('planned', 'trial', 'first_look')),
        local_day TEXT,
        request_key TEXT,
        channel TEXT NOT NULL,
        first_day TEXT,
        last_day TEXT,
        before_first TEXT,
        before_last TEXT,
        planned_at TEXT NOT NULL,
        due_at TEXT,
        is_late INTEGER NOT NULL DEFAULT 0,
        message_ts TEXT,
        balies INTEGER NOT NULL DEFAULT 0,
        told INTEGER NOT NULL DEFAULT 0,
        edit_at TEXT,
        UNIQUE (digest, local_day),
        UNIQUE (team, request_key)
    ) STRICT
    """,
    "CREATE INDEX digest_runs_due ON digest_runs (due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX digest_runs_told ON digest_runs (told) WHERE message_ts IS NOT NULL AND told < balies",
    "CREATE INDEX reports_digest_run ON reports (digest_run) WHERE digest_run IS NOT NULL",
    "CREATE INDEX reports_period ON reports (team, balie, first_day, last_day)",
    "ALTER TABLE outbox ADD COLUMN digest TEXT REFERENCES digests (id)",
    "ALTER TABLE outbox ADD COLUMN digest_run INTEGER REFERENCES digest_runs (id)",
    "CREATE INDEX outbox_digest_run ON outbox (digest_run) WHERE digest_run IS NOT NULL",
    """
    CREATE TRIGGER homes_digest_added AFTER INSERT ON digests BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND user = NEW.owner;
    END
    """,
    """
    CREATE TRIGGER homes_digest_changed AFTER UPDATE ON digests BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND user = NEW.owner;
    END
    """,
)
