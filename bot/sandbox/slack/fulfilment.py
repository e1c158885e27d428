"""What Slack itself says about the inputs of a modal before the app hears of a submission.

Follows the Block Kit reference, "Input block" and "Plain-text input".
"""

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.choices import content_of, state_of
from bot.sandbox.slack.records import Json, View

_SENTENCES = {
    "required": ("Please complete this required field.", "Vul dit verplichte veld in."),
    "short": ("Please enter at least {} characters.", "Vul minstens {} tekens in."),
    "long": ("Please enter at most {} characters.", "Vul hoogstens {} tekens in."),
}


def complaints(view: View, locale: str) -> dict[str, str]:
    """Return a sentence for every input block that can't be submitted as it is filled in."""
    state = state_of(view.blocks, view.state)
    found: dict[str, str] = {}
    for block in view.blocks:
        for element in elements(block) if block["type"] == "input" else ():
            entry = state.get(block["block_id"], {}).get(element["action_id"])
            if entry is not None and (sentence := _complaint(block, element, content_of(entry), locale)):
                found[block["block_id"]] = sentence
    return found


def _complaint(block: Json, element: Json, content: object, locale: str) -> str | None:
    if content in (None, "", []):
        return None if block.get("optional") else _sentence("required", locale)
    if isinstance(content, str) and element["type"] == "plain_text_input":
        if len(content) < (least := element.get("min_length", 0)):
            return _sentence("short", locale, least)
        if len(content) > (most := element.get("max_length", 3_000)):
            return _sentence("long", locale, most)
    return None


def _sentence(name: str, locale: str, number: int = 0) -> str:
    english, dutch = _SENTENCES[name]
    return (dutch if locale.startswith("nl") else english).format(number)
