"""Whether a plan's questions, conditions and owners fit each other.

In: a plan whose names are all known. Out: paths with words. Forbidden here: order and time.
"""

from collections.abc import Iterator, Mapping

from plans.engine.conditions import compare, unknown
from plans.format import (
    REPORTER,
    AtLeast,
    AtMost,
    Before,
    Below,
    Condition,
    Ever,
    Never,
    OneOf,
    Over,
    Owner,
    Plan,
    Pool,
    Unless,
)
from plans.format.conditions import bound_of
from plans.incident import NONE
from plans.model import FactName
from plans.plan_check import gates, moments, pools, rounds, spreading, stock
from plans.plan_check.facts import Origin, facts_of, origins_of, spelt
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]
TYPES_ZH = {
    "place": "地点",
    "vehicle": "车辆",
    "route": "线路",
    "yes_no": "是/否",
    "choice": "选择",
    "text": "文字",
    "number": "数字",
    "duration": "时长",
    "time": "时刻",
    "allocated": "调配",
    "attribute": "登记册",
}


_NONE_FREE: Mapping[Pool, Text] = {
    "spare_vehicle": Text(zh="一辆都调不到", en="none is free"),
    "route_guide": Text(zh="一个人都找不到", en="nobody is free"),
    "stock": Text(zh="哪个仓库都不够", en="no store has enough"),
}


def fitting(plan: Plan) -> Found:
    yield from _beginning(plan)
    yield from _questions(plan)
    yield from _conditions(plan)
    yield from _owners(plan)
    yield from _searches(plan)
    yield from pools.fitting(plan)
    yield from stock.fitting(plan)
    yield from spreading.fitting(plan)
    yield from moments.fitting(plan)
    yield from gates.fitting(plan)
    yield from rounds.fitting(plan)
    yield from _closing(plan)
    yield from _calls(plan)
    if plan.subject is not None and plan.ask[plan.subject].type != "vehicle":
        yield (
            ("subject",),
            worded(
                f"subject 要写一个类型为 vehicle 的问题, {plan.subject} 不是",
                f"subject names a question of type vehicle; {plan.subject} is not one",
            ),
        )


_ROUTINES_LACK = ("command", "received", "ask", "inform", "subject", "offered_at_place")


def _beginning(plan: Plan) -> Found:
    """By somebody's report, or by the clock."""
    written = plan.model_fields_set
    if plan.routine is None:
        for field in ("command", "received", "ask"):
            if not getattr(plan, field) or field not in written:
                yield (), worded(f"缺少 {field}", f"{field} is missing")
        return
    for field in _ROUTINES_LACK:
        if field in written:
            yield (
                (field,),
                worded(
                    f"例行检查到点自己开始, 没有人报告, 不能写 {field}",
                    f"a routine begins by the clock and nobody reports it: no {field} here",
                ),
            )


def _questions(plan: Plan) -> Found:
    for origin in origins_of(plan):
        if origin.asked is None:
            continue
        choices = origin.asked.choices
        if origin.type == "choice" and len(choices) < 2:
            yield (
                origin.path,
                worded(
                    f"{origin.name} 是选择题, 请在 choices 里至少写两个选项",
                    f"{origin.name} is a choice: write at least two answers under choices",
                ),
            )
        elif origin.type == "level" and len(choices) < 2:
            yield (
                origin.path,
                worded(
                    f"{origin.name} 是级别, 请在 choices 里从低到高至少写两级",
                    f"{origin.name} is a level: write at least two under choices, the lowest first",
                ),
            )
        elif choices and origin.type not in ("choice", "level"):
            yield (
                (*origin.path, "choices"),
                worded(
                    f"{origin.name} 的类型是 {origin.type}, 不能有选项; 要选项请写 type: choice",
                    f"{origin.name} is of type {origin.type} and has no choices; "
                    "with choices write type: choice",
                ),
            )
        if origin.asked.offer and origin.type != "number":
            yield (
                (*origin.path, "offer"),
                worded(
                    f"offer 是可以点的数字, 只用于 type: number, {origin.name} 不是",
                    f"offer is for numbers to press; {origin.name} is not of type number",
                ),
            )
        if origin.asked.now and origin.type != "time":
            yield (
                (*origin.path, "now"),
                worded(
                    f"now 只用于 type: time, {origin.name} 不是",
                    f"now is for times; {origin.name} is not of type time",
                ),
            )
        if "any" in choices:
            yield (
                (*origin.path, "choices", "any"),
                worded(
                    "选项不能叫 any: 条件里 any 表示“有答案就行”",
                    "an answer cannot be called any: in a condition that means any answer",
                ),
            )
    for name, ask in plan.ask.items():
        if ask.default == "reporter" and ask.type != "vehicle":
            yield (
                ("ask", name, "default"),
                worded(
                    f"default: reporter 表示报告人开的车, 只能用于 type: vehicle, {name} 不是",
                    "default: reporter stands for the vehicle that the reporter drives; "
                    f"{name} is not of type vehicle",
                ),
            )


