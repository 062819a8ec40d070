"""The cast file: what it brings on the stage, and what is refused in which words."""

from pathlib import Path

import pytest

from simulator.cast import MAX_BYTES, CastError, put_on_stage, read_cast
from simulator.launch import EMPTY_CAST
from simulator.server import Simulator

CAST = Path(__file__).with_name("cast.yaml")
LEAST = "people: [{id: 1, first_name: A}, {id: 2, first_name: B}]\n"


def refusal(tmp_path: Path, text: str) -> str:
    path = tmp_path / "cast.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CastError) as caught:
        read_cast(path)
    return str(caught.value)


def test_people_groups_and_the_front_come_on_the_stage() -> None:
    sim = Simulator()
    put_on_stage(read_cast(CAST), sim)
    assert sim.world.bot.username == "echo_demo_bot"
    driver, head = sim.world.people[501], sim.world.people[503]
    assert (driver.phone, driver.started, head.started) == ("+86 138 0000 0001", True, False)
    assert driver.note == {"zh": "东区 驾驶员", "en": "Driver East"}
    assert sim.world.chats[-502].kind == "group"
    assert 502 in sim.world.chats[-1000000000501].members
    assert sim.world.front == [501, 502, -502]
    assert sim.world.front_as == {-502: 503}
    assert sim.page["timezone"] == "Asia/Shanghai"
    assert sim.page["places"][0] == {
        "name": {"zh": "东区仓库", "en": "East depot"},
        "lat": 31.25,
        "lon": 121.51,
    }


def test_a_story_tells_the_page_which_phones_it_needs_and_what_is_typed() -> None:
    sim = Simulator()
    put_on_stage(read_cast(CAST), sim)
    first, second = sim.page["stories"]
    assert first == {
        "title": {"zh": "回声两声", "en": "Two echoes"},
        "phones": [502, -1000000000501],
        "typed": "山",
        "hint": {"zh": "乙样：发送", "en": "乙样 sends"},
    }
    assert "typed" not in second


def test_a_story_with_somebody_who_is_not_there_is_refused(tmp_path: Path) -> None:
    story = "stories: [{title: A, phones: [1], hint: B}, {title: A, phones: [9], hint: B}]\n"
    told = refusal(tmp_path, LEAST + story)
    assert "story 2: neither a person nor a group has the id 9" in told


def test_the_bot_need_not_be_in_a_group(tmp_path: Path) -> None:
    path = tmp_path / "cast.yaml"
    path.write_text(LEAST + "groups: [{id: -5, title: G, members: [1], bot: false}]\n")
    sim = Simulator()
    put_on_stage(read_cast(path), sim)
    assert sim.world.bot_standing(sim.world.chats[-5]) == "left"


def test_a_company_can_begin_with_five_phones_and_no_group() -> None:
    sim = Simulator()
    put_on_stage(read_cast(EMPTY_CAST), sim)
    assert len(sim.world.people) == len(sim.world.chats) == 5
    assert not any(person.started for person in sim.world.people.values())
    assert len({person.phone for person in sim.world.people.values()}) == 5


def test_nobody_is_made_to_press_start() -> None:
    sim = Simulator()
    put_on_stage(read_cast(CAST), sim)
    assert sim.world.messages() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("people: []\n", "people: "),
        (LEAST + "peple: []\n", "peple: "),
        ("people: [{id: -1, first_name: A}]\n", "people #1 id: "),
        ("people: [{id: 1, first_name: A}, {id: 1, first_name: B}]\n", "the id 1 is there twice"),
        (LEAST + "groups: [{id: -5, title: G, members: [1, 9]}]\n", "nobody in `people` has"),
        (LEAST + "front: [7]\n", "neither a person nor a group has the id 7"),
        (
            LEAST + "groups: [{id: -5, title: G, members: [1]}]\nfront_as: {-5: 2}\n",
            "2 is not a member of the group -5",
        ),
        (LEAST + "timezone: Mars/North\n", "there is no time zone 'Mars/North'"),
        (LEAST + "places: [{name: P, lat: 95, lon: 0}]\n", "places #1 lat: "),
        (LEAST + "bot: {username: nobody}\n", "bot username: "),
        ("people: [\n", "not readable as YAML"),
        ("x" * (MAX_BYTES + 1), "larger than"),
    ],
)
def test_a_wrong_cast_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    assert says in refusal(tmp_path, text)


def test_a_missing_cast_is_named(tmp_path: Path) -> None:
    with pytest.raises(CastError, match=r"nowhere\.yaml: No such file"):
        read_cast(tmp_path / "nowhere.yaml")
