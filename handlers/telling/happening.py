"""A happening: one decision with all that is needed to tell people of it.

In: plan, incident before and after, events, roster, time. Out: names, times and places in words,
for one reader's language. Forbidden here: storing or sending.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.areas.shown import show_area
from handlers.catalogue import Html, plain, say
from handlers.reporting.choosing import goods_name
from handlers.reporting.facts import show_fact
from handlers.telling.pace import rounded
from plans.area import Area
from plans.duration import say_duration
from plans.events import Event
from plans.format import Plan, Step
from plans.incident import FactValue, Incident
from plans.moment import read_moment, say_moment
from plans.place import Place, map_link
from plans.roster import Roster
from plans.text import Lang


@dataclass(frozen=True)
class Happening:
    """`before` is None when the incident has just started; `heard_in` is the chat in which what
    led to it was said."""

    plan: Plan
    before: Incident | None
    after: Incident
    events: tuple[Event, ...]
    roster: Roster
    at: datetime
    heard_in: int | None = None

    def step(self, step: str) -> Step:
        return self.plan.step(step)


BRIEF = 60
# Today, tomorrow, the day after.
NAMED_DAYS = 2


def brief(text: str) -> str:
    """The beginning of what somebody typed, on one line: cards and lists must stay short."""
    line = " ".join(text.split())
    return line if len(line) <= BRIEF else f"{line[: BRIEF - 1]}…"


def _nothing_known(_: str) -> FactValue | None:
    return None


@dataclass(frozen=True)
class Reader:
    """Who reads: a language, with the company's names and clock. `known`: the facts beside the one
    being said, since a number of goods is said with its unit."""

    roster: Roster
    lang: Lang
    at: datetime
    known: Callable[[str], FactValue | None] = _nothing_known

    def about(self, incident: Incident) -> "Reader":
        """The same, of that incident's facts."""
        return replace(self, known=incident.fact)

    def name(self, person: str | None) -> str:
        """The person's name, or the word for nobody."""
        known = self.roster.person(person) if person else None
        return known.name if known else say(self.lang, "general.nobody")

    def author(self, person: str | None) -> str:
        """Whose change it was: a change that is nobody's came from the command line."""
        return self.name(person) if person else say(self.lang, "general.the_system")

    def names(self, people: Iterable[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(self.name(p) for p in people)

    def phone(self, person: str | None) -> str:
        """As written in the company file; Telegram makes it tap-to-call. Empty: none known."""
        known = self.roster.person(person) if person else None
        return (known.phone or "") if known else ""

    def mention(self, person: str) -> Html:
        """The name as a mention that notifies, or just the name for one without Telegram."""
        state = self.roster.state(person)
        name = plain(self.name(person))
        if state is None or state.telegram is None:
            return name
        return Html(f'<a href="tg://user?id={state.telegram}">{name}</a>')

    def role(self, role: str | None) -> str:
        known = self.roster.company.roles.get(role or "")
        return known.name.in_(self.lang) if known else (role or "")

    def name_and_role(self, person: str) -> str:
        """For a button: who, and as what."""
        posts = self.roster.roles_of(person)
        role = f" · {self.role(posts[0].role)}" if posts else ""
        return f"{self.name(person)}{role}"

    def region(self, region: str | None) -> str:
        known = self.roster.company.regions.get(region or "")
        if known is not None:
            return known.name.in_(self.lang)
        return self._gone(region) if region else ""

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.roster.company.company.time_zone)

    def moment(self, moment: datetime) -> str:
        """A moment ahead, with its date in any case."""
        return say_moment(moment, self.lang, self.zone)

    def soon(self, moment: datetime) -> str:
        """A moment for a button: of the next days by their names."""
        days = (moment.astimezone(self.zone).date() - self.at.astimezone(self.zone).date()).days
        if days > NAMED_DAYS or days < 0:
            return self.moment(moment)
        time = moment.astimezone(self.zone).strftime("%H:%M")
        return say(self.lang, f"form.day_{days}", time=time).unescape()

    def time(self, moment: datetime) -> str:
        """The company's clock time, with the date when it is not today."""
        local, today = moment.astimezone(self.zone), self.at.astimezone(self.zone)
        return local.strftime("%H:%M" if local.date() == today.date() else "%m-%d %H:%M")

    def minutes(self, minutes: int) -> str:
        """A number of minutes in words."""
        return say_duration(timedelta(minutes=minutes), self.lang)

    def left(self, due_at: datetime) -> Html:
        """Time left, or how late it is, in words."""
        if due_at > self.at:
            left = say_duration(rounded(due_at - self.at), self.lang)
            return say(self.lang, "cards.left", time=left)
        late = say_duration(rounded(self.at - due_at), self.lang)
        return say(self.lang, "cards.late", time=late)

    def place(self, place: Place) -> Html:
        """The typed text, else the coordinates, with a link to a map that opens on the phone."""
        shown = brief(place.text) or f"{place.lat:.5f}, {place.lon:.5f}"
        link = map_link(place)
        if link is None:
            return plain(shown)
        word = say(self.lang, "cards.map")
        return Html(f'{plain(shown)} <a href="{plain(link)}">{word}</a>')

    def fact(self, plan: Plan, name: str, value: FactValue) -> Html:
        """A fact's value in words."""
        if isinstance(value, Place):
            return self.place(value)
        if isinstance(value, Area):
            return plain(show_area(value, self.roster.company, self.lang))
        asked = plan.known().get(name)
        if asked is None and self.roster.person(str(value)):
            return plain(self.name(str(value)))
        if asked is None and str(value) in self.roster.company.regions:
            return plain(self.region(str(value)))  # of the store that keeps what is promised
        if asked is not None and asked.type == "customer":
            customer = self.roster.company.customers.get(str(value))
            return plain(customer.name if customer else self._gone(str(value)))
        if asked is not None and asked.type == "goods":
            return plain(self._goods(plan, name, str(value)))
        if asked is not None and asked.unit_of is not None and isinstance(value, int):
            return plain(self.amount(str(self.known(asked.unit_of)), value))
        moment = read_moment(str(value)) if asked and asked.type == "time" else None
        if moment is not None:
            return plain(self.moment(moment))
        return plain(show_fact(asked, value, self.lang))

    def _gone(self, id_: str) -> str:
        """What has left the company file, by all that is known of it."""
        return say(self.lang, "general.gone", id=id_).unescape()

    def _goods(self, plan: Plan, name: str, goods: str) -> str:
        """With the unit, unless a number of them that is known says it."""
        numbers = (n for n, asked in plan.known().items() if asked.unit_of == name)
        if any(self.known(number) is not None for number in numbers):
            known = self.roster.company.goods.get(goods)
            return known.name if known else self._gone(goods)
        listed = goods in self.roster.company.goods
        return goods_name(self.roster, goods, self.lang) if listed else self._gone(goods)

    def amount(self, goods: str | None, count: int) -> str:
        """A number of goods with their unit, as far as they have one."""
        known = self.roster.company.goods.get(goods or "")
        unit = known.unit if known else ""
        blank = " " if unit and self.lang == "en" else ""
        return f"{count}{blank}{unit}"

    def brief_fact(self, plan: Plan, name: str, value: FactValue) -> Html:
        """The same where there is room for a few words only."""
        return self.fact(plan, name, brief(value) if isinstance(value, str) else value)
