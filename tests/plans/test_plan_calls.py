"""Plans that call each other: what does not fit is told with its file and line."""

from plans.plan_check import CallsChecked, PlanFile, check_calls, read_plan
from tests.plans.engine.town import LIBRARY, ROOM, sample_company
from tests.plans.sound_plan import SOUND, told_of

CALLED = "    do: {zh: 关阀, en: Shut the valve}\n"
RECORD = """    record:
      valve:
        type: text
        required: true
        text: {zh: 哪个阀?, en: Which valve?}
        tell: [reporter, dispatcher]
"""


def calling(plan: str, called: str | None, *slips: tuple[str, str]) -> PlanFile:
    """The sound plan under that name, its first step done by the other one."""
    text = SOUND.replace("plan: burst-pipe", f"plan: {plan}").replace(RECORD, "")
    if called is not None:
        text = text.replace(CALLED, f"{CALLED}    calls: {called}\n")
    for old, new in slips:
        assert text.count(old) == 1
        text = text.replace(old, new)
    read = read_plan(text, f"{plan}.yaml", sample_company())
    assert isinstance(read, PlanFile), read.said("en")
    return read


def said(checked: CallsChecked) -> list[str]:
    return [problem.said("en") for problem in (*checked.problems, *checked.warnings)]


def test_a_plan_that_is_there_may_be_called() -> None:
    assert said(check_calls([calling("one", "two"), calling("two", None)])) == []


def test_a_plan_that_is_not_there() -> None:
    assert said(check_calls([calling("one", "tow"), calling("two", None)])) == [
        "one.yaml line 20 steps.shut.calls: there is no plan called tow. Did you mean two?"
    ]


def test_what_a_called_plan_is_told_must_answer_one_of_its_questions() -> None:
    said_besides = "calls: two\n    calls_with: {wett: yes, wet: maybe}\n"
    plans = [calling("one", "two", ("calls: two\n", said_besides)), calling("two", None)]

    assert said(check_calls(plans)) == [
        "one.yaml line 21 steps.shut.calls_with.wett: there is no question called wett. Did you "
        "mean wet?",
        "one.yaml line 21 steps.shut.calls_with.wet: maybe is no answer to wet in two",
    ]


def test_plans_that_call_each_other_in_a_circle_once() -> None:
    plans = [calling("one", "two"), calling("two", "three"), calling("three", "one")]

    assert said(check_calls(plans)) == [
        "one.yaml line 20 steps.shut.calls: plans call each other without end: "
        "one → two → three → one"
    ]


def test_a_plan_that_calls_itself() -> None:
    assert said(check_calls([calling("one", "one")])) == [
        "one.yaml line 20 steps.shut.calls: plans call each other without end: one → one"
    ]


def test_one_name_for_two_types_is_a_warning() -> None:
    other = calling("two", None, ("depth: {type: number", "depth: {type: duration"))

    checked = check_calls([calling("one", "two"), other])

    assert checked.problems == ()
    assert "in two depth has another type and is not handed on" in said(checked)[0]


def test_what_another_plan_does_records_nothing_here() -> None:
    assert told_of((CALLED, f"{CALLED}    calls: other\n")) == [
        "steps.shut.record: other does this step, so it has no record: make that another step"
    ]


def test_a_step_that_calls_comes_to_its_end_like_any_other() -> None:
    # Closing waits for it, and the checker, who tries every case, finds that it ends.
    assert "shut" in calling("one", "two").plan.close.when


def test_the_library_s_plans_fit_each_other() -> None:
    files = [
        read_plan((ROOM / "library" / f"{name}.yaml").read_text("utf-8"), name, sample_company())
        for name in LIBRARY
    ]

    assert said(check_calls(f for f in files if isinstance(f, PlanFile))) == []
