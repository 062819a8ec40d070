"""Areas: a question of type `area` answered on a phone, by ticking or by typing names.

In: presses on a picker, typed names. Out: an `Area`; rows of buttons; an area in words. Forbidden
here: deciding what follows from an area.

For whoever shows a question of type `area`:

- `Pick.of(value)` begins a picker from what is known (None: nothing ticked).
- `rows(pick, company, lang, press)` are its buttons, at most ten rows; `press(label, what)` makes
  one of them in the verb of whoever shows it. `line(pick, company, lang)` says what is ticked.
- `take(pick, what, company)` is what a press on one of them means: another `Pick` to be shown in
  its place, the `Area` that was confirmed, or None for a button that means nothing any more.
- `read_area(text, company)` reads typed names: an `Area`, or the marks of what could be meant, for
  `Pick.among(marks)` to show; empty for what nothing matches.
- `show_area(area, company, lang)` says it in words.

A question asked by itself is shown by `question`, pressed with the verb `area` (see `asking`); a
form keeps the `Pick` wherever it keeps its own draft.
"""

from handlers.areas.picking import Pick, line, rows, take
from handlers.areas.reading import read_area
from handlers.areas.shown import show_area

__all__ = ["Pick", "line", "read_area", "rows", "show_area", "take"]
