"""Spoken answers: words out of the blue that are an answer which a step of one's own waits for.

In: what somebody says who has such a step, or is asked for it. Out: what they said on record, and
the answer offered for one press. Forbidden here: taking it for the answer without being told to.
"""

import re
import unicodedata
from dataclasses import dataclass

from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import Held
from handlers.incidents.involved import involved_in
from handlers.incidents.notes import ask_which, put_on_record
from handlers.telling.answer_rows import answer_button, has_choices
from handlers.telling.happening import Reader
from handlers.telling.spread import do_of
from handlers.telling.where import where
from plans.format import Plan, Record
from plans.incident import FactValue, Incident, StepState, StepStatus
from plans.model import FactName, PersonId, StepId
from plans.text import Lang
from storage.delivery import Button, Message

OFFERED = 4
_FIRST_WORDS = re.compile(r"[,，;；(（。.]")


@dataclass(frozen=True)
class Answer:
    """What was said as the answer `key` to what a step is to record."""

    plan: Plan
    incident: Incident
    step: StepId
    name: FactName
    key: str

    @property
    def record(self) -> Record:
        return self.plan.step(self.step).record[self.name]

    def label(self, lang: Lang) -> str:
        values = {
            "what": self.record.called(lang),
            "value": self.record.choices[self.key].in_(lang),
        }
        return say(lang, "words.answer_yes", number=self.incident.number, **values).unescape()


async def offer_answer(context: Context, held: Held) -> bool:
    """Put the words on record in the one incident they belong to, or ask in which, and offer the
    answer; False when they are none."""
    answers = await _answers(context, held.text)
    numbers = list(dict.fromkeys(answer.incident.number for answer in answers))
    if not numbers:
        return False
    reader = context.reader
    questions = [_question(one, reader) for one in answers]
    rows = [_row(one, reader) for one in answers]
    if len(numbers) > 1:
        incidents = [one.incident for one in answers]
        await ask_which(context, held, incidents, questions, rows)
        return True
    noted = await put_on_record(context, numbers[0], held)
    if noted is not None:
        text = Html("\n".join([noted, *questions]))
        await context.reply(Message(text=text, buttons=tuple(rows)))
    return True


async def _answers(context: Context, text: str) -> list[Answer]:
    """The answers it may be, the newest incident's first, at most OFFERED."""
    found = []
    for incident in await involved_in(context.turn, context.speaker):
        plan = await context.desk.plan_of(context.turn, incident)
        for step, state in incident.steps.items():
            if not _is_own(state, context.speaker.person):
                continue
            for name, record in plan.step(step).record.items():
                key = answer_said(record, text)
                if key is not None and key != _known(incident, state, name):
                    found.append(Answer(plan, incident, step, name, key))
    return found[:OFFERED]


def _is_own(state: StepState, person: PersonId) -> bool:
    """Whose answer is awaited, or who gave it and may say now that it has changed."""
    if state.status is StepStatus.OPEN:
        return state.taken_by == person or person in state.asked
    return state.status is StepStatus.DONE and state.settled_by == person


def _known(incident: Incident, state: StepState, name: FactName) -> FactValue | None:
    return state.share.answers.get(name) if state.share is not None else incident.fact(name)


def answer_said(record: Record, text: str) -> str | None:
    """The answer that the words are, or begin with; the longest of several."""
    said, found = _plain(text), ""
    meant = None
    for key, wording in record.choices.items() if has_choices(record) else ():
        for label in (wording.zh, wording.en):
            whole = _plain(label)
            for head in (whole, _plain(_FIRST_WORDS.split(whole)[0])):
                if len(head) > len(found) and _begins(said, head):
                    meant, found = key, head
    return meant


def _begins(said: str, head: str) -> bool:
    """A single sign must be all that was said, and a Latin word end where the other does."""
    if said == head:
        return True
    if len(head) < 2 or not said.startswith(head):
        return False
    return not (head[-1].isascii() and said[len(head)].isascii() and said[len(head)].isalnum())


def _plain(words: str) -> str:
    """As it is compared: narrow, in small letters, without the sign in front."""
    narrow = unicodedata.normalize("NFKC", words).casefold().strip()
    return re.sub(r"^\W+", "", narrow).rstrip("。.!！ ")


def _question(answer: Answer, reader: Reader) -> Html:
    plan, incident, lang = answer.plan, answer.incident, reader.lang
    completes = incident.steps[answer.step].status is StepStatus.OPEN
    key = "words.answer_done" if answer.record.ask == "done" and completes else "words.answer"
    return say(
        lang,
        key,
        number=incident.number,
        title=plan.title.in_(lang),
        where=where(incident, reader),
        do=do_of(plan, incident, answer.step, reader),
        what=answer.record.called(lang),
        value=answer.record.choices[answer.key].in_(lang),
    )


def _row(answer: Answer, reader: Reader) -> tuple[Button, ...]:
    """One press; what is not pressed stays the note that it is."""
    label, number = answer.label(reader.lang), answer.incident.number
    return (answer_button(label, number, answer.step, answer.name, answer.key),)
