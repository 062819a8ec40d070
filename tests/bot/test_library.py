"""Company and plan files from disk: what cannot be used is refused in words."""

from pathlib import Path

import pytest

from bot.library import NotReadable, read_library
from bot.settings import NEW_COMPANY, OWN_PLANS, SAMPLE_COMPANY

BREAKDOWN = (OWN_PLANS / "vehicle-breakdown.yaml").read_text(encoding="utf-8")


def refused(plans: Path) -> str:
    with pytest.raises(NotReadable) as refusal:
        read_library(SAMPLE_COMPANY, plans)
    return str(refusal.value)


def test_the_plans_come_in_the_order_they_ask_for() -> None:
    assert list(read_library().desk.plans) == [
        "vehicle-breakdown",
        "vehicle-accident",
        "safety-accident",
        "road-help",
        "severe-weather",
        "warehouse-flood",
        "service-disruption",
        "emergency-stock",
        "consumer-request",
        "urgent-supply",
        "stock-follow-up",
    ]


def test_two_plans_with_one_command(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BREAKDOWN, encoding="utf-8")
    other = BREAKDOWN.replace("plan: vehicle-breakdown", "plan: another")
    (tmp_path / "b.yaml").write_text(other, encoding="utf-8")
    assert "b.yaml: 预案名或命令重复" in refused(tmp_path)


def test_a_plan_that_takes_a_command_of_musters_own(tmp_path: Path) -> None:
    text = BREAKDOWN.replace("command: breakdown", "command: help")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert "命令 /help 已有别的用途" in refused(tmp_path)


def test_files_that_are_not_there_or_not_text(tmp_path: Path) -> None:
    assert "没有预案文件" in refused(tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    assert "不是 UTF-8 文本" in refused(tmp_path)
    with pytest.raises(NotReadable, match="打不开"):
        read_library(tmp_path / "nowhere.yaml")


def test_a_company_with_nobody_in_it_is_one_warning() -> None:
    [warning] = read_library(NEW_COMPANY).warnings
    assert "there is nobody yet" in warning
