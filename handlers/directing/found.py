"""Found: people somebody means by what they typed, to be chosen by a button.

In: typed words and the roster. Out: persons, the best first, at most HITS_LIMIT. Forbidden here:
asking (whoever typed chooses); how words are understood (see `plans.directory`).
"""

from collections.abc import Sequence

from handlers.buttons import marked
from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans.directory import HitKind, directory_of
from plans.model import PersonId
from plans.roster import Roster

TYPED_LIMIT = 60
_PEOPLE: tuple[HitKind, ...] = ("person",)


def people_meant(roster: Roster, typed: str) -> list[PersonId]:
    """As /who finds them: by name, pinyin, plate, phone, role, region. Nobody who has left."""
    hits = directory_of(roster.company).find(typed[:TYPED_LIMIT], _PEOPLE)
    return [hit.id for hit in hits]


def which(reader: Reader, found: Sequence[PersonId], shown: int) -> Html:
    """ "Who is it?", and how many there are besides those shown."""
    more = Html("")
    if len(found) > shown:
        more = say(reader.lang, "directing.for_more", count=len(found))
    return say(reader.lang, "directing.re_which", more=more)


def person_of(roster: Roster, mark: str) -> PersonId | None:
    """The person whose mark a button carried; nobody for somebody who is gone by now."""
    found = marked(roster.company.people, mark)
    return found if found is not None and roster.is_active(found) else None


def told_apart(reader: Reader, person: PersonId) -> str:
    """For a button: name, role, region; two of one name differ in these or in their phones."""
    posts = reader.roster.roles_of(person)
    words = [reader.name(person)]
    if posts:
        words.append(reader.role(posts[0].role))
        words += [reader.region(posts[0].region)] if posts[0].region else []
    names = [known.name for known in reader.roster.company.people.values()]
    if names.count(reader.name(person)) > 1 and reader.phone(person):
        words.append(reader.phone(person)[-4:])
    return " · ".join(words)
