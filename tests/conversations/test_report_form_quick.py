"""Two choices in the form so quick upon each other that the second is made before the first one shows."""

from typing import Any

import pytest

from tests.support.forms import BALIE, CHANNEL, PLACE, Form, eventually, methods
from tests.support.stage import Stage

DENIED = "Je UiTiD heeft geen rechten aan deze balie. Kies een andere, of vraag het aan de beheerder van je balie."
NO_CHANNEL_YET = "Kies een kanaal, dan zeg ik wie er meeleest en waar het bestand komt."
PUBLIC = (
    "<#C0ALGEMEEN1> is openbaar. De bedragen komen er in een draad; het bestand stuur ik alleen naar jou, want er"
    " staan gegevens van pashouders in."
)
in_any_order = pytest.mark.parametrize("delays", [(0.25, 0.5), (0.25, 0)], ids=["in order", "overtaking"])
"""How many seconds Slack takes for the picture of each choice."""


@in_any_order
async def test_the_periods_are_those_of_the_balie_that_is_chosen(stage: Stage, delays: tuple[float, float]) -> None:
    form = Form(stage, "bram")
    await form.type("rapport de-sluis")
    before = {name: said for name, said in form.shown.items() if name != "Het bestand"}
    await both(form, delays, (BALIE, await form.balie("de-kuil")), (PLACE, "elsewhere"))
    assert form.shown == before | {
        "Balie": "Zwembad De Kuil & Zonen (de-kuil)",
        "periods": DENIED,
        "Waar komt het antwoord?": "In een ander kanaal",
        "Welk kanaal?": None,
        "note": NO_CHANNEL_YET,
    }


@in_any_order
async def test_who_reads_along_is_said_of_the_channel_that_is_chosen(stage: Stage, delays: tuple[float, float]) -> None:
    form = Form(stage)
    await form.type()
    await form.choose(PLACE, "elsewhere")
    await form.choose(CHANNEL, "C0DESLUIS01")
    before = {name: said for name, said in form.shown.items() if name != "Het bestand"}
    await both(form, delays, (CHANNEL, "C0ALGEMEEN1"), (BALIE, await form.balie("t-hof")))
    assert form.shown == before | {
        "Balie": "Gemeenschapscentrum 't Hof (t-hof)",
        "Welk kanaal?": "C0ALGEMEEN1",
        "note": PUBLIC,
    }


async def both(form: Form, delays: tuple[float, float], first: tuple[str, Any], second: tuple[str, Any]) -> None:
    """Choose two things, the second while the picture that the first asks for is on its way; wait for everything."""
    stage = form.stage
    asked = methods(stage).count("views.update")
    for seconds in delays:
        stage.slack.faults.add("views.update", "delay", seconds=seconds)
    await form.click(*first)
    await eventually(lambda: methods(stage).count("views.update") > asked)
    await form.click(*second)
    await stage.settle()
    await form.told()