def _conditions(plan: Plan) -> Found:
    facts = facts_of(plan)
    asked_so_far: list[FactName] = []
    for ask_name, ask in plan.ask.items():
        for name, condition in ask.when.items():
            path: Path = ("ask", ask_name, "when", name)
            if name.partition(".")[0] not in asked_so_far:
                yield (
                    path,
                    worded(
                        f"问到 {ask_name} 时还不知道 {name}: 请把 {name} 放到它前面问",
                        f"{name} is not known yet when {ask_name} is asked: ask for {name} before",
                    ),
                )
            elif told := _misfit(condition, facts[name]):
                yield path, told
        asked_so_far.append(ask_name)
    for path, when in plan.conditions():
        for name, condition in when.items() if path[0] != "ask" else ():
            if told := _misfit(condition, facts[name]):
                yield (*path, "when", name), told
        for name, condition in when.items():
            if told := _misfit_bound(condition, facts):
                yield (*path, "when", name), told


def _misfit(condition: Condition, origin: Origin) -> Text | None:
    match condition:
        case "any":
            return None
        case AtLeast() | Below():
            return _misfit_level(condition, origin)
        case Before():
            return None if origin.type == "time" else _no_moment(origin)
        case Over() | AtMost() | int():
            return None if origin.type in ("number", "duration") else _no_number(origin)
        case OneOf(one_of=answers):
            wanted = answers
        case Unless(unless=answer):
            return _misfit(answer, origin)
        case Ever(ever=answer) | Never(never=answer):
            chosen = origin.type in ("yes_no", "choice", "level")
            return _misfit(answer, origin) if chosen else _no_choice(origin)
        case str():
            wanted = (condition,)
    if origin.answers:
        if any(answer not in origin.answers or answer == "any" for answer in wanted):
            choices = ", ".join(origin.answers)
            return worded(
                f"{origin.name} 的答案只有: {choices}; 写的是 {spelt(condition)}",
                f"{origin.name} can only be: {choices}; here stands {spelt(condition)}",
            )
        return None
    if origin.type == "attribute":
        return None
    if origin.type in ("number", "duration"):
        return worded(
            f"{origin.name} 是{TYPES_ZH[origin.type]}: 条件请写不带引号的数字、"
            "{over: 数}、{at_most: 数} 或 any",
            f"{origin.name} is a {origin.type}: write a number without quotes, {{over: n}}, "
            "{at_most: n} or any",
        )
    return worded(
        f"{origin.name} 的答案五花八门 (类型 {origin.type}), 条件只能写 any (已经有答案)",
        f"{origin.name} can be anything (type {origin.type}): the only condition is any, "
        "which means it is known",
    )


def _no_choice(origin: Origin) -> Text:
    return worded(
        f"ever、never 只用于是否、选择和级别, {origin.name} 的类型是 {origin.type}",
        f"ever and never are for yes_no, choice and level; {origin.name} is of type {origin.type}",
    )


def _misfit_level(condition: AtLeast | Below, origin: Origin) -> Text | None:
    level = spelt(condition)
    if origin.type != "level":
        return worded(
            f"at_least、below 只用于级别 (type: level), {origin.name} 的类型是 {origin.type}",
            f"at_least and below are for levels (type: level); {origin.name} is of type "
            f"{origin.type}",
        )
    if level not in origin.answers:
        levels = ", ".join(origin.answers)
        return worded(
            f"{origin.name} 没有 {level} 这一级; 从低到高是: {levels}",
            f"{origin.name} has no level {level}; from the lowest they are: {levels}",
        )
    if not condition.among:
        return worded(
            f"{level} 已经是最低一级, 没有比它低的",
            f"{level} is the lowest level: nothing is below it",
        )
    return None


