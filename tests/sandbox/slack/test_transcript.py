"""A conversation as a person reads it."""

from bot.sandbox.slack import World
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.clocks import HandClock


def words(text: str, kind: str = "plain_text") -> Json:
    """Return a text object."""
    return {"type": kind, "text": text}


def test_a_conversation_reads_as_slack_shows_it(clock: HandClock) -> None:
    world = World(now=clock.now)
    bot, desk = world.team.bot_user_id, world.channel("balie-de-sluis").id
    lien = world.person("lien").id
    root = world.talk.say(
        desk,
        bot,
        "Onkostennota",
        blocks=[
            {"type": "header", "text": words("Onkostennota")},
            {
                "type": "section",
                "text": words(f"Gevraagd door <@{lien}> in <#{desk}>: *De Werf &amp; co*", "mrkdwn"),
                "fields": [words("*Van*\n1 juli 2026", "mrkdwn"), words("*Tot*\n30 september 2026", "mrkdwn")],
            },
            {"type": "context", "elements": [words("Laatst <!date^1789371000^{time}|09:30> gezien", "mrkdwn")]},
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "action_id": "a", "text": words("Annuleren")},
                    {"type": "static_select", "action_id": "b", "placeholder": words("Balie"), "options": []},
                ],
            },
        ],
    )
    clock.forward(minutes=2)
    rows = [["Gemeente", "Bedrag"], ["Aalst", "€ 1.031,25"], ["Gent", "€ 8,00"]]
    cells = [[{"type": "raw_text", "text": cell} for cell in row] for row in rows]
    upload = world.filing.expect("nota.zip", 1234)
    upload.content = b"x" * 1234
    world.filing.complete(upload.id, "", bot)
    world.share([upload.id], desk, text="", thread_ts=root.ts, user=bot)
    table = {"type": "table", "rows": cells, "column_settings": [{}, {"align": "right"}]}
    world.talk.say(desk, bot, "Klaar", blocks=[table], thread_ts=root.ts)
    world.talk.edit(world.say("bram", desk, "_Mooi_ <https://uitpas.be|zo>"), text="_Mooi_ &lt;3")
    world.talk.whisper(desk, bot, "Alleen jij", only_for=lien)
    assert world.transcript("balie-de-sluis", viewer="lien") == (
        "#balie-de-sluis\n"
        "\n"
        "──── 14/09/2026 ────\n"
        "\n"
        "09:30  Baliebot (app)\n"
        "       Onkostennota\n"
        "       ────────────\n"
        "       Gevraagd door @Lien Vermeire in #balie-de-sluis: De Werf & co\n"
        "       Van  1 juli 2026\n"
        "       Tot  30 september 2026\n"
        "       Laatst 09:30 gezien\n"
        "       [Annuleren] [Balie ▾]\n"
        "\n"
        "    09:32  Baliebot (app)\n"
        "           📎 nota.zip (1.2 kB)\n"
        "\n"
        "    09:32  Baliebot (app)\n"
        "           Gemeente      Bedrag\n"
        "           Aalst     € 1.031,25\n"
        "           Gent          € 8,00\n"
        "\n"
        "09:32  Bram De Coster\n"
        "       Mooi <3\n"
        "       (edited)\n"
        "\n"
        "09:32  Baliebot (app)   (only visible to you)\n"
        "       Alleen jij"
    )
    assert "Alleen jij" not in world.transcript("balie-de-sluis")


def test_rich_text_reads_as_paragraphs_and_lists() -> None:
    world = World()
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Een"}]}
    mention = {"type": "user", "user_id": world.person("noor").id}
    listed = {"type": "rich_text_section", "elements": [mention, {"type": "text", "text": " keurt goed"}]}
    blocks = [
        {"type": "rich_text", "elements": [part, {"type": "rich_text_list", "style": "ordered", "elements": [listed]}]}
    ]
    world.talk.say(world.channel("algemeen").id, world.team.bot_user_id, "x", blocks=blocks)
    assert world.transcript("algemeen").splitlines()[-2:] == ["       Een", "       1. @Noor Claeys keurt goed"]
