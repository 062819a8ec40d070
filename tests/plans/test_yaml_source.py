"""A planner makes a slip; the file says where it is and what to do, in both languages."""

import json
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from plans.duration import Duration
from plans.text import Text
from plans.yaml_source import Problems, Source, read_yaml, unknown_name
from plans.yaml_source.problems import MOST_PROBLEMS
from plans.yaml_source.tree import read_tree


class Over(BaseModel, frozen=True, extra="forbid"):
    over: int


class AtMost(BaseModel, frozen=True, extra="forbid"):
    at_most: int


class Start(BaseModel, frozen=True, extra="forbid"):
    depot: str


class Step(BaseModel, frozen=True, extra="forbid"):
    owner: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=20)
    due: Duration | None = None
    kind: Literal["call", "go"] = "call"
    within: int = Field(default=1, ge=1, le=9)
    urgent: bool = False
    from_: Start | None = Field(default=None, alias="from")
    when: dict[str, str | int | Over | AtMost] = {}


class Plan(BaseModel, frozen=True, extra="forbid"):
    title: Text
    steps: dict[str, Step] = Field(min_length=1)
    close: tuple[str, ...] = ()


GOOD = """\
# 注释
title: {zh: 故障, en: Breakdown}
steps:
  send:
    owner: dispatcher
    due: 15 min
    when: {hurt: yes, quantity: {over: 50}}
close: [send]
"""


def read(text: str) -> Source[Plan]:
    found = read_yaml(text, Plan, "plan.yaml")
    assert isinstance(found, Source), found.said("en")
    return found


def refused(text: str) -> Problems:
    found = read_yaml(text, Plan, "plan.yaml")
    assert isinstance(found, Problems)
    return found


def test_a_good_file_is_its_value_with_the_lines_it_came_from() -> None:
    source = read(GOOD)

    assert source.value.steps["send"].when == {"hurt": "yes", "quantity": Over(over=50)}
    assert source.line_of(("steps", "send", "due")) == 6
    assert source.line_of(("close", 0)) == 8
    assert source.line_of(("steps", "send", "not", "there")) == 4
    assert source.line_of(("nothing",)) == 2
    assert source.keys_of(("steps",)) == ("send",)
    assert source.keys_of(("steps", "send", "due")) == ()
    assert source.keys_of(("close", 7)) == ()


