"""Steps of absent people given to others: one person's, or everybody's at once."""

from handlers.documents import PEOPLE
from plans.incident import StepStatus
from tests.chat.town import Town

EAST = "east_distribution"
# One breakdown a region asks its dispatcher and its keeper; where no spare is left, a call for
# help asks the dispatcher.
DRIVERS = {"east": "p_lu", "south": "p_ma", "north": "p_cheng", "west": "p_zuo", "centre": "p_bu"}
DISPATCHERS = ("p_an_ph", "p_zhou", "p_bi", "p_xi", "p_zhong")
KEEPERS = ("p_xiu", "p_che", "p_you", "p_guan", "p_long")


async def away(town: Town, *people: str, stand_in: str | None = None) -> None:
    """They are away from now on."""
    assert town.store is not None
    at = town.clock.now()
    async with town.store.turn(at=at) as turn:
        roster = await town.desk.roster(turn)
        for person in people:
            state = roster.state(person)
            assert state is not None
            changes = {"away_since": at, "stand_in": stand_in}
            turn.put(PEOPLE, state.model_copy(update=changes))
    await town.a_moment()


async def five_breakdowns(town: Town) -> None:
    """Ten owners with eleven open steps: five keepers, five dispatchers."""
    for driver in DRIVERS.values():
        await town.person(driver).types("/breakdown 环城东路")
    for region in ("west", "centre"):
        stuck = town.person(DRIVERS[region])
        await stuck.types("/sos 环城东路 车窗碎了")
    town.ignore()


async def owners(town: Town, number: int) -> dict[str, tuple[str, ...]]:
    incident = await town.incident(number)
    return {
        step: (state.taken_by,) if state.taken_by else state.asked
        for step, state in incident.steps.items()
        if state.status is StepStatus.OPEN
    }


async def test_ten_absent_owners_are_replaced_in_one_action(town: Town) -> None:
    await five_breakdowns(town)
    await town.person("p_xiu").presses("🙋 我来", on="安排拖车")
    await away(town, *DISPATCHERS, *KEEPERS)
    town.ignore()
    duty_officer = town.person("p_ye")

    await duty_officer.types("/reassign")
    assert "改派谁手上的事" in town.card(duty_officer, "改派谁")
    labels = town.message(duty_officer, "改派谁").labels
    assert labels[0] == "⚡ 所有缺勤人员的事（10 件）"
    assert len([label for label in labels if "不在岗" in label]) == 8
    town.ignore()

    # First what would be done, line by line; nothing has been done yet.
    await duty_officer.presses("⚡ 所有缺勤人员的事（10 件）")
    preview = town.card(duty_officer, "将改派 10 件")
    assert preview.count("（不在岗） → ") == 10
    assert "#1 安排拖车和维修：修得快（不在岗） → 宋必达" in preview
    assert (await owners(town, 1))["repair"] == ("p_xiu",)
    town.sees({"p_ye": ["（还没有执行）"]})

    # Then the same lines, done.
    await duty_officer.presses("✅ 全部改派（10）")
    new = town.new()
    assert "已改派 10/10 件" in new["p_ye"][0]
    assert new["p_ye"][0].count("✓ ") == 10
    # Each new owner is told once, of everything.
    told = {who: [x for x in texts if "等您" in x] for who, texts in new.items()}
    assert "📦 8 件事等您（叶不眠 转交）" in told["p_song"][0]
    assert all(len(texts) <= 1 for texts in told.values())
    assert sum(len(texts) for who, texts in new.items() if who == "p_song") == 1
    assert "🔔 #1 派备用车" in new["p_dai"][0]
    assert len(new["p_dai"]) == 1
    # On record in each incident; whoever had taken a step has lost it.
    for number in range(1, 8):
        events = [e for e in await town.record(number) if e.type == "step_handed_over"]
        assert {e.by for e in events} == {"p_ye"}
    assert (await owners(town, 1))["repair"] == ("p_song",)
    left = [p for n in range(1, 8) for asked in (await owners(town, n)).values() for p in asked]
    assert not {*DISPATCHERS, *KEEPERS} & set(left)

    # One press takes it all; the list shows it.
    assert await town.person("p_song").presses("🙋 全部接手") == "10 件都交给您了，谢谢。"
    assert (await owners(town, 1))["repair"] == ("p_song",)
    assert (await town.incident(1)).steps["repair"].taken_by == "p_song"
    bundle = town.card(town.person("p_song"), "📦 8 件")
    assert "🟡 安排拖车和维修" in bundle
    assert town.message(town.person("p_song"), "📦 8 件").labels == ["📋 逐条查看"]


