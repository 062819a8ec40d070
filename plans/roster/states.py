"""All that may change about people and groups at run time, laid over the company file.

In: what Telegram and the people themselves let us know. Out: frozen states to be stored. Forbidden
here: what changes seldom (`plans.company`).
"""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from plans.company.ids import GroupId, PersonId
from plans.text import Lang


class PersonState(BaseModel, frozen=True, extra="forbid"):
    """All that may change about a person at run time; replaces what the file says, whole.

    `reachable` is False after a 403. `started` says that Start was seen; it is for readiness
    lists only, since somebody may have pressed it before the records began.
    """

    person: PersonId
    telegram: Annotated[int, Field(gt=0)] | None = None
    language: Lang
    reachable: bool = True
    started: bool = False
    away_until: AwareDatetime | None = None
    stand_in: PersonId | None = None


class GroupState(BaseModel, frozen=True, extra="forbid"):
    """`chat` changes when the group becomes a supergroup; `usable` is False once the bot is out."""

    group: GroupId
    chat: int | None = None
    language: Lang
    usable: bool = True