def test_a_cross_check_tells_its_own_problem_with_line_and_field() -> None:
    problem = read(GOOD).problem(("close", 0), Text(zh="没有这一步", en="no such step"))

    assert problem.said("zh") == "plan.yaml 第 8 行 close[1]: 没有这一步"
    assert problem.said("en") == "plan.yaml line 8 close[1]: no such step"


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "zh", "en"),
    [
        ("    owner: dispatcher\n", "", 4, "steps.send.owner", "缺少 owner", "owner is missing"),
        ("owner:", "ownr:", 5, "steps.send.ownr", "是不是想写 owner?", "Did you mean owner?"),
        ("close:", "ende:", 8, "ende", "可以写: title, steps, close", "Possible here: title"),
        ("over:", "ove:", 7, "steps.send.when.quantity.ove", "想写 over?", "mean over?"),
        ("over: 50", "over: many", 7, "steps.send.when.quantity.over", "整数", "a whole number"),
        ("{over: 50}", "[50]", 7, "steps.send.when.quantity", "整数 或", "a whole number or"),
        ("15 min", "soon", 6, "steps.send.due", "看不懂的时长“soon”", '"soon" is not a duration'),
        ("dispatcher", "Dispatcher", 5, "steps.send.owner", "小写英文字母", "small letters"),
        ("dispatcher", "d" * 21, 5, "steps.send.owner", "最多 20 个字", "at most 20 characters"),
        ("dispatcher", "110", 5, "steps.send.owner", "请加引号", "in quotes"),
        ("due: 15 min", "kind: sit", 6, "steps.send.kind", "可以写: call, go", "write call or go"),
        ("due: 15 min", "within: 0", 6, "steps.send.within", "不能小于 1", "at least 1"),
        ("due: 15 min", "within: 10", 6, "steps.send.within", "不能大于 9", "at most 9"),
        ("due: 15 min", "urgent: 7", 6, "steps.send.urgent", "true 或 false", "true or false"),
        ("due: 15 min", "from: {dept: x}", 6, "steps.send.from.dept", "想写 depot?", "mean depot?"),
        ("zh: 故障", "zh: ''", 2, "title.zh", "不能空着", "must not be empty"),
        ("[send]", "send", 8, "close", "列表", "a list"),
        ("{zh: 故障, en: Breakdown}", "故障", 2, "title", "名称: 内容", "name: value"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_told_once_by_line_and_field(
    old: str, new: str, line: int, where: str, zh: str, en: str
) -> None:
    assert GOOD.count(old) == 1

    problems = refused(GOOD.replace(old, new))

    assert [(p.line, p.where) for p in problems] == [(line, where)]
    [problem] = problems
    assert zh in problem.said("zh")
    assert en in problem.said("en")


def test_all_wrong_fields_are_told_together_from_top_to_bottom() -> None:
    problems = refused(GOOD.replace("en: Br", "eng: Br").replace("15 min", "soon"))

    assert [p.where for p in problems] == ["title.eng", "steps.send.due"]
    assert problems.said("zh").count("\n") == 1


def test_more_problems_than_anybody_reads_are_counted() -> None:
    steps = "".join(f"  s{n}: {{owner: 7}}\n" for n in range(MOST_PROBLEMS + 5))
    problems = refused(f"title: {{zh: 一, en: One}}\nsteps:\n{steps}")

    assert len(problems) == MOST_PROBLEMS
    assert problems.said("zh").endswith("另有 5 处")
    assert problems.said("en").endswith("and 5 more")


@pytest.mark.parametrize(
    ("text", "line", "zh", "en"),
    [
        ("a: 1\nb：2\nc: 3\n", 2, "中文冒号", "full-width colon"),
        ("a: {zh：一, en: One}\n", 1, "中文冒号", "full-width colon"),
        ("a: {zh: 一，en: One}\n", 1, "中文逗号", "full-width comma"),
        ("a: “一”: x\n", 1, "中文引号", "full-width quotes"),
        ("a:\n\tb: 1\n", 2, "Tab", "a tab"),
        ("a: [1, 2\nb: 3\nc: 4\n", 1, "括号没有成对", "bracket"),
        ("a: {b: 1\n\n\nc: 4\n", 1, "括号没有成对", "bracket"),
        ("a: 1\nb: 'x\nc: 3\n\nd: 4", 2, "引号没有成对", "quote is opened"),
        ("a:\n  b: 1\n c: 2\n", 3, "缩进没有对齐", "indentation"),
        ("a: b: c\n", 1, "多了一个冒号", "one colon too many"),
        ("a: @x\n", 1, "加引号", "put it in quotes"),
        ('a: "\\q"\n', 1, "反斜杠", "backslash"),
        ("a: 1\nb: 2\na: 3\n", 3, "a 写了两次, 第一次在第 1 行", "twice, first on line 1"),
        ("a: &x 1\n", 1, "不能用 & 和 *", "not allowed"),
        ("a: *x\n", 1, "不能用 & 和 *", "not allowed"),
        ("a: !!python/name:os.system x\n", 1, "不能用 ! 标记", "tags"),
        ("--- \na: 1\n---\nb: 2\n", 3, "一份内容", "one document"),
        ("? [a]\n: 1\n", 1, "要有一个名称", "a name before the colon"),
        ("a: 1\nb: \x07\n", 2, "控制字符", "control character"),
        ('a: "\\ud800"\n', 1, "控制字符", "control character"),
        ('"\\ud800": 1\n', 1, "要有一个名称", "a name before the colon"),
        ("", 1, "文件是空的", "empty"),
        ("# only a comment\n", 1, "文件是空的", "empty"),
        ("- 1\n", 1, "文件是空的", "empty"),
        ("%YAML 3.0\n---\na: 1\n", 1, "看不懂", "cannot be read"),
        ("[" * 5000, 1, "层次太深", "nested too deeply"),
        ("a: " + "x" * 1_000_000, 1, "文件太大", "too large"),
    ],
)
def test_a_slip_in_writing_yaml_is_told_where_it_was_made(
    text: str, line: int, zh: str, en: str
) -> None:
    first = refused(text).found[0]

    assert first.line == line
    assert zh in first.message.zh
    assert en in first.message.en


def test_every_double_key_is_told() -> None:
    assert len(refused("a: 1\na: 2\nb: {c: 1, c: 2}\n")) == 2


@pytest.mark.parametrize(
    ("written", "data"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("true", True),
        ("~", None),
        ("", None),
        ("42", 42),
        ("-7", -7),
        ("1.5", 1.5),
        ("0571", "0571"),
        ("08:30", "08:30"),
        ("2026-05-01", "2026-05-01"),
        ("1e5", "1e5"),
        (".nan", ".nan"),
        ("9" * 30, "9" * 30),
        ("'42'", "42"),
        ("50%", "50%"),
    ],
)
def test_values_are_read_as_people_mean_them(written: str, data: object) -> None:
    tree = read_tree(f"\ufeffa: {written}\n", "plan.yaml")

    assert not isinstance(tree, Problems)
    assert tree.data == {"a": data}
    assert type(tree.data["a"]) is type(data)


def test_an_unknown_name_is_answered_with_the_nearest_or_with_all() -> None:
    known = ["driver", "dispatcher"]
    many = [f"role_{n}" for n in range(99)]

    assert "是不是想写 dispatcher?" in unknown_name("dispacher", known, "岗位", "role").zh
    assert "There are: driver, dispatcher" in unknown_name("cook", known, "岗位", "role").en
    assert unknown_name("cook", many, "岗位", "role").en == "there is no role called cook"


@given(st.text("at0:：{}[],-'\"&*!|>#%.?~\\ \n\t\x00", max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    found = read_yaml(text, Plan, "plan.yaml")

    assert isinstance(found, Problems)
    assert found.said("zh")


fields = st.sampled_from(["owner", "due", "kind", "within", "urgent", "when"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["over", "at_most", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(fields, values)
def test_whatever_stands_in_a_field_is_told_in_our_own_words(field: str, value: object) -> None:
    step = json.dumps({"owner": "b", "unknown": 1} | {field: value}, ensure_ascii=False)

    problems = refused(f"title: {{zh: 一, en: One}}\nsteps:\n  a: {step}\n")

    assert {p.line for p in problems} == {3}
    assert not any("写法不对" in p.message.zh for p in problems)