async def test_a_stand_in_comes_before_those_above(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await away(town, "p_an_ph", stand_in="p_shang")
    dispatcher_above = town.person("p_song")
    town.ignore()
    await dispatcher_above.types("/reassign")
    await dispatcher_above.presses("⚡ 所有缺勤人员的事（1 件）")
    assert "派备用车前去接替：安排好（不在岗） → 商有道" in town.card(dispatcher_above, "将改派")
    await dispatcher_above.presses("✅ 全部改派（1）")
    assert (await owners(town, 1))["send_spare"] == ("p_shang",)


async def test_a_regional_dispatcher_sees_their_own_region(town: Town) -> None:
    await five_breakdowns(town)
    await away(town, "p_xiu", "p_che")
    dispatcher = town.person("p_an_ph")
    town.ignore()
    await dispatcher.types("/reassign")
    labels = town.message(dispatcher, "改派谁").labels
    assert labels[0] == "⚡ 所有缺勤人员的事（1 件）"
    assert "修得快 · 不在岗 · 1 件" in labels
    assert not any("车常新" in label for label in labels)


async def test_the_steps_of_one_person_are_ticked(town: Town) -> None:
    for driver in ("p_lu", "p_xing"):
        await town.person(driver).types("/breakdown 环城东路")
    dispatcher, chosen = town.person("p_an_ph"), town.person("p_dai")
    town.ignore()
    await dispatcher.types("/reassign")
    await dispatcher.presses("修得快 · 在岗 · 2 件")
    town.sees({"p_an_ph": ["改派谁手上的事", "修得快 手上有 2 件"]})
    await dispatcher.presses("☑️ #1 安排拖车和维修")
    town.sees({})  # the same message, with the tick taken away
    await dispatcher.presses("↪️ 改派选中的（1）")
    await dispatcher.types("理勤")
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    assert "已改派 1/1 件" in town.card(dispatcher, "已改派")
    assert "安排好 转交给您。" in town.card(chosen, "#2 安排拖车")
    assert (await owners(town, 2))["repair"] == ("p_dai",)
    assert (await owners(town, 1))["repair"] == ("p_xiu",)


async def test_a_name_may_be_typed(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    dispatcher = town.person("p_an_ph")
    town.ignore()
    await dispatcher.types("/reassign")
    await dispatcher.types("王五")
    town.sees({"p_an_ph": ["改派谁", "“王五”手上没有"]})
    await dispatcher.types("修得")
    await dispatcher.presses("修得快 · 车辆管理员 · 东区")
    assert "修得快 手上有 1 件" in town.card(dispatcher, "手上有")


async def test_when_everybody_is_back_nothing_is_reassigned(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await away(town, "p_xiu")
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/reassign")
    await dispatcher.presses("⚡ 所有缺勤人员的事（1 件）")
    await town.person("p_xiu").types("/mine")
    async with town.store.turn(at=town.clock.now()) as turn:  # type: ignore[union-attr]
        state = await turn.get(PEOPLE, "p_xiu")
        assert state is not None
        turn.put(PEOPLE, state.model_copy(update={"away_since": None}))
    assert await dispatcher.presses("✅ 全部改派（1）") == "没有落在缺勤人员手上的事了。"
    assert (await owners(town, 1))["repair"] == ("p_xiu",)


async def test_only_who_has_command_reassigns(town: Town) -> None:
    await town.person("p_lu").types("/reassign")
    town.sees({"p_lu": ["只有调度和上级能做"]})
    await town.person("p_an_ph").types("/reassign")
    town.sees({"p_an_ph": ["现在没有进行中的任务"]})


async def test_mine_offers_to_take_everything(town: Town) -> None:
    for driver in ("p_lu", "p_xing"):
        await town.person(driver).types("/breakdown 环城东路")
    keeper = town.person("p_xiu")
    town.ignore()
    await keeper.types("/mine")
    town.sees({"p_xiu": ["📦 2 件事等您接手", "#2 🔴", "#1 🔴"]})
    assert await keeper.presses("🙋 全部接手") == "2 件都交给您了，谢谢。"
    assert {(await town.incident(n)).steps["repair"].taken_by for n in (1, 2)} == {"p_xiu"}
    assert await keeper.presses("🙋 全部接手") == "没有等您接手的事了。"
    town.ignore()
    await keeper.types("/mine")
    assert len(town.new()["p_xiu"]) == 2
