"""The cast: who is on the stand-in at first. In: a YAML file. Out: people and groups on the stage,
and what the page shows at first.

Bounds: a file of MAX_BYTES, and the lengths given below; CastError beyond them. Forbidden here:
starting anything.
"""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from simulator.server import Simulator

MAX_BYTES = 1_000_000


class CastError(Exception):
    """The cast file cannot be used. The text says where and why, one line a fault."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f"there is no time zone {name!r}, one is for example Asia/Shanghai"
        ) from None
    return name


class Both(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: Annotated[str, Field(min_length=1, max_length=200)]
    en: Annotated[str, Field(min_length=1, max_length=200)]


Short = Annotated[str, Field(min_length=1, max_length=128)]
Text = Short | Both
PersonId = Annotated[int, Field(gt=0, lt=2**52)]
GroupId = Annotated[int, Field(lt=0, gt=-(2**52))]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BotPart(_Part):
    """How the bot is called."""

    first_name: Annotated[str, Field(min_length=1, max_length=64)] = "Muster"
    username: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{1,28}[Bb][Oo][Tt]$")] = (
        "muster_demo_bot"
    )


class PersonPart(_Part):
    """Somebody with a phone. `started`: pressed Start long ago, so the bot may write to them."""

    id: PersonId
    first_name: Short
    username: Annotated[str, Field(pattern=r"^[A-Za-z]\w{2,31}$")] | None = None
    phone: Annotated[str, Field(pattern=r"^\+?[\d -]{5,24}$")] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "zh"
    note: Text | None = None
    started: bool = False


class GroupPart(_Part):
    """A group that is there already; `bot`: and the bot is in it."""

    id: GroupId
    title: Short
    members: Annotated[list[PersonId], Field(min_length=1, max_length=500)]
    kind: Literal["group", "supergroup"] = "supergroup"
    bot: bool = True


class PlacePart(_Part):
    """A named point, WGS-84 degrees."""

    name: Text
    lat: Annotated[float, Field(ge=-85, le=85)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class StoryPart(_Part):
    """Something to try: the phones it needs, what is typed (not yet sent) on the first of them,
    and what to press then.
    """

    title: Text
    phones: Annotated[list[int], Field(min_length=1, max_length=12)]
    typed: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    hint: Text


class Cast(_Part):
    """A whole cast file. `hint` and `stories` tell a visitor what to try first."""

    bot: BotPart = BotPart()
    title: Text | None = None
    hint: Text | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    people: Annotated[list[PersonPart], Field(min_length=1, max_length=500)]
    groups: Annotated[list[GroupPart], Field(max_length=200)] = []
    places: Annotated[list[PlacePart], Field(max_length=200)] = []
    stories: Annotated[list[StoryPart], Field(max_length=8)] = []
    front: Annotated[list[int], Field(max_length=12)] = []
    front_as: dict[GroupId, PersonId] = {}

    @model_validator(mode="after")
    def _names_only_who_is_there(self) -> Self:
        people = [person.id for person in self.people]
        groups = [group.id for group in self.groups]
        for kind, ids in (("people", people), ("groups", groups)):
            if twice := sorted({one for one in ids if ids.count(one) > 1}):
                raise ValueError(f"{kind}: the id {twice[0]} is there twice")
        for group in self.groups:
            if unknown := sorted(set(group.members) - set(people)):
                raise ValueError(f"group {group.id}: nobody in `people` has the id {unknown[0]}")
        shown = {"front": self.front}
        shown |= {f"story {n}": story.phones for n, story in enumerate(self.stories, start=1)}
        for where, ids in shown.items():
            if unknown := [one for one in ids if one not in people and one not in groups]:
                raise ValueError(f"{where}: neither a person nor a group has the id {unknown[0]}")
        members = {group.id: group.members for group in self.groups}
        for group_id, person_id in self.front_as.items():
            if person_id not in members.get(group_id, []):
                raise ValueError(f"front_as: {person_id} is not a member of the group {group_id}")
        return self

    def page(self) -> dict[str, Any]:
        """What only the page needs."""
        kept = {"title", "hint", "stories", "timezone", "places"}
        return self.model_dump(include=kept, exclude_none=True)


def read_cast(path: Path) -> Cast:
    """The checked content of a cast file. CastError: not there, no YAML, or it says something
    impossible.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CastError(f"{path}: larger than {MAX_BYTES} bytes")
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CastError(f"{path}: {error.strerror}") from None
    except (YAMLError, UnicodeDecodeError) as error:
        raise CastError(f"{path}: not readable as YAML: {error}") from None
    try:
        return Cast.model_validate(content)
    except ValidationError as error:
        lines = [f"{path}: {_place(part['loc'])}{part['msg']}" for part in error.errors()]
        raise CastError("\n".join(lines)) from None


def _place(loc: tuple[int | str, ...]) -> str:
    """Where in the file, counted from 1 as people count."""
    parts = [f"#{part + 1}" if isinstance(part, int) else part for part in loc]
    return f"{' '.join(parts)}: " if parts else ""


def put_on_stage(cast: Cast, sim: Simulator) -> None:
    """Name the bot, bring people and groups in, say what the page shows. Once, before the bot
    starts.
    """
    sim.world.bot.first_name = cast.bot.first_name
    sim.world.bot.username = cast.bot.username
    for person in cast.people:
        note = person.note.model_dump() if isinstance(person.note, Both) else person.note
        sim.stage.add_person(
            person.id,
            person.first_name,
            username=person.username,
            phone=person.phone,
            language_code=person.language,
            note=note,
            started=person.started,
        )
    for group in cast.groups:
        standing = "member" if group.bot else "left"
        sim.stage.add_group(group.id, group.title, group.members, group.kind, bot=standing)
    sim.world.front = list(cast.front)
    sim.world.front_as = dict(cast.front_as)
    sim.page = cast.page()
