"""The table of the Homes, as migration m0006 makes it, and the triggers that tell when one is stale."""

HOMES = (
    """
    CREATE TABLE homes (
        team TEXT NOT NULL,
        user TEXT NOT NULL,
        is_stale INTEGER NOT NULL,
        due_at TEXT NOT NULL,
        rests_until TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (team, user)
    ) STRICT
    """,
    "CREATE INDEX homes_due ON homes (due_at) WHERE is_stale = 1",
    """
    CREATE TRIGGER homes_report_asked AFTER INSERT ON reports BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND user = NEW.asker;
    END
    """,
    """
    CREATE TRIGGER homes_report_changed AFTER UPDATE OF state, face, reason, account, channel, root_ts ON reports
    WHEN (OLD.state, OLD.face, OLD.reason, OLD.account, OLD.channel, OLD.root_ts)
        IS NOT (NEW.state, NEW.face, NEW.reason, NEW.account, NEW.channel, NEW.root_ts) BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND user = NEW.asker;
    END
    """,
    """
    CREATE TRIGGER homes_linked AFTER INSERT ON accounts BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND user = NEW.user;
    END
    """,
    """
    CREATE TRIGGER homes_link_changed AFTER UPDATE OF mark, state, linked_at ON accounts BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND user = NEW.user;
    END
    """,
    """
    CREATE TRIGGER homes_unlinked AFTER DELETE ON accounts BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = OLD.team AND user = OLD.user;
    END
    """,
    """
    CREATE TRIGGER homes_person_changed AFTER UPDATE OF locale, standing, last_balie ON people
    WHEN (OLD.locale, OLD.standing, OLD.last_balie) IS NOT (NEW.locale, NEW.standing, NEW.last_balie) BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND user = NEW.user;
    END
    """,
    # one balie concerns everybody: those who know already are not written again, so that a long import stays short
    """
    CREATE TRIGGER homes_balie_added AFTER INSERT ON balies BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND is_stale = 0;
    END
    """,
    """
    CREATE TRIGGER homes_balie_changed AFTER UPDATE OF alias, name, removed_at ON balies
    WHEN (OLD.alias, OLD.name, OLD.removed_at) IS NOT (NEW.alias, NEW.name, NEW.removed_at) BEGIN
        UPDATE homes SET is_stale = 1 WHERE team = NEW.team AND is_stale = 0;
    END
    """,
)
