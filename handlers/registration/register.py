"""The register of people, changed: what an administrator has decided, written down.

In: a turn, the roster, what has been decided. Out: documents. Forbidden here: asking whether it may
be decided, and telling anybody.
"""

from handlers.documents import PEOPLE
from handlers.records.registers import MEMBERS, RegisteredPerson
from plans.company import Person, PersonId
from plans.phone import last_digits, phone_key
from plans.roster import PersonState, Roster
from plans.text import Lang
from storage.port import Turn


def by_phone(roster: Roster, phone: str, *, retired: bool = False) -> list[PersonId]:
    """Whose number it is in the register; several, when some share one."""
    key = phone_key(phone)
    return [
        id_
        for id_, person in roster.company.people.items()
        if person.retired == retired and key and phone_key(person.phone or "") == key
    ]


def retired_by_telegram(roster: Roster, telegram: int) -> PersonId | None:
    """Who had this account until they left."""
    for id_, person in roster.company.people.items():
        state = roster.state(id_)
        if person.retired and state is not None and state.telegram == telegram:
            return id_
    return None


def same_name(roster: Roster, name: str) -> list[PersonId]:
    wanted = "".join(name.split()).casefold()
    people = roster.company.people.items()
    return [id_ for id_, p in people if "".join(p.name.split()).casefold() == wanted]


async def new_person_id(turn: Turn, roster: Roster) -> PersonId:
    while True:
        id_ = f"p_{await turn.next_number('person')}"
        if id_ not in roster.company.people and await turn.get(MEMBERS, id_) is None:
            return id_


def write_person(turn: Turn, id_: PersonId, person: Person) -> None:
    turn.put(MEMBERS, RegisteredPerson(id=id_, record=person))


async def change_state(turn: Turn, roster: Roster, id_: PersonId, **changes: object) -> None:
    """Change what is known of somebody from hour to hour. KeyError: nobody has this id."""
    state = await turn.get(PEOPLE, id_) or roster.state(id_)
    if state is None:
        raise KeyError(id_)
    turn.put(PEOPLE, state.model_copy(update=changes))


def new_state(turn: Turn, id_: PersonId, telegram: int, lang: Lang, *, administrator: bool) -> None:
    """Somebody who has just come in, writing to us."""
    state = PersonState(
        person=id_, telegram=telegram, language=lang, started=True, administrator=administrator
    )
    turn.put(PEOPLE, state)


def account_of(roster: Roster, id_: PersonId) -> int | None:
    state = roster.state(id_)
    return state.telegram if state is not None and roster.is_active(id_) else None


def ready_administrators(roster: Roster) -> list[PersonId]:
    """Those administrators who can be asked: they have an account."""
    return [p for p in roster.administrators() if account_of(roster, p) is not None]


def is_last_administrator(roster: Roster, id_: PersonId) -> bool:
    """Whether nobody could put it right again without this person."""
    return ready_administrators(roster) == [id_]


def told_apart(roster: Roster, id_: PersonId, lang: Lang) -> str:
    """The name with region and last digits, so that two of one name differ."""
    person = roster.company.people[id_]
    regions = [roster.company.regions.get(post.region or "") for post in person.roles]
    region = next((r.name.in_(lang) for r in regions if r is not None), "")
    return " ".join(part for part in (person.name, region, last_digits(person.phone)) if part)
