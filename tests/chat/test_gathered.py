"""What nobody answers is said again in one message of all, with one press for all of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.incident import StepStatus
from tests.chat.old_buttons import Old
from tests.chat.own_plans import folder_of
from tests.chat.storm import a_storm
from tests.chat.town import Town, a_town

EAST, LEADERS = "east_distribution", "leading_group"
TAKE = "🙋 #1 里等我的全接"
PHONE_SCREEN = 500


def a_plan(name: str, steps: dict[str, str], acknowledge: str = "5 min") -> str:
    written = "".join(
        f"  {step}:\n    owner: dispatcher\n    do: {{zh: '{do}', en: Do it}}\n"
        f"    due: {{in: {60 + 10 * n} min, acknowledge: {acknowledge}}}\n"
        for n, (step, do) in enumerate(steps.items())
    )
    return (
        f"plan: {name}\ntitle: {{zh: 停电, en: Power cut}}\nicon: 🔌\ncommand: {name}\n"
        "received: {zh: 收到。, en: Received.}\n"
        "ask:\n  what: {type: text, text: {zh: 什么?, en: What?}}\n"
        f"steps:\n{written}"
        f"close:\n  by: dispatcher\n  when: [{', '.join(steps)}]\n  do: {{zh: 结束, en: Close}}\n"
        "  due: {in: 1 h}\n  tell_reporter: {zh: 完, en: Done}\n"
    )


THREE = {"lights": "查照明", "cold": "查冷库 <1 号> & 锁好", "gate": "守大门"}
MANY = {f"s{n}": f"第 {n} 件：" + "逐间检查配电箱和应急灯" * 3 for n in range(14)}


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, a_plan("cut", THREE), a_plan("many", MANY))
    async with a_town(tmp_path / "store", plans=plans) as quiet, quiet.running():
        yield quiet


async def reported(town: Town, command: str = "/cut", by: str = "p_lu") -> None:
    await town.person(by).types(command)
    town.ignore()


def again(texts: list[str]) -> list[str]:
    return [text for text in texts if "没人接手" in text or "接手后超时" in text]


async def takers(town: Town, number: int = 1) -> dict[str, str | None]:
    steps = (await town.incident(number)).steps
    return {n: s.taken_by for n, s in steps.items() if s.status is StepStatus.OPEN}


async def test_all_that_nobody_has_is_one_message_and_one_press(town: Town) -> None:
    await reported(town)
    await town.at(30)
    town.ignore()
    await town.at(36)
    message = (
        "🚨 #1 🔌 停电：3 件没人接手\n最久的已等 35 分钟。请任何一位指挥成员接手。\n"
        "🔴 查照明（安排好）剩 25 分钟\n🔴 查冷库 <1 号> & 锁好（安排好）剩 35 分钟\n"
        "🔴 守大门（安排好）剩 45 分钟"
    )
    calls = "\n☎ 安排好 +86 10 5550 0111"
    named = message.replace("最久", "👉 丁海针 傅领航\n最久")
    town.sees(
        {
            "p_ding": [message + calls],
            "p_fu": [message + calls],
            LEADERS: [named],
            EAST: [named],
        }
    )
    assert town.labels(LEADERS, "没人接手") == [TAKE, "📜 查看"]
    leader = town.person("p_ding")
    assert town.message(leader, "没人接手").labels == [TAKE, "📋 逐条查看"]
    old = [Old.of(leader, TAKE), Old.of(town.person("p_fu"), TAKE)]
    assert await leader.presses(TAKE) == "3 件都交给您了，谢谢。"
    assert set((await takers(town)).values()) == {"p_ding"}
    # Twice, or by the other one a moment later: nothing is taken away.
    assert [await one.pressed() for one in old] == ["没有等您接手的事了。"] * 2
    assert town.labels(LEADERS, "都有人接手了") == []
    assert set((await takers(town)).values()) == {"p_ding"}
    town.ignore()
    await town.at(44)
    assert town.new() == {}


async def test_the_press_takes_what_waits_in_that_incident_and_nothing_else(town: Town) -> None:
    await reported(town)
    await reported(town, by="p_xing")
    await town.at(20)
    await town.person("p_song").presses("🙋 我来", on="#1 查照明")
    await town.at(37)
    leader = town.person("p_ding")
    await leader.presses("↪️ 转交", on="#1 守大门")
    label = next(one for one in town.message(leader, "转交给谁").labels if "戴理勤" in one)
    await leader.presses(label, on="转交给谁")
    assert await leader.presses(TAKE, on="#1 🔌") == "1 件都交给您了，谢谢。"
    assert await takers(town) == {"lights": "p_song", "cold": "p_ding", "gate": None}
    assert (await town.incident(1)).steps["gate"].asked == ("p_dai",)
    assert set((await takers(town, 2)).values()) == {None}


async def test_what_somebody_has_and_is_late_with_is_counted_apart_and_stays_theirs(
    town: Town,
) -> None:
    await reported(town)
    await town.person("p_an_ph").presses("🙋 我来", on="查照明")
    await town.person("p_an_ph").presses("🙋 我来", on="查冷库")
    await town.at(100)
    leader = town.person("p_ding")
    text = town.card(leader, "没人接手")
    assert "1 件没人接手，2 件接手后超时" in text
    assert "🟡 查照明（安排好 已接手）⏰已迟" in text
    assert await leader.presses(TAKE) == "1 件都交给您了，谢谢。"
    assert await takers(town) == {"lights": "p_an_ph", "cold": "p_an_ph", "gate": "p_ding"}
    town.ignore()
    await town.at(120)
    late = again(town.new()["p_ding"])[-1]
    assert "：2 件接手后超时\n" in late
    assert TAKE not in town.message(leader, "：2 件接手后超时").labels


async def test_whoever_was_silent_before_takes_them_in_their_group_all_the_same(
    town: Town,
) -> None:
    await reported(town)
    await town.at(36)
    stranger = town.person("p_mei")
    assert await stranger.presses(TAKE, in_group=LEADERS) == "没有等您接手的事了。"
    assert set((await takers(town)).values()) == {None}
    toast = await town.person("p_an_ph").presses(TAKE, in_group=EAST)
    assert toast == "3 件都交给您了，谢谢。"
    assert set((await takers(town)).values()) == {"p_an_ph"}


async def test_many_fit_a_phone_and_the_rest_is_counted(town: Town) -> None:
    await reported(town, "/many")
    await town.at(36)
    for who in ("p_ding", LEADERS):
        text = again(town.new()[who])[-1] if who == "p_ding" else town.card(who, "没人接手")
        assert "14 件没人接手" in text
        assert len(text) < PHONE_SCREEN
        shown = [line for line in text.splitlines() if line.startswith("🔴")]
        assert [line.split("：")[0] for line in shown[:2]] == ["🔴 第 0 件", "🔴 第 1 件"]
        assert f"……还有 {14 - len(shown)} 件" in text
    assert await town.person("p_fu").presses(TAKE) == "14 件都交给您了，谢谢。"


async def test_reminders_of_several_steps_are_one_message(town: Town) -> None:
    await reported(town)
    await town.at(4)
    head = "⏰ #1 🔌 停电：3 件还没应答\n"
    then = "请按时完成。还没应答的，08:05 起转找下一位。\n🔴 查照明（安排好）剩 58 分钟\n"
    new = town.new()
    assert new["p_an_ph"][0].startswith(head + then)
    assert new[EAST][0].startswith(f"{head}👉 安排好\n{then}")
    assert all(len(texts) == 1 for texts in new.values())
    await town.person("p_an_ph").presses(TAKE)
    town.ignore()
    await town.at(40)
    assert "⏰ #1 查照明\n您已接手" in "".join(town.new()["p_an_ph"])


async def test_whoever_is_new_in_command_hears_of_each_step_by_itself_first(town: Town) -> None:
    leader = town.person("p_ding")
    await leader.types("/duty")
    await leader.presses("😴 下班")
    await reported(town)
    await town.at(34)
    await leader.types("/duty")
    await leader.presses("🟢 我回来了", on="离开")
    town.ignore()
    await town.at(46)
    new = town.new()
    assert len([text for text in new["p_ding"] if "仍无人接手" in text]) == 3
    assert again(new["p_ding"]) == []
    await town.at(56)
    assert len(again(town.new()["p_ding"])) == 1


async def test_hours_of_silence_are_one_message_a_round(town: Town) -> None:
    await reported(town)
    await town.at(32)
    town.ignore()
    await town.at(8 * 60)
    new = town.new()
    for who in ("p_ding", "p_fu", LEADERS):
        *before, last = new[who]
        assert again([last])
        # Of many only the newest counts, and has buttons.
        assert set(before) == {"⤵️ #1 🔌 停电：请看下面最新的一条。"}
        assert 10 < len(new[who]) < 30


async def test_a_storm_in_which_nobody_does_anything_in_english(tmp_path: Path) -> None:
    async with a_storm("en", tmp_path) as storm:
        town, office = storm.town, storm.person("p_ye")
        await office.types("/weather red typhoon tomorrow 18:00")
        await office.types("East")
        await office.presses(storm.word("form.send"))
        await town.at(60)
        text = town.card(town.person("p_fu"), "not taken")
        assert "#1 ⛈ Severe weather: 5 not taken\nThe longest has waited" in text
        assert "🎖 Commander: " in text
        assert len(text) < 2 * PHONE_SCREEN
        town.ignore()
        await town.at(3 * 60)
        heard = {who: len(texts) for who, texts in town.new().items()}
        assert heard["p_ding"] <= 28
        assert heard[LEADERS] <= 16
