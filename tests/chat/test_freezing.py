"""A plan is frozen into the incident that began on it: what is written anew is for the next one."""

from pathlib import Path

from tests.chat.own_plans import folder_of
from tests.chat.town import a_town

OLD = """\
plan: leak
title: {zh: 漏水, en: Leak}
icon: 💧
command: leak
received: {zh: 收到。, en: Received.}
ask:
  room: {type: text, required: true, text: {zh: 哪间?, en: Which room?}}
steps:
  mend:
    owner: dispatcher
    do: {zh: 拿桶接水, en: Put a bucket under it}
    due: {in: 60 min}
close: {auto: true, by: dispatcher, when: [mend]}
"""
NEW = """\
plan: leak
title: {zh: 漏水抢修, en: Leak repair}
icon: 💧
command: leak
received: {zh: 收到。, en: Received.}
ask:
  room: {type: text, required: true, text: {zh: 哪间?, en: Which room?}}
steps:
  shut:
    owner: fleet_keeper
    do: {zh: 关总阀, en: Shut the main}
    due: {in: 10 min}
  mend:
    after: shut
    owner: dispatcher
    do: {zh: 换水管, en: Replace the pipe}
    due: {in: 60 min}
close: {auto: true, by: dispatcher, when: [shut, mend]}
"""


async def test_a_running_incident_stays_on_its_version_and_the_next_takes_the_new(
    tmp_path: Path,
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    async with a_town(tmp_path, plans=folder_of(before, OLD), routines=()) as town:
        driver = town.person("p_lu")
        async with town.running():
            await driver.types("/leak 东仓")
            await driver.types("东仓")
            await town.person("p_an_ph").presses("🙋 我来", on="#1 拿桶接水")
        await town.clock.advance(24 * 3600)
        town.takes_up(folder_of(after, NEW))
        async with town.running():
            dispatcher = town.person("p_an_ph")
            await dispatcher.types("/incident 1")
            shown = town.card(dispatcher, "#1 漏水")
            assert "📄 按 7月6日周一 08:00 起施行的预案办理；之后的新版从下一起开始用" in shown
            assert "#1 漏水抢修" not in shown

            await driver.types("/leak")
            await driver.types("西仓")
            assert "#2 关总阀" in town.card(town.person("p_xiu"), "#2")
            await dispatcher.types("/incident 2")
            assert "📄 按 7月7日周二" in town.card(dispatcher, "📄 按 7月7日")
            assert "新版" not in town.card(dispatcher, "📄 按 7月7日")

            await dispatcher.presses("✅ 完成", on="#1 拿桶接水")
            assert (await town.incident(1)).status == "closed"
            assert set((await town.incident(1)).steps) == {"mend", "close"}
            assert set((await town.incident(2)).steps) == {"shut", "mend", "close"}
            assert (await town.incident(2)).is_open
