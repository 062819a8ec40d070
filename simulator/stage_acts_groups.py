"""The page's orders about who is there: newcomers, languages, groups, and how the bot stands in
them. In: JSON. Out: JSON, after the stage has done it.

KeyError: something is missing; TypeError, ValueError: it cannot be read. Forbidden here: HTTP, and
what people write (`stage_acts`).
"""

from collections.abc import Callable

from simulator.messages import Json
from simulator.stage import Stage

Act = Callable[[Stage, int, Json], Json]


def _member(stage: Stage, order: Json) -> int:
    """Whom it is about: a person's id, or "bot"."""
    return stage.world.bot.id if order["member"] == "bot" else int(order["member"])


def _newcomer(stage: Stage, who: int, order: Json) -> Json:
    phone, language = order.get("phone"), order.get("language") or None
    person = stage.add_newcomer(str(order["name"]), str(phone or ""), language)
    return {"person": person.id}


def _language(stage: Stage, who: int, order: Json) -> Json:
    stage.set_language(who, str(order["language"]) or None)
    return {}


def _phone(stage: Stage, who: int, order: Json) -> Json:
    stage.set_phone(who, str(order["phone"]))
    return {}


def _deactivate(stage: Stage, who: int, order: Json) -> Json:
    stage.deactivate(who)
    return {}


def _block(stage: Stage, who: int, order: Json) -> Json:
    stage.block(who)
    return {}


def _unblock(stage: Stage, who: int, order: Json) -> Json:
    stage.unblock(who)
    return {}


def _create_group(stage: Stage, who: int, order: Json) -> Json:
    members = [int(member) for member in order.get("members", [])]
    bot = bool(order.get("with_bot", True))
    return {"chat": stage.create_group(who, str(order["title"]), members, bot=bot).id}


def _join(stage: Stage, who: int, order: Json) -> Json:
    stage.join(who, int(order["chat"]))
    return {}


def _bring(stage: Stage, who: int, order: Json) -> Json:
    stage.join(int(order["member"]), int(order["chat"]), by=who)
    return {}


def _leave(stage: Stage, who: int, order: Json) -> Json:
    stage.leave(who, int(order["chat"]))
    return {}


def _add_bot(stage: Stage, who: int, order: Json) -> Json:
    stage.add_bot(who, int(order["chat"]))
    return {}


def _remove_bot(stage: Stage, who: int, order: Json) -> Json:
    stage.remove_bot(who, int(order["chat"]))
    return {}


def _restrict_bot(stage: Stage, who: int, order: Json) -> Json:
    can_send = bool(order.get("can_send"))
    return {"chat": stage.restrict_bot(who, int(order["chat"]), can_send=can_send).id}


def _promote(stage: Stage, who: int, order: Json) -> Json:
    """By the group's creator, whoever asks: a visitor holds all the phones."""
    member, anonymous = _member(stage, order), bool(order.get("anonymous"))
    return {"chat": stage.promote(member, int(order["chat"]), anonymous=anonymous).id}


def _demote(stage: Stage, who: int, order: Json) -> Json:
    stage.demote(_member(stage, order), int(order["chat"]))
    return {}


def _migrate(stage: Stage, who: int, order: Json) -> Json:
    return {"chat": stage.migrate(int(order["chat"]))}


GROUP_ACTS: dict[str, Act] = {
    "newcomer": _newcomer,
    "language": _language,
    "phone": _phone,
    "deactivate": _deactivate,
    "block": _block,
    "unblock": _unblock,
    "create_group": _create_group,
    "join": _join,
    "bring": _bring,
    "leave": _leave,
    "add_bot": _add_bot,
    "remove_bot": _remove_bot,
    "restrict_bot": _restrict_bot,
    "promote": _promote,
    "demote": _demote,
    "migrate": _migrate,
}
