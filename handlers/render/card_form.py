"""The form in which a card is asked for: its number, for which balie, over which days, in which order."""

from dataclasses import dataclass
from typing import Any

import slackblocks as slack

from bot.cards import CardNumber, Order, Sort
from bot.models import Balie, Language, Period
from handlers.render.blocks import context, hint, modal, section
from handlers.render.card import ORDERS, masked
from handlers.render.report_form import named
from handlers.render.report_form_texts import BALIE_HINT, BALIE_LABEL, CANCEL, CLOSE, FIRST_LABEL, LAST_LABEL
from handlers.render.texts import Option, Placeholder, Text, Title

OPEN = "card_open"
CALLBACK = "card_form"
NUMBER, BALIE, FIRST, LAST, ORDER = "card_number", "card_balie", "card_first", "card_last", "card_order"
MOST_TYPED = 40

TITLE = Title(nl="Kaart opzoeken", en="Look up a card")
SUBMIT = Title(nl="Opzoeken", en="Look up")
NUMBER_LABEL = Text(nl="Kaartnummer", en="Card number")
NUMBER_HINT = Placeholder(nl="De 13 cijfers op de kaart", en="The 13 digits on the card")
CARD = Text(nl="Kaart {card}", en="Card {card}")
ORDER_LABEL = Text(nl="Volgorde", en="Order")
ORDER_OPTIONS: dict[tuple[Sort, Order], Option] = {
    way: Option(*(f"{said[0].upper()}{said[1:]}" for said in (text.nl, text.en))) for way, text in ORDERS.items()
}
HERE = Text(
    nl="Het antwoord zie jij alleen. Van de kaart wordt niets bewaard.",
    en="Only you see the answer. Nothing of the card is kept.",
)
DIRECT = Text(
    nl="Het antwoord komt in je privéberichten met mij en zie jij alleen. Van de kaart wordt niets bewaard.",
    en="The answer comes in your direct messages with me, and only you see it. Nothing of the card is kept.",
)
LOOKING = Text(
    nl="Ik zoek de kaart op. Het antwoord komt in je privéberichten met mij.",
    en="I am looking the card up. The answer will come in your direct messages with me.",
)
TOO_LATE = Text(
    nl="Slack was te traag om het formulier te openen. Typ `/uitpas kaart` opnieuw, of meteen met het nummer van de"
    " kaart erachter.",
    en="Slack was too slow to open the form. Type `/uitpas card` again, or with the number of the card after it at"
    " once.",
)


@dataclass(frozen=True, slots=True)
class CardForm:
    """What the form begins with. A `number` is only hinted at and can't be changed."""

    period: Period
    balie: Balie | None = None
    number: CardNumber | None = None
    sort: Sort = Sort.DATE
    order: Order = Order.DESC
    is_direct: bool = False


def form(shown: CardForm, language: Language) -> dict[str, Any]:
    """Return the form as a modal; its metadata is still to be added."""
    blocks: list[slack.Block] = [
        _number(shown, language),
        _balie(shown, language),
        _day(FIRST, FIRST_LABEL, shown.period.first.isoformat(), language),
        _day(LAST, LAST_LABEL, shown.period.last.isoformat(), language),
        _order(shown, language),
        context((DIRECT if shown.is_direct else HERE).say(language)),
    ]
    view = modal(TITLE, language, blocks, submit=SUBMIT, close=CANCEL)
    return {**view, "callback_id": CALLBACK}


def notice(text: str, language: Language) -> dict[str, Any]:
    """Return a modal that only says something, in mrkdwn."""
    return modal(TITLE, language, [section(text)], close=CLOSE)


def written(sort: Sort, order: Order) -> str:
    """Return an order as the value of an option."""
    return f"{sort}/{order}"


def _number(shown: CardForm, language: Language) -> slack.Block:
    if shown.number is not None:
        return section(CARD.say(language, card=masked(shown.number)))
    field = slack.PlainTextInput(
        action_id=NUMBER,
        max_length=MOST_TYPED,
        placeholder=hint(NUMBER_HINT, language),
        focus_on_load=True,
    )
    return slack.InputBlock(slack.PlainText(NUMBER_LABEL.say(language)), field, block_id=NUMBER)


def _balie(shown: CardForm, language: Language) -> slack.Block:
    chosen = slack.Option(slack.PlainText(named(shown.balie)), str(shown.balie.id)) if shown.balie else None
    menu = slack.ExternalSelectMenu(
        action_id=BALIE, placeholder=hint(BALIE_HINT, language), min_query_length=0, initial_option=chosen
    )
    return slack.InputBlock(slack.PlainText(BALIE_LABEL.say(language)), menu, block_id=BALIE)


def _day(action: str, label: Text, begins: str, language: Language) -> slack.Block:
    picker = slack.DatePicker(action_id=action, initial_date=begins)
    return slack.InputBlock(slack.PlainText(label.say(language)), picker, block_id=action)


def _order(shown: CardForm, language: Language) -> slack.Block:
    options = {
        way: slack.Option(slack.PlainText(text.say(language)), written(*way)) for way, text in ORDER_OPTIONS.items()
    }
    menu = slack.StaticSelectMenu(
        action_id=ORDER, options=list(options.values()), initial_option=options[shown.sort, shown.order]
    )
    return slack.InputBlock(slack.PlainText(ORDER_LABEL.say(language)), menu, block_id=ORDER)
