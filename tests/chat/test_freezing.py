"""A plan is frozen into the incident that began on it: what is written anew is for the next one."""

from pathlib import Path

import pytest

from plans.text import Lang
from tests.chat.own_plans import folder_of
from tests.chat.test_chapter_vehicles import company_in
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


SAID = {
    "zh": {
        "mine": "🙋 我来",
        "done": "✅ 完成",
        "bucket": "#1 拿桶接水",
        "old": "#1 漏水 ",
        "frozen": "📄 按 7月6日周一 08:00 起施行的预案办理；之后的新版从下一起开始用",
        "new": "#2 漏水抢修",
        "valve": "#2 关总阀",
        "since": "📄 按 7月7日周二",
        "newer": "新版",
    },
    "en": {
        "mine": "🙋 I have it",
        "done": "✅ Done",
        "bucket": "#1 Put a bucket under it",
        "old": "#1 Leak ",
        "frozen": "📄 By the plan in force since",
        "new": "#2 Leak repair",
        "valve": "#2 Shut the main",
        "since": "📄 By the plan in force since Tue 7 Jul",
        "newer": "newer",
    },
}


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_o4_a_running_incident_stays_on_its_version_and_the_next_takes_the_new(
    tmp_path: Path, lang: Lang
) -> None:
    before, after, store = tmp_path / "before", tmp_path / "after", tmp_path / "store"
    for folder in (before, after, store):
        folder.mkdir()
    said, company = SAID[lang], company_in(lang, tmp_path)
    plans = folder_of(before, OLD)
    async with a_town(store, plans=plans, company=company, routines=()) as town:
        driver = town.person("p_lu")
        async with town.running():
            await driver.types("/leak 东仓")
            await driver.types("东仓")
            await town.person("p_an_ph").presses(said["mine"], on=said["bucket"])
        await town.clock.advance(24 * 3600)
        town.takes_up(folder_of(after, NEW))
        async with town.running():
            dispatcher = town.person("p_an_ph")
            await dispatcher.types("/incident 1")
            assert said["old"] in town.card(dispatcher, said["frozen"])

            await driver.types("/leak")
            await driver.types("西仓")
            assert said["valve"] in town.card(town.person("p_xiu"), "#2")
            await dispatcher.types("/incident 2")
            shown = town.card(dispatcher, said["since"])
            assert said["new"] in shown
            assert said["newer"] not in shown

            await dispatcher.presses(said["done"], on=said["bucket"])
            assert (await town.incident(1)).status == "closed"
            assert set((await town.incident(1)).steps) == {"mend", "close"}
            assert set((await town.incident(2)).steps) == {"shut", "mend", "close"}
            assert (await town.incident(2)).is_open
