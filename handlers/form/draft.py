"""Drafts: what a form knows, what it still needs, whether it would be refused.

In: a plan, a draft, the roster, the time. Out: facts, fields, the draft moved on. Forbidden here:
messages, storing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from handlers.form.documents import Draft
from handlers.reporting.facts import unit_of
from handlers.reporting.gated import culprit
from plans.engine.conditions import hold
from plans.engine.defaults import attributes
from plans.engine.gating import refusing
from plans.engine.knowing import is_valid
from plans.format import Ask, Before, Plan
from plans.incident import FactValue
from plans.model import FactName
from plans.moment import read_moment
from plans.roster import Roster


@dataclass(frozen=True)
class Filled:
    """A draft against its plan. Fields whose condition does not hold are not there."""

    plan: Plan
    draft: Draft
    roster: Roster
    at: datetime

    @cached_property
    def facts(self) -> Mapping[FactName, FactValue]:
        """What is known and asked for: in the plan's order, a field's condition seeing those before
        it. What has left the register meanwhile, or is no answer any more (its moment has passed,
        the plan is another), is not known."""
        known: dict[FactName, FactValue] = {}
        for name, ask in self.plan.ask.items():
            value = self.draft.facts.get(name)
            if value is not None and self._is_there(name, value) and self._applies(ask, known):
                known[name] = value
        return known

    @cached_property
    def fields(self) -> tuple[FactName, ...]:
        """The questions that are to be answered or may be."""
        return tuple(n for n, ask in self.plan.ask.items() if self._applies(ask, self.facts))

    @property
    def missing(self) -> tuple[FactName, ...]:
        """What is required and not there."""
        return tuple(
            name for name in self.fields if self.plan.ask[name].required and name not in self.facts
        )

    @property
    def gate(self) -> str | None:
        """The gate by which it would be refused."""
        return refusing(self.plan, self.roster, self.facts, self.at)

    @property
    def culprit(self) -> FactName | None:
        """The answer that the gate is about: the one given last where it is about several."""
        return None if self.gate is None else culprit(self.plan, self.gate, self.draft.latest)

    @property
    def order_day(self) -> datetime | None:
        """What a gate on the field that is asked, or on any when none is, compares with."""
        known = attributes(self.plan, self.roster, self.facts, self.at)
        whens = (gate.when for gate in self.plan.gate.values())
        named = (
            condition.before
            for when in whens
            if not self.draft.asked or self.draft.asked in when
            for condition in when.values()
            if isinstance(condition, Before)
        )
        days = (known.get(name) for name in named)
        return next((read_moment(day) for day in days if isinstance(day, str)), None)

    @property
    def is_complete(self) -> bool:
        return not self.missing and self.gate is None

    def unit(self, name: FactName) -> str:
        """What the field's number is counted in; "" where that is not known."""
        return unit_of(self.plan.ask[name], self.facts.get, self.roster.company)

    def moved_on(self) -> Draft:
        """Asking for what comes next: another answer where this one is refused, else the next
        field that is missing; all fields when none is."""
        asked = self.culprit or next(iter(self.missing), "")
        changes = {"asked": asked, "offers": (), "page": 0, "pick": None}
        return self.draft.model_copy(update={**changes, "refused": self.gate or ""})

    def _is_there(self, name: FactName, value: FactValue) -> bool:
        company, ask = self.roster.company, self.plan.ask[name]
        if not is_valid(self.plan, name, value, self.at):
            return False
        if ask.type == "customer":
            return value in company.customers
        return value in company.goods if ask.type == "goods" else True

    def _applies(self, ask: Ask, facts: Mapping[FactName, FactValue]) -> bool:
        known = {**attributes(self.plan, self.roster, facts, self.at), **facts}
        return hold(ask.when, known.get) is True
