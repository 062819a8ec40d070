"""The command line, as a person in front of a terminal meets it."""

from pathlib import Path

import pytest

from bot.settings import OWN_PLANS, SAMPLE_COMPANY
from tests.process.child import environment, ran
from tests.process.stand_in import TOKEN

pytestmark = pytest.mark.process


def company_with(folder: Path, wrong: str, instead_of: str) -> Path:
    text = SAMPLE_COMPANY.read_text(encoding="utf-8")
    assert instead_of in text
    path = folder / "company.yaml"
    path.write_text(text.replace(instead_of, wrong, 1), encoding="utf-8")
    return path


async def test_check_is_content_with_what_comes_along(tmp_path: Path) -> None:
    settings = environment(None, tmp_path, MUSTER_COMPANY=str(SAMPLE_COMPANY))
    code, out, err = await ran(tmp_path, settings, "check")
    assert (code, err) == (0, "")
    assert "备用车检查 · Spares ready? ×3" in out  # and when it begins next
    assert "好 · fine: 59 people, 16 plans" in out


async def test_check_names_file_and_line_in_both_languages(tmp_path: Path) -> None:
    path = company_with(tmp_path, "{role: leeder}", "{role: leader}")
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "leeder" in text)
    code, out, err = await ran(tmp_path, environment(None, tmp_path), "check", str(path))
    assert (code, out) == (1, "")
    assert f"company.yaml 第 {line} 行" in err
    assert f"company.yaml line {line}" in err
    assert "是不是想写 leader" in err
    assert "Did you mean leader" in err
    assert "Traceback" not in err


async def test_check_names_what_is_wrong_in_a_plan(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    text = (OWN_PLANS / "vehicle-breakdown.yaml").read_text(encoding="utf-8")
    wrong = text.replace("owner: security_officer", "owner: security_oficer", 1)
    (plans / "breakdown.yaml").write_text(wrong, encoding="utf-8")
    line = next(n for n, text in enumerate(wrong.splitlines(), 1) if "security_oficer" in text)
    settings = environment(None, tmp_path)
    code, _, err = await ran(tmp_path, settings, "check", str(SAMPLE_COMPANY), str(plans))
    assert code == 1
    assert f"breakdown.yaml 第 {line} 行" in err
    assert f"breakdown.yaml line {line}" in err


async def test_check_says_when_a_file_is_not_there_or_no_text(tmp_path: Path) -> None:
    settings = environment(None, tmp_path)
    code, _, err = await ran(tmp_path, settings, "check", "nowhere.yaml")
    assert code == 1
    assert "nowhere.yaml: 打不开 · cannot be opened" in err
    (tmp_path / "picture.yaml").write_bytes(b"\xff\xd8\xff")
    code, _, err = await ran(tmp_path, settings, "check", "picture.yaml")
    assert code == 1
    assert "不是 UTF-8 文本 · is not UTF-8 text" in err


@pytest.mark.parametrize(("token", "code"), [(None, 1), ("", 1), (TOKEN, 0), ("set but wrong", 0)])
async def test_has_token(tmp_path: Path, token: str | None, code: int) -> None:
    settings = environment(None, tmp_path)
    if token is not None:
        settings["BOT_TOKEN"] = token
    assert (await ran(tmp_path, settings, "has-token"))[0] == code


async def test_a_token_in_a_dotenv_file_counts(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\n")
    assert (await ran(tmp_path, environment(None, tmp_path), "has-token"))[0] == 0


async def test_run_without_a_token_says_where_to_get_one(tmp_path: Path) -> None:
    code, _, err = await ran(tmp_path, environment(None, tmp_path), "run")
    assert code == 1
    assert "BOT_TOKEN: is not set. Ask @BotFather" in err
    assert "Traceback" not in err


async def test_run_with_a_malformed_token_says_so_and_does_not_repeat_it(tmp_path: Path) -> None:
    settings = environment(None, tmp_path, BOT_TOKEN="my secret word")
    code, _, err = await ran(tmp_path, settings, "run")
    assert code == 1
    assert "BOT_TOKEN: does not look like a token" in err
    assert "my secret word" not in err


async def test_run_with_a_wrong_company_names_the_line(tmp_path: Path) -> None:
    path = company_with(tmp_path, "headquarters: nowhere", "headquarters: hq")
    settings = environment(None, tmp_path, BOT_TOKEN=TOKEN, MUSTER_COMPANY=str(path))
    code, _, err = await ran(tmp_path, settings, "run")
    assert code == 1
    assert "company.yaml 第" in err
    assert "company.yaml line" in err
    assert "Traceback" not in err
    assert not (tmp_path / "data").exists()


async def test_run_with_plans_of_ones_own_reads_those(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    settings = environment(None, tmp_path, BOT_TOKEN=TOKEN, MUSTER_PLANS=str(plans))
    code, _, err = await ran(tmp_path, settings, "run")
    assert code == 1
    assert "没有预案文件 · there is no plan file" in err
