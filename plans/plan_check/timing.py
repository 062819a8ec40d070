"""Whether a plan's times make sense.

In: a plan, and the company whose habits fill in what the plan leaves out. Out: paths with words.
Forbidden here: moments; only spans are known before an incident.
"""

from collections.abc import Iterator

from plans.company.model import Company
from plans.duration import say_duration, write_duration
from plans.format import Plan
from plans.plan_check.facts import path_of
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]


def timing(plan: Plan, company: Company | None) -> Found:
    yield from _deadlines(plan, company)
    for id_, check in plan.checks.items():
        if check.answer_within >= check.every:
            yield (
                ("checks", id_, "answer_within"),
                worded(
                    f"每 {say_duration(check.every, 'zh')} 问一次, 等待应答的时间要比它短",
                    f"asked every {say_duration(check.every, 'en')}: the time to answer must be "
                    "shorter than that",
                ),
            )


def _deadlines(plan: Plan, company: Company | None) -> Found:
    for id_, step in plan.every_step().items():
        due, path = step.due, (*path_of(id_), "due")
        if due.warn in (0, 1):
            yield (
                (*path, "warn"),
                Text(
                    zh="warn 是时限过了多少就提醒, 请写 1% 到 99% 之间, 例如 50%",
                    en="warn is the share of the time after which the owner is reminded: "
                    "between 1% and 99%, like 50%",
                ),
            )
        # Before a planned moment `in` is no time to do it in; who waits too long is overtaken then.
        span = due.in_ if due.before is None else None
        if due.acknowledge is not None and span is not None and due.acknowledge > span:
            shown_zh, shown_en = (say_duration(span, lang) for lang in ("zh", "en"))
            yield (
                (*path, "acknowledge"),
                worded(
                    f"等人接手的时间比时限 {shown_zh} 还长, 请改短",
                    f"waiting to be acknowledged takes longer than the time itself ({shown_en})",
                ),
            )
        habit = company.reminders.acknowledge if company else None
        if due.acknowledge is not None or due.in_ is None or due.before is not None:
            continue
        if habit is not None and habit > due.in_:
            yield (
                (*path, "in"),
                worded(
                    f"时限只有 {write_duration(due.in_)}, 而公司默认等 {write_duration(habit)} "
                    "没人接才找下一位: 请写上更短的 acknowledge",
                    f"only {write_duration(due.in_)} to do it, but by the company's habit the next "
                    f"in line is told after {write_duration(habit)}: write a shorter acknowledge",
                ),
            )
