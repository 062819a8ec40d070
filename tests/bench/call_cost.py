"""What ticking one customer costs among 50 and among 5,000 in a step, and what it writes.

Prints the median turn of TICKS ticks in milliseconds, and the size of the incident's document,
which each of them writes.
"""

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.library import read_library
from handlers.catalogue import catalogue
from handlers.desk import Desk
from handlers.documents import INCIDENTS
from handlers.kinds import KINDS
from plans import commands as c
from plans.area import Area
from plans.company import Company, Customer, Person, Post
from plans.incident import Incident
from plans.plan_check import PlanFile, read_plan
from storage.port import Store
from storage.tiny import open_tiny

AT = datetime(2026, 7, 6, tzinfo=UTC)
SIZES, EACH, TICKS = (50, 5_000), 25, 15
PLAN = """\
plan: high-water
title: {zh: 涨水, en: High water}
icon: 🌊
command: water
received: {zh: 收到。, en: Received.}
inform: [head_distribution]
ask:
  where: {type: area, required: true, text: {zh: 哪些地方?, en: Where?}}
steps:
  tell:
    owner: market_manager
    for_each: {customers_in: where, retry: 30 min}
    do: {zh: 通知客户停送, en: Tell the customers}
    due: {in: 3 h, acknowledge: 30 min}
close:
  by: head_distribution
  when: [tell]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""


def company_of(customers: int) -> Company:
    """EACH customers for every account manager, all in one region."""
    company = read_library().desk.company
    posts = (Post(role="account_manager", region="east"),)
    managers = {
        f"m_{n}": Person(name=f"客户经理{n}", telegram=1_000_000 + n, roles=posts)
        for n in range(customers // EACH)
    }
    shops = {
        f"k_{n}": Customer(
            name=f"便利店{n}",
            region="east",
            manager=f"m_{n // EACH}",
            phone=f"+86 10 {n:08}",
        )
        for n in range(customers)
    }
    people = {**company.people, **managers}
    return company.model_copy(update={"people": people, "customers": shops})


async def begun(store: Store, desk: Desk) -> Incident:
    async with store.turn("begin", at=AT) as turn:
        plan, reporter = desk.plans["high-water"], "p_lu"
        incident = await desk.start(
            turn, plan, reporter, "east", {"where": Area(regions=("east",))}
        )
    assert isinstance(incident, Incident), incident
    return incident


async def tick_ms(store: Store, desk: Desk, number: int, n: int) -> float:
    began = time.perf_counter()
    async with store.turn(f"tick {n}", at=AT + timedelta(seconds=n)) as turn:
        tick = c.TickCall(turn.at, "m_1", "tell/2", f"k_{EACH + n}", "reached")
        ticked = await desk.act(turn, number, tick)
    assert isinstance(ticked, Incident), ticked
    return (time.perf_counter() - began) * 1e3


async def main() -> None:
    catalogue()  # read once in a process's life
    for customers in SIZES:
        company = company_of(customers)
        read = read_plan(PLAN, "high-water.yaml", company)
        assert isinstance(read, PlanFile), read.said("en")
        desk = Desk(company, {"high-water": read.plan})
        with tempfile.TemporaryDirectory() as folder:
            async with open_tiny(Path(folder), KINDS) as store:
                incident = await begun(store, desk)
                costs = [await tick_ms(store, desk, incident.number, n) for n in range(TICKS)]
                async with store.turn(at=AT) as turn:
                    kept = await turn.get(INCIDENTS, str(incident.number))
        assert kept is not None
        size_kb = len(kept.model_dump_json().encode()) / 1e3
        sys.stdout.write(
            f"one of {customers:,} customers: {statistics.median(costs):.1f} ms a tick, "
            f"{size_kb:.0f} kB\n"
        )
