"""The events that brought most, from the sales to the small print."""

from collections import Counter
from datetime import date

from tests.support.stage import Stage


async def test_the_events_that_brought_most_are_those_of_the_sales(stage: Stage) -> None:
    await stage.type("rapport juni 2026 de-kuil")
    await stage.pass_time(2)
    balie = next(one for one in stage.uitpas.world.balies if one.number == 131)
    sales = stage.uitpas.world.sales(balie, date(2026, 6, 1), date(2026, 6, 30))
    brought = Counter[str]()
    for sale in sales:
        brought[sale.event.strip()] += int(sale.contribution * 100)
    told = stage.replies()[1].blocks[-2]["elements"][0]["text"].splitlines()[1:]
    amounts = sorted(brought.values(), reverse=True)[:5]
    assert len(told) == len(amounts)
    for line, cents in zip(told, amounts, strict=True):
        name = line.removeprefix("• ").rpartition(": ")[0]
        count = sum(sale.event.strip() == name for sale in sales)
        sold = "1 verkoop" if count == 1 else f"{count} verkopen"
        assert line == f"• {name}: {sold}, te vorderen €\xa0{cents // 100},{cents % 100:02}"
        assert brought[name] == cents
