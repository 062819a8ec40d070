"""Coverage: who would be told now; holes first; told once when they appear."""

from tests.chat.test_rota import on_shift
from tests.chat.town import Town

H = 60


async def test_where_all_is_well_there_is_nothing_red(town: Town) -> None:
    await town.person("p_song").types("/coverage")
    screen = town.new()["p_song"][0]
    assert "🔴 0 处无人 · 🟡 0 处只有副手或上级" in screen
    assert "🟢 指挥：2/2 人可通知（丁海针、傅领航）" in screen
    assert "🟡 管理员：1/1 人可通知（Max Packet）\n└ 只有一人：丢了账号" in screen


async def test_two_administrators_who_can_be_told_are_enough(town: Town) -> None:
    admin = town.person("p_max")
    await admin.types("/people 宋必达")
    (found,) = town.message(admin, "宋必达").labels
    await admin.presses(found)
    await admin.presses("🔑 Make administrator")
    town.ignore()
    await town.person("p_song").types("/coverage")
    screen = town.new()["p_song"][0]
    assert "🟢 管理员：2/2 人可通知" in screen
    assert "只有一人" not in screen


async def test_who_is_away_and_who_answers_for_them(town: Town) -> None:
    head = town.person("p_song")
    await town.person("p_an_ph").types("/duty 18:00")
    await town.person("p_an_ph").presses("戴理勤 · 调度员 · 东区")
    await town.person("p_xiu").types("/duty 18:00")
    await town.person("p_xiu").presses("不用代理")
    await town.person("p_xi").types("/duty 3天")
    await town.person("p_xi").presses("不用代理")
    town.ignore()

    await head.types("/coverage")
    screen = town.new()["p_song"][0]
    assert "🔴 0 处无人 · 🟡 2 处只有副手或上级" in screen
    assert "🟡 东区车辆管理员：会找上级 宋必达\n└ 修得快 离开到 18:00" in screen
    assert "🟡 西区调度员：只有副手 管得牢\n└ 席安稳 离开到 07-09 08:00" in screen
    assert "东区调度员" not in screen, "a stand-in answers"

    await head.presses("东区")
    page = town.new()["p_song"][0]
    assert "🟢 东区调度员：戴理勤（代理 安排好）" in page
    await head.presses("调度员")
    page = town.new()["p_song"][0]
    assert "<b>调度员</b>" not in page, "rendered"
    assert "🟡 西区调度员：只有副手 管得牢" in page
    assert "🟢 南区调度员：周全到" in page


async def test_a_dispatcher_sees_their_own_region(town: Town) -> None:
    await town.person("p_xi").types("/duty 3天")
    await town.person("p_xi").presses("不用代理")
    town.ignore()
    await town.person("p_an_ph").types("/coverage")
    assert "🟡 0 处" in town.new()["p_an_ph"][0]
    await town.person("p_lu").types("/coverage")
    assert "只有负责排班的岗位和管理员能看" in town.new()["p_lu"][0]


async def test_a_hole_is_told_once_when_it_appears_and_again_when_it_comes_back(
    town: Town,
) -> None:
    keeper = town.person("p_xiu")
    await town.at(31)
    await keeper.types("/duty 3小时")
    await keeper.presses("不用代理")
    town.ignore()
    await town.at(40)
    town.sees({})
    await town.at(42)
    town.sees(
        {
            "p_max": ["A new hole: nobody of the role can be told\n🟡 Fleet keeper East: superior"],
            "p_song": ["⚠️ 新出现的空缺：有事找不到本岗位的人\n🟡 东区车辆管理员：会找上级 宋必达"],
        }
    )
    await town.at(2 * H + 1)
    town.sees({})
    await keeper.types("/duty")
    await keeper.presses("🟢 我回来了")
    await town.at(3 * H)
    town.ignore()
    await keeper.types("/duty 3小时")
    await keeper.presses("不用代理")
    await town.at(4 * H)
    assert any("新出现的空缺" in text for text in town.new()["p_song"])


async def test_on_mondays_every_hole_is_told_again(town: Town) -> None:
    keeper = town.person("p_xiu")
    await keeper.types("/duty 3小时")
    await keeper.presses("不用代理")
    await town.at(11)
    assert "⚠️ 新出现的空缺" in town.new()["p_song"][0]
    await town.at(29)
    town.sees({})
    await town.at(31)
    assert "📋 本周一查看：这些岗位有事找不到人\n🟡 东区车辆管理员" in town.new()["p_song"][0]
    await town.at(2 * H)
    town.sees({})


async def test_when_a_shift_ends_and_nobody_else_is_there_it_is_told(town: Town) -> None:
    keeper = town.person("p_xiu")
    await on_shift(town, "p_dai", 0, 1, role="fleet_keeper")
    await keeper.types("/duty 3小时")
    await keeper.presses("不用代理")
    town.ignore()
    await town.at(69)
    town.sees({})
    await town.at(71)
    assert "🟡 东区车辆管理员：会找上级 宋必达" in town.new()["p_song"][0]


async def test_whoever_has_blocked_the_bot_leaves_a_hole(town: Town) -> None:
    town.person("p_xiu").blocks_bot()
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    await town.at(9)
    town.ignore()
    await town.at(11)
    told = [text for text in town.new()["p_song"] if "新出现的空缺" in text]
    assert "🟡 东区车辆管理员：会找上级 宋必达\n└ 修得快 联系不上（停用了机器人）" in told[0]


async def test_whoever_looks_after_the_bot_sees_all_of_it(town: Town) -> None:
    # No role of Max's keeps a rota.
    await town.person("p_max").types("/coverage")
    [said] = town.new()["p_max"]
    assert said.startswith("Who would be told now")
