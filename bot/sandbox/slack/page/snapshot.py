"""All one person sees of the workspace at one moment, as JSON; nothing that they don't."""

from bot.sandbox.slack.installation import Installation
from bot.sandbox.slack.page.messages import conversations
from bot.sandbox.slack.page.views import shown
from bot.sandbox.slack.records import Json, Person
from bot.sandbox.slack.sight import acts, sees
from bot.sandbox.slack.world import World


def snapshot(world: World, installation: Installation, person: Person) -> Json:
    """Return the world as that person has it before them; nothing is changed by looking."""
    home = world.home(person.id) if installation.has_home else None
    return {
        "revision": world.revision,
        "team": {"id": world.team.id, "name": world.team.name, "url": f"https://{world.team.domain}.slack.com/"},
        "app": _app(world, installation),
        "me": {name: getattr(person, name) for name in ("id", "name", "real_name", "locale")},
        "people": [_person(one) for one in world.people.values()],
        "channels": {one.id: one.name for one in world.talk.channels.values() if one.name and sees(person, one)},
        "conversations": conversations(world, person),
        "views": [shown(world, view) for view in world.views(person.id)],
        "home": shown(world, home) if home else None,
    }


def _app(world: World, installation: Installation) -> Json:
    bot = world.person(world.team.bot_user_id)
    return {
        "user": bot.id,
        "name": bot.real_name,
        "has_home": installation.has_home,
        "commands": installation.commands,
        "shortcuts": installation.shortcuts,
    }


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "is_bot": person.is_bot,
        "is_guest": person.is_restricted,
        "is_admin": person.is_admin,
        "can_act": acts(person),
    }
