"""What finding somebody costs among 5,000 people and 10,000 customers: the index, then queries.

Prints the median of ROUNDS for each query, in milliseconds.
"""

import random
import statistics
import sys
import time

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


async def main() -> None:
    for customers in (0, CUSTOMERS):
        company = big_company(customers)
        began = time.perf_counter()
        Directory(company)
        first_ms = (time.perf_counter() - began) * 1e3
        began = time.perf_counter()
        directory = Directory(company)
        again_ms = (time.perf_counter() - began) * 1e3
        sys.stdout.write(
            f"{PEOPLE} people, {customers} customers: index {first_ms:.0f} ms at first, "
            f"{again_ms:.0f} ms afterwards\n"
        )
        for typed in QUERIES:
            costs_ms = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                found = directory.find(typed)
                costs_ms.append((time.perf_counter() - began) * 1e3)
            sys.stdout.write(
                f"  {typed}: {statistics.median(costs_ms):.1f} ms, {len(found)} hits\n"
            )
