"""Plain words that two plans share are a warning, with the place of the second."""

from plans.plan_check import PlanFile, check_words, read_plan
from tests.plans.sound_plan import SOUND


def read(name: str, words: str) -> PlanFile:
    text = SOUND.replace("plan: burst-pipe\n", f"plan: {name}\nwords: {words}\n")
    found = read_plan(text, f"{name}.yaml")
    assert isinstance(found, PlanFile), found.said("en")
    return found


def test_a_word_of_two_plans() -> None:
    first, second = read("one", "{zh: [爆胎, 抛锚]}"), read("two", "{zh: [撞车, 爆胎]}")
    [warning] = check_words([first, second])
    assert warning.file == "two.yaml"
    assert "words" in warning.where
    assert "爆胎" in warning.message.zh
    assert "one" in warning.message.en


def test_no_word_of_two_plans() -> None:
    first, second = read("one", "{zh: [爆胎, 抛锚]}"), read("two", "{zh: [撞车], en: [flat tyre]}")
    assert check_words([first, second]) == ()
