"""Plans of a test's own. In: their texts. Out: a folder that a town can be given. Forbidden here:
plans of the library."""

from pathlib import Path


def folder_of(folder: Path, *plans: str) -> Path:
    """The plans as files in a new folder."""
    made = folder / "plans"
    made.mkdir()
    for place, text in enumerate(plans):
        (made / f"{place}.yaml").write_text(text, encoding="utf-8")
    return made
