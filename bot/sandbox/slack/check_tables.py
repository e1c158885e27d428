"""What Slack asks of a table or a chart as a whole.

Follows "Table block", "Data table block" and "Data visualization block" of the Block Kit reference.
"""

from collections.abc import Iterator

from bot.sandbox.slack.check_nodes import characters
from bot.sandbox.slack.check_rules import Fault
from bot.sandbox.slack.records import Json

TABLE_CHARACTERS = 10_000
"""Over all cells of one `table`; skills, "Data display"."""


def table_faults(block: Json, pointer: str) -> Iterator[Fault]:
    """Yield what is wrong with a table whose cells are each well formed."""
    rows = block["rows"]
    width = len(rows[0])
    for place, row in enumerate(rows):
        if len(row) != width:
            yield Fault(f"{pointer}/rows/{place}", f"must have as many cells as the first row: {width}")
    if block["type"] == "table":
        if characters(rows) > TABLE_CHARACTERS:
            yield Fault(f"{pointer}/rows", f"no more than {TABLE_CHARACTERS} characters over all cells allowed")
        return
    for place, cell in enumerate(rows[0]):
        if cell["type"] == "rich_text":
            yield Fault(f"{pointer}/rows/0/{place}/type", "a header cell can't be rich_text")
    if block.get("row_header_column_index", 0) >= width:
        yield Fault(f"{pointer}/row_header_column_index", f"must be less than {width}")


def chart_faults(block: Json, pointer: str) -> Iterator[Fault]:
    """Yield the series of a chart that have no value, or two, for a category."""
    chart = block["chart"]
    for place, series in enumerate(chart.get("series", ())):
        labels = [point["label"] for point in series["data"]]
        if sorted(labels) != sorted(chart["axis_config"]["categories"]):
            yield Fault(f"{pointer}/chart/series/{place}/data", "must have one value for every category")
