"""The slips people make in writing YAML, and how each is told.

In: what the parser stumbled over and the lines around it. Out: a `Problem` with the likeliest
cause in words. Forbidden here: what the file is about.
"""

import re
from typing import Final

from ruamel.yaml.error import MarkedYAMLError

from plans.text import Text
from plans.yaml_source.problems import Problem, worded

LARGEST_FILE_BYTES: Final = 1_000_000
DEEPEST: Final = 20

TOO_LARGE: Final = Text(
    zh=f"文件太大, 最多 {LARGEST_FILE_BYTES // 1000} KB",
    en=f"the file is too large; at most {LARGEST_FILE_BYTES // 1000} KB",
)
ODD_CHARACTER: Final = Text(
    zh="这一行有看不见的控制字符, 请删掉重打",
    en="an invisible control character stands on this line: delete it and type it again",
)
NOT_YAML: Final = Text(zh="这不是 YAML 文件", en="this is not a YAML file")
ONE_DOCUMENT: Final = Text(
    zh="一个文件只写一份内容, 请删去中间的 ---", en="one file holds one document: remove the ---"
)
TOO_DEEP: Final = Text(
    zh=f"层次太深, 最多 {DEEPEST} 层", en=f"nested too deeply; at most {DEEPEST} levels"
)
NO_ANCHORS: Final = Text(
    zh="不能用 & 和 * 引用别处的内容, 请照写一遍; 文字以这两个符号开头时请加引号",
    en="references with & and * are not allowed: write it out; quote a text that starts with one",
)
NO_TAGS: Final = Text(
    zh="不能用 ! 标记; 文字以 ! 开头时请加引号",
    en="tags with ! are not allowed; quote a text that starts with !",
)
KEY_IS_A_NAME: Final = Text(zh="冒号前面要有一个名称", en="there must be a name before the colon")

FULL_WIDTH_COLON: Final = Text(
    zh="用了中文冒号“：”, 请改成英文冒号加空格“: ”",
    en="a full-width colon stands here: write ': ' instead",
)


def written_twice(key: str, first_line: int) -> Text:
    return worded(
        f"{key} 写了两次, 第一次在第 {first_line} 行",
        f"{key} stands here twice, first on line {first_line}",
    )


def misspelt(error: MarkedYAMLError, text: str, name: str) -> Problem:
    """What the parser could not read, on the line where the slip most likely is."""
    mark, opened = error.problem_mark, error.context_mark
    stumble = f"{error.context or ''} {error.problem or ''}".strip()
    lines = text.split("\n")
    at = min(mark.line if mark else 0, len(lines) - 1)
    for seen_at in (at, max(0, at - 1)):
        for sign, message in _SEEN_NEAR:
            if sign.search(lines[seen_at]):
                return Problem(name, seen_at + 1, "", message)
    if opened is not None and re.search("quoted|flow", stumble):
        # What is never closed is noticed far below; where it was opened helps more.
        at = opened.line
    return Problem(name, at + 1, "", _likeliest(stumble))


def _likeliest(stumble: str) -> Text:
    for words, message in _STUMBLED_OVER:
        if words in stumble:
            return message
    return worded(f"这里看不懂 ({stumble})", f"this cannot be read ({stumble})")


_SEEN_NEAR: Final = (
    (
        re.compile(r"\t"),
        Text(zh="用了制表符 Tab, 缩进请用空格", en="a tab stands here: indent with spaces"),
    ),
    (
        re.compile(r"(?:^|[{,，])\s*[\w-]+："),
        FULL_WIDTH_COLON,
    ),
    (
        re.compile(r"[{\[][^}\]]*[，、]"),
        Text(
            zh="用了中文逗号, 项目之间请用英文逗号“, ”",
            en="a full-width comma stands here: separate by ', ' instead",
        ),
    ),
    (
        re.compile(r"[“”‘’]"),
        Text(zh="用了中文引号, 请改成英文引号", en="full-width quotes stand here: use plain ones"),
    ),
)
_STUMBLED_OVER: Final = (
    (
        "escape character",
        Text(zh="双引号里的反斜杠要写两个", en="write a backslash in double quotes twice"),
    ),
    ("quoted", Text(zh="引号没有成对", en="a quote is opened here and never closed")),
    (
        "flow",
        Text(
            zh="括号没有成对, 或括号里少了逗号",
            en="a bracket is not closed, or a comma is missing inside",
        ),
    ),
    (
        "mapping values",
        Text(
            zh="多了一个冒号, 或缩进不对; 文字里有冒号时请加引号",
            en="one colon too many, or wrong indentation; quote a text that holds a colon",
        ),
    ),
    (
        "could not find expected ':'",
        Text(zh="名称后面少了冒号加空格“: ”", en="': ' is missing after a name"),
    ),
    ("block", Text(zh="缩进没有对齐", en="the indentation does not line up")),
    (
        "cannot start any token",
        Text(
            zh="文字不能以这个符号开头, 请加引号",
            en="a text cannot start with this sign: put it in quotes",
        ),
    ),
)
