"""What the form asks, one question a stage.

In: a visit. Out: the question as a message. Forbidden here: reading the answer (see `form`).
"""

from collections.abc import Callable

from handlers.buttons import button
from handlers.catalogue import say
from handlers.paging import paged
from handlers.registration.documents import POSTS_LIMIT, Stage, Visit
from handlers.registration.visitor import Visitor
from handlers.registration.words import posts_in_words
from plans.text import Lang
from storage.delivery import Button, Keyboard, Message

# The other language, and what it is called in itself.
OTHER: dict[Lang, tuple[Lang, str]] = {"zh": ("en", "English"), "en": ("zh", "中文")}


def question(visitor: Visitor, visit: Visit, page: int = 0) -> Message:
    """What is asked at the visit's stage; `page` of a long list."""
    return _QUESTIONS[visit.stage](visitor, visit, page)


def with_contact_button(lang: Lang, key: str, **values: object) -> Message:
    """Words with the button that sends one's own number in place of the phone's keyboard."""
    labels = (OTHER[lang][1], say(lang, "registration.cancel").unescape())
    contact = say(lang, "registration.send_phone").unescape()
    return Message(text=say(lang, key, **values), keyboard=Keyboard(contact=contact, labels=labels))


def _ask_phone(visitor: Visitor, visit: Visit, _: int) -> Message:
    company = visitor.roster.company.company.name.in_(visit.lang)
    key = "registration.claim_phone" if visit.claiming else "registration.phone"
    return with_contact_button(visit.lang, key, company=company)


def _ask_whether(visitor: Visitor, visit: Visit, _: int) -> Message:
    reader = visitor.reader
    person = visitor.roster.company.people[visit.person or ""]
    text = say(
        visit.lang,
        "registration.is_it_you",
        name=person.name,
        posts=posts_in_words(reader, person.roles),
    )
    yes = button(say(visit.lang, "registration.yes"), "reg", "yes", "")
    no = button(say(visit.lang, "registration.no"), "reg", "no", "")
    return Message(text=text, buttons=((yes, no), _below(visit.lang, back=False)))


def _ask_name(visitor: Visitor, visit: Visit, _: int) -> Message:
    label = say(visit.lang, "registration.use_name", name=visitor.telegram_name)
    rows = ((button(label, "reg", "name", ""),), _below(visit.lang))
    key = "registration.claim_name" if visit.claiming else "registration.name"
    return Message(text=say(visit.lang, key), buttons=rows)


def _ask_department(visitor: Visitor, visit: Visit, page: int) -> Message:
    departments = visitor.roster.company.departments.items()
    choices = [(id_, d.name.in_(visit.lang)) for id_, d in departments]
    return _choice(visit, "department", choices, page)


def _ask_role(visitor: Visitor, visit: Visit, page: int) -> Message:
    roles = visitor.roster.company.roles.items()
    choices = [(i, r.name.in_(visit.lang)) for i, r in roles if r.department == visit.department]
    return _choice(visit, "role", choices, page)


def _ask_region(visitor: Visitor, visit: Visit, page: int) -> Message:
    regions = visitor.roster.company.regions.items()
    return _choice(visit, "region", [(i, r.name.in_(visit.lang)) for i, r in regions], page)


def _review(visitor: Visitor, visit: Visit, _: int) -> Message:
    text = say(
        visit.lang,
        "registration.review",
        name=visit.name,
        phone=visit.phone,
        posts=posts_in_words(visitor.reader, visit.posts),
    )
    rows = [(button(say(visit.lang, "registration.send"), "reg", "send", ""),)]
    if len(visit.posts) < POSTS_LIMIT:
        rows.append((button(say(visit.lang, "registration.more"), "reg", "more", ""),))
    rows.append((button(say(visit.lang, "registration.again"), "reg", "again", ""),))
    return Message(text=text, buttons=(*rows, _below(visit.lang)))


def _choice(visit: Visit, what: str, choices: list[tuple[str, str]], page: int) -> Message:
    buttons = [button(label, "reg", what, id_) for id_, label in choices]
    rows = paged(buttons, page, lambda label, to: button(label, "reg", "page", to))
    text = say(visit.lang, f"registration.{what}")
    return Message(text=text, buttons=(*rows, _below(visit.lang)))


def _below(lang: Lang, *, back: bool = True) -> tuple[Button, ...]:
    quit_ = button(say(lang, "registration.cancel"), "reg", "quit", "")
    return (button(say(lang, "registration.back"), "reg", "back", ""), quit_) if back else (quit_,)


_QUESTIONS: dict[Stage, Callable[[Visitor, Visit, int], Message]] = {
    "phone": _ask_phone,
    "confirm": _ask_whether,
    "name": _ask_name,
    "department": _ask_department,
    "role": _ask_role,
    "region": _ask_region,
    "review": _review,
}
