"""One step for several roles: whoever hears of more than one part reads whose each is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

HELP = """\
plan: help
title: {zh: 停电, en: Power cut}
icon: 🔌
command: help_out
received: {zh: 收到。, en: Received.}
ask:
  what: {type: text, text: {zh: 什么?, en: What?}}
steps:
  lend:
    owner: head_finance
    for_each: {roles: [head_finance, head_information]}
    do: {zh: 借发电机, en: Lend a generator}
    due: {in: 3 h, acknowledge: 5 min}
close: {auto: true, by: leader, when: [lend]}
"""
FINANCE, INFORMATION = "借发电机（财务科科长）", "借发电机（信息中心主任）"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, HELP)
    async with a_town(tmp_path / "store", plans=plans) as quiet, quiet.running():
        yield quiet


async def reported(town: Town) -> None:
    await town.person("p_lu").types("/help_out")


async def test_whoever_is_asked_reads_as_what(town: Town) -> None:
    await reported(town)
    new = town.new()
    assert new["p_qian"][0].startswith(f"🔔 #1 {FINANCE}\n")
    assert new["p_shu"][0].startswith(f"🔔 #1 {INFORMATION}\n")
    assert f"①{INFORMATION}" in new["information"][0]
    finance = town.person("p_qian")
    await finance.types("/mine")
    assert f"#1 🔴 {FINANCE}" in town.card(finance, FINANCE)


async def test_whoever_hears_of_two_parts_reads_whose_each_is(town: Town) -> None:
    await reported(town)
    town.ignore()
    await town.at(6)
    told = [text.split("\n")[0] for text in town.new()["p_fu"]]
    assert told == [f"🚨 #1 {FINANCE}", f"🚨 #1 {INFORMATION}"]
    await town.at(20)
    town.ignore()
    await town.at(36)
    gathered = "".join(town.new()["p_fu"])
    assert f"🔴 {FINANCE}（钱清楚）" in gathered
    assert f"🔴 {INFORMATION}（舒据全）" in gathered
