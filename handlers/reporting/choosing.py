"""Choosing: the entries of the register that may answer a question, for one person.

In: a question about a customer or goods, who is asked. Out: ids in the order in which they are
offered; those that typed text may mean; a label that tells twins apart. Forbidden here: customers
whom the person may not see; buttons.
"""

from dataclasses import dataclass

from handlers.buttons import marked
from handlers.catalogue import say
from plans.company import Customer
from plans.directory import HitKind, directory_of
from plans.directory.goods import find_goods
from plans.format import Asked
from plans.model import CustomerId, PersonId, RegionId
from plans.roster import Roster
from plans.text import Lang

NAME_SHOWN = 30
_CUSTOMERS: tuple[HitKind, ...] = ("customer",)
PHONE_SHOWN = 4
_CLASSES = ("ordinary", "scarce", "controlled")
_KINDS = ("goods", "part", "tool")


@dataclass(frozen=True)
class Chooser:
    """Who chooses; `recent` are the ids they chose last, the latest first."""

    roster: Roster
    person: PersonId
    recent: tuple[str, ...] = ()

    def all(self, asked: Asked) -> list[str]:
        """Everything that may be chosen: of customers one's own first, the latest of them at the
        top; of goods the ordinary ones first."""
        if asked.type == "goods":
            return self._goods()
        visible = self._visible()
        company = self.roster.company
        last = {id_: n for n, id_ in enumerate(self.recent)}

        def far(id_: CustomerId) -> tuple[bool, int]:
            own = company.customers[id_].manager == self.person
            return not own, last.get(id_, len(last))

        return sorted(visible, key=far)

    def meant(self, asked: Asked, typed: str) -> list[str]:
        """Those that the text may mean, best first; one alone where it is its very name."""
        if asked.type == "goods":
            return list(find_goods(self.roster.company, typed))
        hits = directory_of(self.roster.company).find(typed, _CUSTOMERS)
        found = [hit.id for hit in hits if self.may_see(hit.id)]
        name = "".join(typed.split()).casefold()
        same = [id_ for id_ in found if self._customer(id_).name.casefold() == name]
        return same or found

    def pressed(self, asked: Asked, mark: str) -> str | None:
        """What a button stands for; None for what is not there (any more), or not for them."""
        company = self.roster.company
        if asked.type == "goods":
            return marked(company.goods, mark)
        found = marked(company.customers, mark)
        return found if found is not None and self.may_see(found) else None

    def label(self, asked: Asked, id_: str, lang: Lang) -> str:
        """For a button: of a customer grade, route and the end of the phone number, since two
        may have one name; of goods what they are counted in."""
        if asked.type == "goods":
            return goods_name(self.roster, id_, lang, with_class=True)
        customer = self.roster.company.customers.get(id_)
        if customer is None:
            return id_
        parts = [customer.name[:NAME_SHOWN], customer.grade, (customer.route or "")[:12]]
        digits = "".join(c for c in customer.phone or "" if c.isdecimal())
        parts += [digits[-PHONE_SHOWN:]] if digits else []
        return " · ".join(part for part in parts if part)

    def may_see(self, id_: CustomerId) -> bool:
        """A customer of one's own, or of a region whose customers one may see."""
        customer = self.roster.company.customers.get(id_)
        if customer is None:
            return False
        own = customer.manager == self.person
        return own or self.roster.may(self.person, "customers", customer.region)

    def _visible(self) -> list[CustomerId]:
        regions: dict[RegionId, bool] = {}
        found = []
        for id_, customer in self.roster.company.customers.items():
            if customer.region not in regions:
                may = self.roster.may(self.person, "customers", customer.region)
                regions[customer.region] = may
            if regions[customer.region] or customer.manager == self.person:
                found.append(id_)
        return found

    def _goods(self) -> list[str]:
        goods = self.roster.company.goods
        return sorted(
            goods, key=lambda g: (_KINDS.index(goods[g].kind), _CLASSES.index(goods[g].class_))
        )

    def _customer(self, id_: CustomerId) -> Customer:
        return self.roster.company.customers[id_]


def goods_name(roster: Roster, id_: str, lang: Lang, *, with_class: bool = False) -> str:
    """The name with what it is counted in; `with_class` also that it is scarce or controlled."""
    goods = roster.company.goods.get(id_)
    if goods is None:
        return id_
    counted = say(lang, "form.goods", name=goods.name, unit=goods.unit).unescape()
    special = with_class and goods.class_ != "ordinary"
    class_ = f" · {say(lang, f'form.class_{goods.class_}').unescape()}" if special else ""
    return f"{counted if goods.unit else goods.name}{class_}"
