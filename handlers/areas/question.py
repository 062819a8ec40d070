"""The question: a question of type `area` by itself, as it is first shown.

In: what is known of it. Out: the picker it begins with; its buttons. Forbidden here: presses (see
`asking`).
"""

from collections.abc import Sequence

from handlers.areas.picking import Pick, rows
from handlers.buttons import button
from handlers.documents import INCIDENTS, Question
from handlers.telling.happening import Reader
from storage.delivery import Button
from storage.port import Turn


async def begun(turn: Turn, question: Question, offers: Sequence[str] = ()) -> Pick:
    """What is ticked at first: what the incident knows, or (`offers`, marks) nothing of what a
    typed name could mean."""
    if offers:
        return Pick.among(offers)
    incident = await turn.get(INCIDENTS, str(question.incident)) if question.incident else None
    return Pick.of(incident.fact(question.fact) if incident else None)


def question_rows(pick: Pick, question: Question, reader: Reader) -> list[tuple[Button, ...]]:
    """The picker under the question."""
    number = question.incident or 0

    def press(label: str, what: str) -> Button:
        return button(label, "area", number, question.fact, what)

    return rows(pick, reader.roster.company, reader.lang, press)
