"""All that may change about people and groups at run time, laid over the company file.

In: what Telegram and the people themselves let us know. Out: frozen states to be stored. Forbidden
here: what changes seldom (`plans.company`).
"""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from plans.company.ids import GroupId, PersonId, RegionId, RoleId
from plans.text import Lang

STAYS_LIMIT = 20
ACTS_LIMIT = 20
SHIFTS_LIMIT = 5_000
SHIFTS_KEPT = timedelta(days=60)


class PersonState(BaseModel, frozen=True, extra="forbid"):
    """What changes about a person from hour to hour; `telegram` and `language` replace the file's.

    `reachable` is False after a 403. `started` says that Start was seen; it is for readiness
    lists only, since somebody may have pressed it before the records began. Away: from
    `away_since` (None: since ever) until `away_until` (None with an `away_since`: until told
    otherwise), while `stand_in` answers. `away_begun`: its beginning has been
    dealt with. `stays_for` are the incidents for which the person is there all the same, until they
    end; `acts_in` those of which they are acting commander. `quiet`: the company's quiet hours are
    kept. `administrator`: looks after the bot, whatever the role.
    """

    person: PersonId
    telegram: Annotated[int, Field(gt=0)] | None = None
    language: Lang
    reachable: bool = True
    started: bool = False
    away_since: AwareDatetime | None = None
    away_until: AwareDatetime | None = None
    stand_in: PersonId | None = None
    away_begun: bool = False
    stays_for: Annotated[frozenset[int], Field(max_length=STAYS_LIMIT)] = frozenset()
    acts_in: Annotated[frozenset[int], Field(max_length=ACTS_LIMIT)] = frozenset()
    quiet: bool = True
    promised_to: Annotated[int, Field(ge=1)] | None = None
    administrator: bool = False

    @property
    def has_absence(self) -> bool:
        """Whether one is entered, under way or to come."""
        return self.away_since is not None or self.away_until is not None

    def is_away(self, at: datetime) -> bool:
        if not self.has_absence:
            return False
        begun = self.away_since is None or self.away_since <= at
        return begun and (self.away_until is None or at < self.away_until)

    def due_next(self) -> datetime | None:
        """When the absence begins or ends by itself; None when time alone changes nothing."""
        if self.away_since is not None and not self.away_begun:
            return self.away_since
        return self.away_until


class Shift(BaseModel, frozen=True, extra="forbid"):
    """That somebody is on duty for a role; `region` only for regional roles. `begun`: its beginning
    has been dealt with."""

    id: str
    role: RoleId
    region: RegionId | None = None
    person: PersonId
    since: AwareDatetime
    until: AwareDatetime
    begun: bool = False

    def due_next(self) -> datetime:
        """When it begins; afterwards when it is to be forgotten."""
        return self.until + SHIFTS_KEPT if self.begun else self.since


class GroupState(BaseModel, frozen=True, extra="forbid"):
    """`chat` changes when the group becomes a supergroup; `usable` is False once the bot is out."""

    group: GroupId
    chat: int | None = None
    language: Lang
    usable: bool = True
