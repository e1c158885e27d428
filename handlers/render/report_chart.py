"""What each government owes, as a picture. All its numbers stand in words elsewhere."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

import slackblocks as slack

from bot.models import Language
from bot.summary import GovernmentShare
from handlers.render.formats import plain
from handlers.render.texts import Text

MOST_BARS = 10
"""Slack takes 20, which nobody can read on a telephone; the last is what all others owe together."""
LABEL = 20
"""Characters of a label (Slack: "Data visualization block")."""

TITLE = Text(nl="Te vorderen per overheid (€)", en="To claim per government (€)")
SERIES = Text(nl="Te vorderen (€)", en="To claim (€)")
OTHERS = Text(nl="(overige)", en="(others)")


def chart(shares: Sequence[GovernmentShare], language: Language) -> slack.DataVisualizationBlock:
    """Return a bar for each government, in the order given, and one for all those beyond the most there may be."""
    named = shares if len(shares) <= MOST_BARS else shares[: MOST_BARS - 1]
    labels, sums = _labels([share.government for share in named]), [share.contribution for share in named]
    if rest := shares[len(named) :]:
        labels.append(OTHERS.say(language))
        sums.append(sum((share.contribution for share in rest), Decimal(0)))
    points = [slack.DataPoint(label, float(owed)) for label, owed in zip(labels, sums, strict=True)]
    bars = slack.BarChart([slack.DataSeries(SERIES.say(language), points)], slack.AxisConfig(labels))
    return slack.DataVisualizationBlock(TITLE.say(language), bars)


def _labels(names: Sequence[str]) -> list[str]:
    """Leave out the words with which all begin, such as "Lokale overheid"; two labels are never the same."""
    words = [name.split() for name in names]
    shortest = min(map(len, words))
    shared = len(list(takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False))))
    labels: list[str] = []
    for place, name in enumerate(words, start=1):
        label = plain(" ".join(name[min(shared, shortest - 1) :]), LABEL) or f"({place})"
        labels.append(f"{plain(label, LABEL - 5)} ({place})" if label in labels else label)
    return labels
