"""Which conversations a person sees, reads and writes in. Follows Slack's roles and channel types."""

from bot.sandbox.slack.records import Channel, Person


def sees(person: Person, channel: Channel) -> bool:
    """Whether that person knows there is such a conversation: guests and strangers only where they are in."""
    outsider = person.is_restricted or person.is_stranger
    return reads(person, channel) or (channel.kind == "public" and not outsider)


def reads(person: Person, channel: Channel) -> bool:
    """Whether that person reads along."""
    return person.id in channel.members


def writes(person: Person, channel: Channel) -> bool:
    """Whether that person can type there."""
    return reads(person, channel) and not person.deleted and not channel.is_archived


def acts(person: Person) -> bool:
    """Whether that person uses this workspace: no bot, no closed account, nobody of another team."""
    return not (person.is_bot or person.deleted or person.is_stranger)
