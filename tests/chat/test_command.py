"""The command of a major incident: by post where a chief is there, by a press where none is, and
loudly nobody's until then."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from simulator.messages import Shown
from tests.chat.old_buttons import Old
from tests.chat.own_plans import folder_of
from tests.chat.town import Person, Town, a_town
from tests.plans.engine.storm import FLOOD, STORM

LEADERS = "leading_group"
NOBODY = "⚠️ 还没有指挥长"
ACTING = "🎖 代理指挥长：宋必达（傅领航 授权）"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, STORM, FLOOD)
    async with a_town(tmp_path / "store", plans=plans) as quiet, quiet.running():
        yield quiet


async def leaves(person: Person) -> None:
    await person.types("/duty")
    await person.presses("😴 下班")


async def comes_back(person: Person) -> None:
    await person.types("/duty")
    await person.presses("🟢 我回来了", on="离开")


async def storms(town: Town, level: str = "红色") -> None:
    """The duty officer has reported a storm; what that brought is still to be seen."""
    officer = town.person("p_ye")
    await officer.types("/storm")
    town.ignore()
    await officer.presses(level, on="几级")


async def storms_while_both_are_away(town: Town) -> None:
    await leaves(town.person("p_ding"))
    await leaves(town.person("p_fu"))
    await storms(town)


async def song_acts(town: Town) -> None:
    """Both chiefs away; the deputy has authorised the head of distribution."""
    await storms_while_both_are_away(town)
    assert await town.person("p_fu").presses("授权 宋必达") == "已授权 宋必达。"


async def commander(town: Town, number: int = 1) -> str | None:
    known = (await town.incident(number)).headquarters
    return known.commander if known is not None else None


# A chief is there


async def test_the_leader_commands_at_once_and_everybody_sees_it(town: Town) -> None:
    await storms(town)
    new = town.new()
    assert "🎖 #1 是重大事件，您是指挥长。" in new["p_ding"][0]
    assert "您是副指挥长" in new["p_fu"][0]
    line = "🎖 指挥长：丁海针；副：傅领航"
    assert line in new[LEADERS][0]
    assert any(line in text for text in new["p_ye"] if "停止送货" in text)
    leader = town.person("p_ding")
    assert await leader.presses("✅ 收到，我来指挥") == "好，#1 由您指挥。"
    await leader.types("/incidents")
    assert line in town.card(leader, "进行中")
    await town.at(30)
    assert NOBODY not in "".join(text for texts in town.new().values() for text in texts)


async def test_the_deputy_commands_while_the_leader_is_away(town: Town) -> None:
    await leaves(town.person("p_ding"))
    await storms(town)
    assert "您是指挥长" in town.new()["p_fu"][0]
    assert await commander(town) == "p_fu"


async def test_a_commander_who_says_nothing_is_reminded_and_the_other_chief_told(
    town: Town,
) -> None:
    await storms(town)
    await town.at(6)
    assert "由您指挥，请按“收到”" in town.card(town.person("p_ding"), "⏰ #1 由您")
    asked = town.card(town.person("p_fu"), "还没有应答。请打电话")
    assert "🎖 指挥长：丁海针；副：傅领航（还没应答）" in asked
    assert await commander(town) == "p_ding"
    await town.person("p_ding").presses("✅ 收到，我来指挥")
    town.ignore()
    await town.at(40)
    assert not [t for t in town.new().get("p_fu", []) if "指挥" in t and "请打电话" in t]


# Nobody is there


async def test_both_away_and_silent_for_an_hour_nobody_commands(town: Town) -> None:
    await storms_while_both_are_away(town)
    first = town.new()
    for chief in ("p_ding", "p_fu"):
        assert NOBODY in first[chief][0]
        assert "请授权一位代理指挥长" in first[chief][0]
        assert "配送中心主任（预案指定）：☎ 宋必达" in first[chief][0]
    assert NOBODY in first[LEADERS][0]
    await town.at(60)
    later = town.new()
    pinged = [t for t in later["p_fu"] if "请授权一位代理指挥长" in t or "🎖 #1 请看下面" in t]
    assert len(pinged) == 6
    assert "请授权一位代理指挥长" in pinged[-1]
    assert sum(NOBODY in text for text in later["p_song"]) >= 6
    assert any("只有领导能授权" in text for text in later["p_mei"])
    assert any("停止送货" in text for text in later["p_song"])
    assert any("仍无人接手" in text for text in later[LEADERS])
    assert await commander(town) is None
    await town.person("p_ye").types("/incident 1")
    assert NOBODY in town.card(town.person("p_ye"), "经过：")


async def test_one_press_far_away_authorises_and_whoever_acts_is_briefed(town: Town) -> None:
    await storms_while_both_are_away(town)
    await town.person("p_ye").types("水位涨得很快")
    town.ignore()
    assert await town.person("p_fu").presses("授权 宋必达") == "已授权 宋必达。"
    new = town.new()
    briefing = new["p_song"][0]
    assert briefing.startswith("🎖 傅领航 授权您代理 #1 的指挥长，直到解除。")
    for part in (
        "🌀 #1 大风 · 总部",
        ACTING,
        "· 几级：红色",
        "🔴 停止送货",
        "叶不眠：水位涨得很快",
    ):
        assert part in briefing
    assert "没有应答" not in briefing
    assert len(briefing) < 4096
    assert ACTING in new["p_ding"][0]
    assert ACTING in new["p_ye"][-1]
    assert ACTING in new[LEADERS][0]
    assert await town.person("p_song").presses("✅ 收到，我来指挥") == "好，#1 由您指挥。"
    assert "代理指挥长已到位" in town.new()["p_fu"][-1]
    # The briefing stays, without what has been answered; more of it is a press away.
    read = town.message(town.person("p_song"), "几级：红色")
    assert read.text.startswith("好，#1 由您指挥。")
    assert read.labels == ["📄 全部情况", "📜 查看"]
    await town.person("p_song").presses("📄 全部情况")
    assert "叶不眠：水位涨得很快" in town.new()["p_song"][0]


async def test_the_briefing_names_who_is_silent_and_is_there_at_any_time(town: Town) -> None:
    await storms_while_both_are_away(town)
    await town.at(20)
    officer = town.person("p_ye")
    await officer.types("/briefing")
    briefing = town.card(officer, "进行中")
    assert NOBODY in briefing
    assert "没有应答 1" in briefing
    assert "叶不眠" in briefing.partition("没有应答")[2]
    await town.person("p_lu").types("/briefing 1")
    assert "#1" in town.card(town.person("p_lu"), "没有")


async def test_both_chiefs_press_at_once_and_the_first_counts(town: Town) -> None:
    await storms_while_both_are_away(town)
    leader = town.person("p_ding")
    late = [Old.of(leader, f"授权 {name}") for name in ("安如山", "宋必达")]
    assert await town.person("p_fu").presses("授权 宋必达") == "已授权 宋必达。"
    for old in late:
        assert old.labels == []
        assert await old.pressed() == "已经由 宋必达 指挥，请看最新消息。"
    assert await commander(town) == "p_song"


async def test_asked_again_only_the_latest_has_buttons_and_answered_none(town: Town) -> None:
    """In a night of pings one must not scroll up to wonder which still counts."""
    await storms_while_both_are_away(town)
    await town.at(35)
    deputy = town.person("p_fu")
    asked = [one for one in pings(town, deputy) if "授权 宋必达" in one.labels]
    assert len(asked) == 1
    assert len([one for one in pings(town, deputy) if "请看下面最新的一条" in one.text]) >= 3
    await deputy.presses("授权 宋必达")
    for chief in (deputy, town.person("p_ding")):
        assert not [one for one in pings(town, chief) if "授权 宋必达" in one.labels]
    assert ACTING in town.card(deputy, "#1 🎖")


async def test_reminded_of_the_command_only_the_latest_asks_and_answered_none(town: Town) -> None:
    await storms(town)
    await town.at(31)
    leader = town.person("p_ding")
    note = "✅ 收到，我来指挥"
    assert len([one for one in pings(town, leader) if note in one.labels]) == 2  # and the briefing
    late = Old.of(leader, note)
    await leader.presses(note)
    assert not [one for one in pings(town, leader) if note in one.labels]
    assert await late.pressed() == "好，#1 由您指挥。"


async def test_what_was_opened_and_is_over_has_no_buttons(town: Town) -> None:
    await song_acts(town)
    head = town.person("p_song")
    await head.presses("✖️ 我担不了")
    sure = Old.of(head, "交出指挥")
    await town.person("p_fu").types("/incident 1")
    await town.person("p_fu").presses("🎖 指挥")
    card = Old.of(town.person("p_fu"), "换代理指挥长")
    await head.presses("交出指挥")
    assert (sure.labels, card.labels) == ([], [])
    assert await sure.pressed() != ""


def pings(town: Town, person: Person) -> list[Shown]:
    """All the bot has written to them, as it reads now."""
    return town.sim.world.messages(person.telegram, by_bot=True)


async def test_none_of_the_proposed_will_do(town: Town) -> None:
    await storms_while_both_are_away(town)
    deputy = town.person("p_fu")
    await deputy.presses("换一个人 ›")
    labels = town.message(deputy, "授权谁").labels
    assert len(labels) == 8
    assert await deputy.presses("供得上 · 供应科科长") == "已授权 供得上。"
    assert await commander(town) == "p_gong"


async def test_whoever_was_authorised_cannot_and_the_chiefs_are_asked_again(town: Town) -> None:
    await song_acts(town)
    head = town.person("p_song")
    await head.presses("✖️ 我担不了")
    assert await commander(town) == "p_song"
    town.ignore()
    assert await head.presses("交出指挥") == "已交出，正在请领导另选。"
    new = town.new()
    assert NOBODY in new["p_fu"][0]
    assert NOBODY in new[LEADERS][0]
    assert await commander(town) is None
    assert await town.person("p_ding").presses("授权 安如山", on=NOBODY) == "已授权 安如山。"


async def test_whoever_is_no_chief_is_shown_whom_to_phone_and_no_button(town: Town) -> None:
    await storms_while_both_are_away(town)
    await town.at(6)
    told = town.message(town.person("p_song"), NOBODY)
    assert told.labels == []
    assert "傅领航（不在岗）☎ +86 10 5550 0132" in told.text


# Who acts


async def test_whoever_acts_may_do_here_what_a_chief_may_and_nothing_elsewhere(
    town: Town,
) -> None:
    driver, head = town.person("p_lu"), town.person("p_gong")
    for _ in range(2):
        await driver.types("/flood 东仓")
        await driver.types("3")
    await leaves(town.person("p_ding"))
    await leaves(town.person("p_fu"))
    assert await head.presses("①✅ 完成", in_group="east_distribution", on="#1 进水") == (
        "这是调度员的事，您不能代办。"
    )
    await town.person("p_an_ph").types("/major 1")
    await town.person("p_an_ph").presses("是，成立指挥部")
    await town.person("p_fu").presses("换一个人 ›")
    await town.person("p_fu").presses("供得上 · 供应科科长")
    assert await head.presses("①✅ 完成", in_group="east_distribution", on="#2 进水") == (
        "这是调度员的事，您不能代办。"
    )
    await head.types("/reassign")
    assert "安排好" in town.message(head, "改派谁").labels[0]
    await head.types("/merge 1 2")
    assert "#2" in town.card(head, "#2 不")
    assert await head.presses("①✅ 完成", in_group="east_distribution", on="#1 进水") == (
        "已记为完成。"
    )


async def test_a_chief_who_is_back_learns_who_commands_and_takes_over_by_a_press(
    town: Town,
) -> None:
    await song_acts(town)
    leader = town.person("p_ding")
    assert "先发 /duty 回岗" in await _takes_over(town, leader)
    town.ignore()
    await comes_back(leader)
    back = town.card(leader, "要接任指挥吗")
    assert ACTING in back
    assert await commander(town) == "p_song"
    offer = Old.of(leader, "🎖 我来指挥", "要接任")
    assert await offer.pressed() == "您已接任 #1 的指挥。"
    assert offer.labels == []
    new = town.new()
    assert any("您不再指挥。辛苦了。" in text for text in new["p_song"])
    assert any("🎖 指挥长：丁海针" in text for text in new[LEADERS])
    assert any("您已接任 #1 的指挥长。" in text for text in new["p_ding"])
    assert await offer.pressed() == "已经由您指挥了。"


async def _takes_over(town: Town, person: Person) -> str:
    """By a button that was shown while they were there."""
    await comes_back(person)
    await leaves(person)
    return await person.presses("🎖 我来指挥")


async def test_whoever_acts_leaves_and_everybody_hears_it(town: Town) -> None:
    await song_acts(town)
    town.ignore()
    await leaves(town.person("p_song"))
    new = town.new()
    assert any("要继续指挥，请按下面" in text for text in new["p_song"])
    gone = "⚠️ 没有指挥长：宋必达 不在岗"
    assert gone in new["p_fu"][0]
    assert gone in new[LEADERS][0]
    assert await commander(town) is None
    await comes_back(town.person("p_song"))
    new = town.new()
    assert any("指挥长回来了" in text for text in new["p_fu"])
    assert await commander(town) == "p_song"


async def test_whoever_acts_leaves_by_the_clock_and_is_back_by_it(town: Town) -> None:
    await song_acts(town)
    head = town.person("p_song")
    await head.presses("✅ 收到，我来指挥")
    await head.types("/duty")
    await head.presses("✈️ 以后离开（出差、登机）")
    await head.types("9:00到9:30")
    await town.at(59)
    assert await commander(town) == "p_song"
    await town.at(61)
    assert await commander(town) is None
    assert "⚠️ 没有指挥长：宋必达 不在岗" in town.card(town.person("p_fu"), "没有指挥长")
    await town.at(91)
    assert await commander(town) == "p_song"


async def test_whoever_acts_cannot_be_reached_and_is_replaced(town: Town) -> None:
    await song_acts(town)
    town.person("p_song").blocks_bot()
    await town.at(7)
    assert "⚠️ 没有指挥长：宋必达 联系不上" in town.card(town.person("p_fu"), "没有指挥长")
    assert await town.person("p_fu").presses("授权 安如山", on="联系不上") == "已授权 安如山。"
    assert await commander(town) == "p_an_rs"


async def test_a_chief_in_office_leaves_and_the_deputy_takes_over_by_a_press(town: Town) -> None:
    await storms(town)
    await town.person("p_ding").presses("✅ 收到，我来指挥")
    town.ignore()
    await leaves(town.person("p_ding"))
    assert "您在岗，请接任指挥。" in town.new()["p_fu"][0]
    await town.at(30)
    assert await commander(town) is None
    assert await town.person("p_fu").presses("🎖 我来指挥") == "您已接任 #1 的指挥。"


# Declaring it, and its end


async def test_a_dispatcher_makes_it_major_once_asked_and_a_driver_does_not(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    await driver.types("/flood 东仓")
    await driver.types("3")
    await driver.types("/major 1")
    assert "只有调度和上级能做" in town.card(driver, "只有")
    await town.person("p_zhou").types("/major 1")
    assert "#1" in town.card(town.person("p_zhou"), "没有")
    await dispatcher.types("/major")
    await dispatcher.presses("#1 进水 东区")
    assert (await town.incident(1)).headquarters is None
    sure = Old.of(dispatcher, "是，成立指挥部")
    assert await sure.pressed() == "#1 已升为重大事件。"
    assert sure.labels == []
    assert await sure.pressed() == "#1 已经有指挥部了。"
    assert await commander(town) == "p_ding"


async def test_a_lower_level_ends_it_by_a_press_only(town: Town) -> None:
    await storms(town)
    leader, officer = town.person("p_ding"), town.person("p_ye")
    await leader.types("/incident 1")
    await leader.presses("🎖 指挥")
    assert await leader.presses("解除指挥部") == "级别还没有降下来，指挥部不能解除。"
    await officer.presses("✏️ 更正")
    await officer.presses("几级", on="哪一项")
    await officer.presses("黄色")
    assert await commander(town) == "p_ding"
    assert await leader.presses("解除指挥部", on="已降级") == "指挥部已解除。"
    assert (await town.incident(1)).headquarters is None
    assert "指挥部已解除，事件继续处理" in town.card(LEADERS, "指挥部")


async def test_the_end_of_the_incident_is_the_end_of_the_command(town: Town) -> None:
    await song_acts(town)
    await town.at(6)
    await town.person("p_song").presses("✅ 完成", on="停止送货")
    await town.person("p_ye").presses("✅ 完成", on="结束")
    assert not (await town.incident(1)).is_open
    assert not (await town.roster()).acts_somewhere("p_song")


async def test_merged_into_another_it_is_directed_there(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    for _ in range(2):
        await driver.types("/flood 东仓")
        await driver.types("3")
    await dispatcher.types("/major 2")
    await dispatcher.presses("是，成立指挥部")
    await dispatcher.types("/merge 1 2")
    assert (await town.incident(2)).status == "merged"
    assert await commander(town, 1) == "p_ding"


async def test_a_chief_who_stays_for_the_incident_commands_from_afar(town: Town) -> None:
    await storms(town)
    leader = town.person("p_ding")
    await leader.presses("✅ 收到，我来指挥")
    await leaves(leader)
    assert await commander(town) is None
    town.ignore()
    await leader.presses("📌 #1 结束前我一直在")
    assert await commander(town) == "p_ding"
    assert "指挥长回来了" in town.new()["p_fu"][-1]


# Words


async def test_in_english(town: Town) -> None:
    deputy = town.person("p_fu")
    await deputy.types("/language")
    await deputy.presses("English")
    await leaves(town.person("p_ding"))
    await deputy.types("/duty")
    await deputy.presses("😴 Off duty")
    await storms(town)
    asked = town.new()["p_fu"][0]
    assert "⚠️ No commander yet" in asked
    assert "Please authorise an acting commander" in asked
    assert "Head of distribution, named by the plan" in asked
    assert await deputy.presses("Authorise 宋必达") == "宋必达 is authorised."
    await deputy.types("/briefing 1")
    assert "🎖 Acting commander: 宋必达 (authorised by 傅领航)" in town.card(deputy, "Acting")
    await deputy.types("/incident 1")
    assert "authorised 宋必达 as acting commander" in town.card(deputy, "What happened")


async def test_a_restart_in_the_middle_goes_on_seeking(tmp_path: Path) -> None:
    plans = folder_of(tmp_path, STORM)
    async with a_town(tmp_path / "store", plans=plans) as town:
        async with town.running():
            await storms_while_both_are_away(town)
        town.ignore()
        await town.clock.advance(30 * 60)
        async with town.running():
            assert any(NOBODY in text for text in town.new()["p_fu"])
            assert await town.person("p_fu").presses("授权 宋必达") == "已授权 宋必达。"
