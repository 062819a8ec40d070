"""Buttons: what stands in `callback_data` and how it is read back.

In: a verb and its arguments. Out: at most 64 bytes, and again the verb and arguments. The data
names incident and step, never a message, so that buttons on every copy of a card work. Forbidden
here: trusting it; whoever reads it checks the right to press.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from handlers.catalogue import Html
from storage.delivery import Button

DATA_LIMIT_BYTES = 64

Verb = Literal[
    "ack",  # incident, step: I have it
    "done",  # incident, step
    "all",  # incident, part of a step, "yes": all of its list are told; "back": not yet
    "only",  # incident, step: done without the fact asked for
    "no",  # incident, step: can't; asks why
    "why",  # incident, step, reason: can't, for this reason
    "still",  # incident, step: not declined after all
    "give",  # incident, step: asks to whom
    "to",  # incident, step, person mark
    "agree",  # incident, step, "60.60": so many of so many; "-.-" without a number; "remark.60"
    "deny",  # incident, step, "short.60": why, and of how many; "ask.60": asks why
    "fewer",  # incident, step, of how many: asks how many
    "swap",  # incident, step
    "again",  # incident, step: search again
    "called",  # incident, part of a step, customer mark: reached
    "quiet",  # incident, part of a step, customer mark: no answer
    "calls",  # incident, part of a step, page of the call list
    "sheet",  # incident, part of a step: the call list as a file
    "copy",  # incident, step: the text to pass on
    "adopt",  # incident, fact, value mark: correct it as the second report says
    "parts",  # incident, step, "new" or a page: who has not done their part
    "ok",  # incident, check: all right
    "fact",  # incident, fact, value
    "said",  # incident, step, mark of a fact and an answer: that is the answer
    "leaf",  # incident, fact, page of a long list of answers
    "skip",  # incident, fact
    "back",  # incident
    "fix",  # incident: which fact to correct
    "area",  # incident (0: a report), fact, a region's or route's mark or what else to do
    "ask",  # incident, fact: ask it again
    "form",  # draft, what, value: see handlers.form.pressed
    "fill",  # draft, field, value
    "plan",  # plan: raise it with the place just shared
    "moved",  # incident: the place just shared is where it is now
    "note",  # incident: what was just sent belongs there
    "drop",  # give up a report
    "other",  # what was said is no report
    "show",  # incident
    "lang",  # language
    "veh",  # plate: one vehicle
    "vset",  # plate, "ready" or why not
    "duty",  # what, person mark, option: see handlers.duty.pressed
    "cover",  # holes, role or region, its mark, page
    "rota",  # what, which: see handlers.duty.rota
    # directing
    "for_plan",  # plan: report for somebody
    "for_who",  # plan, person mark or "-" for one who is not on the list
    "for_now",  # plan, person mark or "-": report for them without the place
    "spare",  # incident, step, plate, or "not-" and the plate held: any other
    "merge",  # incident, into which, or "?": asks
    "undo",  # incident, reason, or "?": asks
    "absent",  # "?": show, "go": reassign what absent people have
    "from",  # person mark: whose steps
    "tick",  # person mark, incident, step
    "whom",  # person mark: give their ticked steps to whom
    "give_to",  # person mark, person mark of the new owner
    "take_all",  # take everything that waits for me
    "take_in",  # incident: take everything in it that waits for me
    "mine",  # list my steps
    "hand_to",  # person mark: hand my shift over
    "relieve",  # hand-over: I take over
    "level",  # incident, which of its levels, "?": shows them, or one: asks
    "raise",  # incident, which of its levels, from which to which
    "major",  # incident, "?": asks, "go": a headquarters is to direct it
    "hq",  # incident, what, whom: who commands it, see handlers.command.pressed
    "order",  # what, value: one more thing known of an order
    # broadcasts
    "cast",  # what, value, page: one more thing known of a draft
    "sent",  # broadcast, what, page: its lists, chase, correction
    "heard",  # broadcast: I have it
    "spread",  # incident, step: preview what the step broadcasts
    # registration and groups
    "reg",  # what, value: an answer to the form
    "apply",  # application, decision
    "people",  # what, value: the lists of /people
    "found",  # page, what was searched for
    "person",  # person mark, what to do
    "posts",  # subject, how: an application ("a12") or a person mark
    "postin",  # subject, department mark, page
    "postas",  # subject, role mark, page
    "post",  # subject, role mark, region mark: given, or taken away
    "rank",  # subject, role mark, region mark: holder or deputy
    "bindin",  # chat, region mark, page: the group is in that region
    "bind",  # chat, region mark, department mark
    "rebind",  # chat, region mark, department mark: instead of the group it has
    "groups",  # what, group mark or value: the lists of /groups
    "table",  # yes or no, digest: take in the table that was shown
    "who",  # page, mark of what was looked for
    "card",  # letter of the kind, mark: an entry of the directory
    "contacts",  # kind, page; or "new"
    "customers",  # region mark or "mine", page
    "stale",  # what to do, letter of the kind, mark or page: an entry to be checked
    "conduct",  # what, customer mark, value: what decides what a customer is given
    "stores",  # region mark or "all", page or "count"
    "goods",  # what, goods mark, value: the register of goods
    "shelf",  # what to do, mark of a region's goods, value
    "entry",  # what to do, letter of the kind, mark: a contact or customer
]
_VERBS = frozenset(get_args(Verb))


@dataclass(frozen=True)
class Pressed:
    """A button's meaning: its verb and arguments (0-3)."""

    verb: Verb
    args: tuple[str, ...]

    @property
    def number(self) -> int:
        """The incident's number. ValueError: the first argument is none."""
        return int(self.args[0])


def button(label: str, verb: Verb, *args: object) -> Button:
    """An inline button. ValueError: its data is too long."""
    data = ":".join((verb, *(str(a) for a in args)))
    if len(data.encode()) > DATA_LIMIT_BYTES:
        raise ValueError(f"button data too long: {verb}")
    text = label.unescape() if isinstance(label, Html) else label
    return Button(text=text[:64], data=data)


def read_button(data: str) -> Pressed | None:
    """The meaning, or None for data that no button of ours carries."""
    verb, *args = data.split(":")
    if verb not in _VERBS or len(args) > 3:
        return None
    return Pressed(verb, tuple(args))  # type: ignore[arg-type]


def mark_of(id_: str) -> str:
    """A short stand-in for an id, since ids may be longer than a button can carry."""
    return sha256(id_.encode()).hexdigest()[:10]


def marked(ids: Iterable[str], mark: str) -> str | None:
    """The id that a button's mark stands for; None when it is not among these any more."""
    return next((id_ for id_ in ids if mark_of(id_) == mark), None)
