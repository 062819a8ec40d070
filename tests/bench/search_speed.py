"""What finding somebody costs among 5,000 people and 10,000 customers: the index, also after one
of them has changed, then queries.

Prints medians of ROUNDS, in milliseconds.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial

from bot.library import read_library
from plans.company import Company, Customer, Person, Post
from plans.directory import Directory

PEOPLE, CUSTOMERS, ROUNDS = 5_000, 10_000, 9
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜单曾解"
QUERIES = ("王", "wang", "李华", "lihua", "lpa", "0123", "lupngan", "东区 调度", "driver east")


def big_company(customers: int) -> Company:
    """The sample company with many made-up people; the same ones each time."""
    company, chance = read_library().desk.company, random.Random(1)  # noqa: S311
    given = [chr(code) for code in range(0x4E00, 0x9F00, 7)]
    posts = (Post(role="driver", region="east"),)
    people = {
        f"p_{n}": Person(
            name=chance.choice(SURNAMES) + chance.choice(given) + chance.choice(given),
            phone=f"+86 139 {n // 10_000:04} {n % 10_000:04}",
            roles=posts,
        )
        for n in range(PEOPLE)
    }
    shops = {
        f"k_{n}": Customer(
            name=f"{chance.choice(given)}记便利店", region="east", address="东路 5 号"
        )
        for n in range(customers)
    }
    return company.model_copy(update={"people": people, "customers": shops})


def one_changed(company: Company, n: int) -> Company:
    """As the register makes it: the same entries, but for one."""
    changed = company.people[f"p_{n}"].model_copy(update={"name": f"新名{n}"})
    return company.model_copy(update={"people": {**company.people, f"p_{n}": changed}})


def median_ms(works: Iterable[Callable[[], object]]) -> float:
    costs_ms = []
    for work in works:
        began = time.perf_counter()
        work()
        costs_ms.append((time.perf_counter() - began) * 1e3)
    return statistics.median(costs_ms)


async def main() -> None:
    for customers in (0, CUSTOMERS):
        company = big_company(customers)
        began = time.perf_counter()
        directory = Directory(company)
        first_ms = (time.perf_counter() - began) * 1e3
        anew_ms = median_ms([partial(Directory, company)] * ROUNDS)
        changed = [one_changed(company, n) for n in range(ROUNDS)]
        after_ms = median_ms(partial(Directory, later, directory) for later in changed)
        sys.stdout.write(
            f"{PEOPLE} people, {customers} customers: index {first_ms:.0f} ms at first, "
            f"{anew_ms:.0f} ms made anew, {after_ms:.0f} ms after one change "
            f"(x {after_ms / anew_ms:.2f})\n"
        )
        for typed in QUERIES:
            cost_ms = median_ms([partial(directory.find, typed)] * ROUNDS)
            hits = len(directory.find(typed))
            sys.stdout.write(f"  {typed}: {cost_ms:.1f} ms, {hits} hits\n")