def _misfit_bound(condition: Condition, facts: dict[FactName, Origin]) -> Text | None:
    """A bound that follows from a fact which can be told by its words, and from these only."""
    bound = bound_of(condition)
    if bound is None:
        return None
    origin = facts[bound.of]
    if not origin.answers and origin.type != "attribute":
        return worded(
            f"of 要写一个选择、级别或登记册里的属性 (如 customer.grade), {bound.of} 的类型是 "
            f"{origin.type}",
            "of names a choice, a level, or what the register says (like customer.grade); "
            f"{bound.of} is of type {origin.type}",
        )
    unknown_words = [key for key in bound.is_ if origin.answers and key not in origin.answers]
    if unknown_words:
        choices = ", ".join(origin.answers)
        return worded(
            f"{bound.of} 的答案只有: {choices}; 写的是 {unknown_words[0]}",
            f"{bound.of} can only be: {choices}; here stands {unknown_words[0]}",
        )
    return None


def _no_moment(origin: Origin) -> Text:
    return worded(
        f"{origin.name} 不是时刻 (type: time), 不能用 before 比先后",
        f"{origin.name} is no moment (type: time) to compare by before",
    )


def _no_number(origin: Origin) -> Text:
    return worded(
        f"{origin.name} 的类型是 {origin.type}, 不是数字, 不能比大小",
        f"{origin.name} is of type {origin.type}, not a number to compare with",
    )


def _owners(plan: Plan) -> Found:
    facts = facts_of(plan)
    owners: list[tuple[Path, Owner]] = [
        (("steps", id_, "owner"), step.owner) for id_, step in plan.steps.items()
    ]
    owners += [(("checks", id_, "owner"), check.owner) for id_, check in plan.checks.items()]
    for path, owner in owners:
        if [owner.role, owner.driver_of, owner.person_of].count(None) != 2:
            yield (
                path,
                Text(
                    zh="责任人请写一个岗位、{driver_of: 车辆} 或 {person_of: 调到的人}, 只写一个",
                    en="the owner is a role, {driver_of: a vehicle} or {person_of: somebody "
                    "found}: write one of them",
                ),
            )
        if owner.person is not None:
            yield (
                (*path, "person"),
                Text(
                    zh="预案里写岗位, 不写人名: 人会换, 岗位一直在",
                    en="a plan names roles, not people: people change, roles stay",
                ),
            )
        if owner.region_of is not None and (owner.role in (None, REPORTER)):
            yield (
                (*path, "region_of"),
                Text(
                    zh="region_of 要和岗位一起写: 那辆车所在区域的这个岗位",
                    en="region_of goes with a role: that role in the vehicle's region",
                ),
            )
        for key, name in (("driver_of", owner.driver_of), ("region_of", owner.region_of)):
            vehicle = name is not None and (
                facts[name].type == "vehicle" or name in pools.found_in(plan, "spare_vehicle")
            )
            if key == "region_of" and name in pools.found_in(plan, "stock"):
                continue
            if name is not None and not vehicle:
                yield (
                    (*path, key),
                    worded(
                        f"{key} 要写一辆车, {name} 的类型是 {facts[name].type}",
                        f"{key} needs a vehicle; {name} is of type {facts[name].type}",
                    ),
                )


def _calls(plan: Plan) -> Found:
    """What another plan does cannot be asked of this one's owner, too."""
    for id_, step in plan.steps.items():
        for key in ("record", "allocate", "for_each"):
            if step.calls is not None and getattr(step, key, None):
                yield (
                    ("steps", id_, key),
                    worded(
                        f"这一步由 {step.calls} 去办, 不能再写 {key}: 请另写一步",
                        f"{step.calls} does this step, so it has no {key}: make that another step",
                    ),
                )


def _closing(plan: Plan) -> Found:
    """Whoever has to close by hand must be told what to look at, and by when."""
    if plan.close.auto:
        return
    for field in ("do", "due", "tell_reporter"):
        if field not in plan.close.model_fields_set:
            yield (
                ("close",),
                worded(
                    f"close 里缺少 {field} (自动结束的写 auto: true, 就不用写)",
                    f"close needs {field} (unless it closes by itself: auto: true)",
                ),
            )


def _searches(plan: Plan) -> Found:
    """What if nothing is free? Somebody must have that."""
    for id_, step in plan.steps.items():
        if step.allocate is None:
            continue
        name = step.allocate.as_
        takers = [other.when[name] for other in plan.steps.values() if name in other.when]
        if not any(compare(condition, NONE, unknown) for condition in takers):
            none = _NONE_FREE[step.allocate.pool]
            yield (
                ("steps", id_, "allocate"),
                worded(
                    f"{none.zh}时没有人管: 请加一个写明 when: {{{name}: none}} 的步骤",
                    f"nobody acts when {none.en}: add a step with when: {{{name}: none}}",
                ),
            )
