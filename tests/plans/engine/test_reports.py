"""A second report on the same thing, and one incident that was two."""

from plans.place import Place
from tests.plans.engine.town import Talk, library_plan


def test_a_second_report_joins_and_its_place_is_on_record() -> None:
    talk = Talk(library_plan("vehicle-breakdown"))
    talk.starts("p_lu")

    assert talk.joins("p_xing", Place(text="K12+300")) == [
        "p_xing reported it, too",
        "note by p_xing: a place",
    ]
    assert talk.state.also_reported == ("p_xing",)
    assert talk.joins("p_xing") == []
    assert talk.state.also_reported == ("p_xing",)


def test_whoever_reported_it_too_may_say_more_and_answer_for_both() -> None:
    talk = Talk(library_plan("vehicle-breakdown"))
    talk.starts("p_lu", blocked="no")
    talk.joins("p_shun")
    talk.passes_to(30)

    assert talk.records("p_shun", "fault", "tyre") == ["fault is tyre"]
    assert talk.answers("p_shun") == ["check in_touch answered; next 60"]


def test_what_is_merged_ends_and_lets_everything_go() -> None:
    talk = Talk(library_plan("vehicle-breakdown"))
    talk.starts("p_lu", blocked="no")

    assert talk.at(3).merges_into("p_an_ph", 5) == [
        "skipped send_spare: closed",
        "released 浙A10009",
        "skipped take_over: closed",
        "skipped repair: closed",
        "skipped find_driver: closed",
        "skipped close: closed",
        "check in_touch ended",
        "merged into 5",
    ]
    assert talk.state.merged_into == 5
    assert talk.state.due_next() is None
