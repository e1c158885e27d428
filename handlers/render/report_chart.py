"""Who owes or brings in how much, as a picture. All its numbers stand in words elsewhere."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain, count, takewhile

import slackblocks as slack

from bot.models import Language
from handlers.render.formats import plain
from handlers.render.texts import Text

MOST_BARS = 10
"""Slack takes 20, which nobody can read on a telephone; the last is what all others come to together."""
LABEL = 20
"""Characters of a label (Slack: "Data visualization block")."""

SERIES = Text(nl="Te vorderen (€)", en="To claim (€)")
OTHERS = Text(nl="(overige)", en="(others)")


def chart(title: Text, owed: Sequence[tuple[str, Decimal]], language: Language) -> slack.DataVisualizationBlock:
    """Return a bar for each name, in the order given, and one for all those beyond the most there may be."""
    named = owed if len(owed) <= MOST_BARS else owed[: MOST_BARS - 1]
    labels, sums = _labels([name for name, _ in named]), [one for _, one in named]
    if rest := owed[len(named) :]:
        labels.append(_told_apart(OTHERS.say(language), labels))
        sums.append(sum((one for _, one in rest), Decimal(0)))
    points = [slack.DataPoint(label, float(one)) for label, one in zip(labels, sums, strict=True)]
    bars = slack.BarChart([slack.DataSeries(SERIES.say(language), points)], slack.AxisConfig(labels))
    return slack.DataVisualizationBlock(title.say(language), bars)


def _labels(names: Sequence[str]) -> list[str]:
    """Leave out the words with which all begin, such as "Lokale overheid"; two labels are never the same."""
    words = [name.split() for name in names]
    shortest = min(map(len, words))
    shared = len(list(takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False))))
    labels: list[str] = []
    for name in words:
        label = plain(" ".join(name[max(0, min(shared, shortest - 1)) :]), LABEL)
        labels.append(_told_apart(label or f"({len(labels) + 1})", labels))
    return labels


def _told_apart(label: str, taken: Sequence[str]) -> str:
    numbered = (f"{plain(label, LABEL - 5)} ({number})" for number in count(len(taken) + 1))
    return next(one for one in chain([label], numbered) if one not in taken)
