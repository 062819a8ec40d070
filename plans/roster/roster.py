"""Who is there now: the company file with what has changed since laid over it.

In: a `Company` and the states of people, groups and vehicles; time comes as an argument. Out: who
holds what, who can be told, which group to post in. Forbidden here: deciding to tell anybody (the
engine does) and any clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from plans.company.ids import DepartmentId, GoodsId, GroupId, PersonId, RegionId, RoleId
from plans.company.model import Capability, Company, Group, Person, Post
from plans.plate import Plate
from plans.roster.states import GroupState, PersonState, Shift
from plans.stock import Holding
from plans.text import Lang
from plans.vehicles import VehicleState

CanBeTold = Literal["yes", "away", "unreachable", "no_telegram"]


@dataclass(frozen=True)
class Roster:
    """The company at one moment. Whoever is missing from a mapping is as the file says. `staying`
    are those to whom an absence does not apply, `acting` whoever commands in a chief's place: see
    `for_incident`."""

    company: Company
    people: Mapping[PersonId, PersonState] = field(default_factory=dict)
    groups: Mapping[GroupId, GroupState] = field(default_factory=dict)
    vehicles: Mapping[Plate, VehicleState] = field(default_factory=dict)
    shifts: tuple[Shift, ...] = ()
    staying: frozenset[PersonId] = frozenset()
    acting: tuple[PersonId, ...] = ()
    stock: Mapping[tuple[RegionId, GoodsId], Holding] = field(default_factory=dict)

    # People

    def person(self, person: PersonId) -> Person | None:
        return self.company.people.get(person)

    def state(self, person: PersonId) -> PersonState | None:
        """None for somebody the company file does not (or no longer) know."""
        known = self.company.people.get(person)
        if known is None:
            return None
        return self.people.get(person) or PersonState(
            person=person,
            telegram=known.telegram,
            language=known.language or self.company.language,
        )

    def person_by_telegram(self, telegram: int) -> PersonId | None:
        """Nobody for somebody who is retired: they have no more rights than a stranger."""
        if (found := self._changed_telegrams.get(telegram)) is not None:
            return found
        by_file = self.company.people_by_telegram.get(telegram)
        return None if by_file in self.people else by_file

    def language_of(self, person: PersonId) -> Lang:
        state = self.state(person)
        return self.company.language if state is None else state.language

    def roles_of(self, person: PersonId) -> tuple[Post, ...]:
        known = self.company.people.get(person)
        return () if known is None or known.retired else known.roles

    def can_be_told(self, person: PersonId, at: datetime) -> CanBeTold:
        """Whether a private message can be tried at `at` (with time zone).

        Whoever never pressed Start counts as "yes": only trying shows it, by a 403.
        """
        state = self.state(person)
        if state is None or state.telegram is None or not self.is_active(person):
            return "no_telegram"
        if not state.reachable:
            return "unreachable"
        return "away" if self.is_away(person, at) else "yes"

    def is_away(self, person: PersonId, at: datetime) -> bool:
        state = self.state(person)
        return state is not None and person not in self.staying and state.is_away(at)

    def for_incident(self, number: int) -> "Roster":
        """The roster as that incident sees it: whoever has said to stay until it ends is there,
        whatever else stands about them; whoever acts as its commander is in command."""
        staying, acting = self._staying_for.get(number), self._acting_in.get(number)
        if staying is None and acting is None:
            return self
        return replace(self, staying=staying or frozenset(), acting=acting or ())

    def acting_for(self, person: PersonId, at: datetime) -> PersonId:
        """The person, or while away the stand-in, or that one's stand-in, and so on.

        The person again when no stand-in is there who is not away.
        """
        seen = [person]
        while self.can_be_told(seen[-1], at) == "away":
            state = self.state(seen[-1])
            if state is None or state.stand_in is None or state.stand_in in seen:
                return person
            seen.append(state.stand_in)
        return seen[-1]

    def stand_in_of(self, person: PersonId, at: datetime) -> PersonId | None:
        """Who answers now for somebody who is away; None when nobody does, or they are there."""
        acting = self.acting_for(person, at)
        return None if acting == person else acting

    # Roles

    def on_duty(self, role: RoleId, region: RegionId | None, at: datetime) -> tuple[PersonId, ...]:
        """Who is on duty for the role by the rota, and those holders who stay for the incident;
        nobody when the rota has nobody at that time."""
        known = self.company.roles.get(role)
        where = region if known is not None and known.scope == "region" else None
        by_rota = _once(
            shift.person
            for shift in self._shifts_of.get((role, where), ())
            if shift.since <= at < shift.until and self.is_active(shift.person)
        )
        if not by_rota:
            return ()
        return _once((*by_rota, *(p for p in self.holders(role, region) if p in self.staying)))

    def is_on_shift(self, person: PersonId, at: datetime) -> bool:
        """Whether the rota has the person on duty for any role at that time."""
        return bool(self._on_shift(person, at))

    def posted(self, role: RoleId, region: RegionId | None, at: datetime) -> tuple[PersonId, ...]:
        """Everybody to whom the role is given at that time: by the rota, as holder or deputy."""
        by_rota = self.on_duty(role, region, at)
        return _once((*by_rota, *self.holders(role, region), *self.deputies(role, region)))

    def serves(self, person: PersonId, region: RegionId, at: datetime) -> bool:
        """Whether the person has a role, or a shift just now, in the region or company-wide."""
        shifts = self._on_shift(person, at)
        regions = (*(post.region for post in self.roles_of(person)), *(s.region for s in shifts))
        return self.is_active(person) and (region in regions or None in regions)

    def _on_shift(self, person: PersonId, at: datetime) -> list[Shift]:
        return [s for s in self._shifts_by.get(person, ()) if s.since <= at < s.until]

    def holders(self, role: RoleId, region: RegionId | None) -> tuple[PersonId, ...]:
        return self.company.posted(role, region, "holder")

    def deputies(self, role: RoleId, region: RegionId | None) -> tuple[PersonId, ...]:
        return self.company.posted(role, region, "deputy")

    def superiors(self, role: RoleId, region: RegionId | None) -> tuple[PersonId, ...]:
        """Everybody up the chain, nearest first, holders before deputies, nobody twice."""
        return _once(
            person
            for above in self.company.chain(role)
            for person in (*self.holders(above, region), *self.deputies(above, region))
        )

    def command(self) -> tuple[PersonId, ...]:
        """Everyone in command: who is told when nobody else answers. While none of them has come
        to Telegram yet, those who look after the bot, too."""
        commanding = _once((*self._in_roles(self.company.command), *self.acting))
        if any(self._has_account(person) for person in commanding):
            return commanding
        return _once((*commanding, *self.named_administrators()))

    def chiefs(self) -> tuple[PersonId, ...]:
        """Who commands a major incident by post, in the order of succession."""
        return self._in_roles(self.company.chiefs or self.company.command)

    def acts_somewhere(self, person: PersonId) -> bool:
        """Whether the person acts as commander of an open incident."""
        state = self.people.get(person)
        return state is not None and bool(state.acts_in) and self.is_active(person)

    def administrators(self) -> tuple[PersonId, ...]:
        """Who looks after Muster itself; everyone in command when nobody is named."""
        return self.named_administrators() or self._in_roles(self.company.command)

    def named_administrators(self) -> tuple[PersonId, ...]:
        """Those who hold a role in `administrators`, or were made administrators in the chat."""
        made = (person for person in self._made_administrators if self.is_active(person))
        return _once((*self._in_roles(self.company.administrators), *made))

    def may(self, person: PersonId, what: Capability, region: RegionId | None = None) -> bool:
        """Whether one of the person's roles has the capability: in `region` (None: anywhere) for
        regional roles, everywhere for company-wide ones; everyone in command may all of it."""
        if person in self.command():
            return True
        roles = self.company.roles
        return any(
            what in roles[post.role].may and (region is None or post.region in (region, None))
            for post in self.roles_of(person)
            if post.role in roles
        )

    def is_active(self, person: PersonId) -> bool:
        """Whether the company knows the person, and not as retired."""
        known = self.company.people.get(person)
        return known is not None and not known.retired

    def _has_account(self, person: PersonId) -> bool:
        state = self.state(person)
        return state is not None and state.telegram is not None

    def _in_roles(self, roles: Iterable[RoleId]) -> tuple[PersonId, ...]:
        return _once(
            person
            for role in roles
            for person in (*self.holders(role, None), *self.deputies(role, None))
        )

    def stands_above(
        self, person: PersonId, role: RoleId, region: RegionId | None, at: datetime
    ) -> bool:
        """Has a role up the chain from `role` (by the rota, too), or is in command."""
        chain = self.company.chain(role)
        above = any(person in self.posted(higher, region, at) for higher in chain)
        return above or person in self.command()

    # Groups

    def group_for(self, department: DepartmentId, region: RegionId | None) -> GroupId | None:
        """A department's usable group: the region's own, else company-wide, else headquarters'."""
        for wanted in (region, None, self.company.company.headquarters):
            if (found := self._usable_groups.get((department, wanted))) is not None:
                return found
        return None

    def group(self, group: GroupId) -> Group | None:
        return self.company.groups_by_id.get(group)

    def group_state(self, group: GroupId) -> GroupState | None:
        known = self.company.groups_by_id.get(group)
        if known is None:
            return None
        return self.groups.get(group) or GroupState(
            group=group, chat=known.chat, language=known.language or self.company.language
        )

    def chat_of(self, group: GroupId) -> int | None:
        """The chat to post in, or None when there is none or the bot cannot use it."""
        state = self.group_state(group)
        return state.chat if state is not None and state.usable else None

    def group_by_chat(self, chat: int) -> GroupId | None:
        for group in self.company.groups:
            state = self.group_state(group.id)
            if state is not None and state.chat == chat:
                return group.id
        return None

    # Vehicles

    def vehicle_of(self, driver: PersonId) -> Plate | None:
        """The vehicle somebody drives every day; a spare they bring only if there is no other."""
        driven = [p for p, vehicle in self.company.vehicles.items() if vehicle.driver == driver]
        return min(driven, key=lambda plate: self.company.vehicles[plate].spare, default=None)

    def vehicle_state(self, plate: Plate) -> VehicleState:
        return self.vehicles.get(plate) or VehicleState(plate=plate)

    # Stock

    @cached_property
    def holdings(self) -> Mapping[tuple[RegionId, GoodsId], Holding]:
        """All that lies in the stores: the company file's, with what has been counted since; not
        goods or regions that are no more. In the company's order of regions, then of goods."""
        company = self.company
        places = {**_file_stock(company), **self.stock}
        regions = {id_: n for n, id_ in enumerate(company.regions)}
        goods = {id_: n for n, id_ in enumerate(company.goods)}
        known = [(r, g) for r, g in places if r in regions and g in goods]
        known.sort(key=lambda key: (regions[key[0]], goods[key[1]]))
        return {key: places[key] for key in known}

    @cached_property
    def held_in(self) -> Mapping[RegionId, Sequence[Holding]]:
        """The same store by store; no region in whose store nothing lies."""
        found: dict[RegionId, list[Holding]] = {}
        for (region, _), holding in self.holdings.items():
            found.setdefault(region, []).append(holding)
        return found

    def holding(self, region: RegionId, goods: GoodsId) -> Holding:
        """What lies there of the goods; nothing, where nobody has ever said."""
        known = self.holdings.get((region, goods)) or self.stock.get((region, goods))
        return known or Holding(region=region, goods=goods)

    def store_keepers(self, region: RegionId, holding: Holding | None = None) -> Sequence[PersonId]:
        """Who answers for a region's store: the holding's own keeper; else who holds the first of
        the region's roles that count stock; nobody where there is none."""
        named = holding.keeper if holding is not None else None
        if named is not None and self.is_active(named):
            return (named,)
        roles = [r for r, role in self.company.roles.items() if "stock" in role.may]
        regional = [r for r in roles if self.company.roles[r].scope == "region"]
        found = (self.holders(r, region) or self.deputies(r, region) for r in regional)
        return next((people for people in found if people), ())

    @cached_property
    def _usable_groups(self) -> Mapping[tuple[DepartmentId, RegionId | None], GroupId]:
        """The first of each department in each region, or (None) company-wide, in which the bot can
        post. A card asks for the group of every step."""
        found: dict[tuple[DepartmentId, RegionId | None], GroupId] = {}
        for group in self.company.groups:
            if self.chat_of(group.id) is not None:
                found.setdefault((group.department, group.region), group.id)
        return found

    @cached_property
    def _made_administrators(self) -> tuple[PersonId, ...]:
        return tuple(person for person, state in self.people.items() if state.administrator)

    @cached_property
    def _shifts_of(self) -> Mapping[tuple[RoleId, RegionId | None], Sequence[Shift]]:
        found: dict[tuple[RoleId, RegionId | None], list[Shift]] = {}
        for shift in self.shifts:
            found.setdefault((shift.role, shift.region), []).append(shift)
        return found

    @cached_property
    def _shifts_by(self) -> Mapping[PersonId, Sequence[Shift]]:
        found: dict[PersonId, list[Shift]] = {}
        for shift in self.shifts:
            found.setdefault(shift.person, []).append(shift)
        return found

    @cached_property
    def _staying_for(self) -> Mapping[int, frozenset[PersonId]]:
        found: dict[int, frozenset[PersonId]] = {}
        for person, state in self.people.items():
            for number in state.stays_for:
                found[number] = found.get(number, frozenset()) | {person}
        return found

    @cached_property
    def _acting_in(self) -> Mapping[int, tuple[PersonId, ...]]:
        acting = ((n, p) for p, state in self.people.items() for n in state.acts_in)
        return {number: (person,) for number, person in acting if self.is_active(person)}

    @cached_property
    def _changed_telegrams(self) -> Mapping[int, PersonId]:
        return {
            state.telegram: person
            for person, state in self.people.items()
            if state.telegram is not None and self.is_active(person)
        }


def _file_stock(company: Company) -> dict[tuple[RegionId, GoodsId], Holding]:
    return {
        (region, goods): Holding(
            region=region,
            goods=goods,
            count=shelf.count,
            minimum=shelf.minimum,
            keeper=shelf.keeper,
        )
        for region, shelves in company.stock.items()
        for goods, shelf in shelves.items()
    }


def _once(people: Iterable[PersonId]) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(people))
