"""Posts changed by an administrator: of somebody in the register, or of who asks to come in.

In: presses. Out: the register or the application changed. The subject is named "a12" (an
application) or by a person's mark. Forbidden here: leaving nobody who looks after the bot.
"""

from dataclasses import dataclass

from telegram import Update

from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import say
from handlers.context import Context
from handlers.paging import page_number, paged
from handlers.registration import applications
from handlers.registration.documents import APPLICATIONS, POSTS_LIMIT, Application
from handlers.registration.register import is_last_administrator, write_person
from handlers.registration.screen import show
from handlers.registration.welcome import equip_again
from handlers.registration.words import post_in_words
from plans.company import DepartmentId, PersonId, Post, RoleId
from storage.delivery import Button, Message

# In a button: no department chosen yet; a role that has no region.
ANY = "-"


@dataclass(frozen=True)
class Subject:
    """Whose posts: of a person, or asked for in an application that waits."""

    mark: str
    name: str
    posts: tuple[Post, ...]
    person: PersonId | None = None
    asked: Application | None = None


async def on_posts(update: Update, context: Context, pressed: Pressed) -> None:
    """What the subject is posted to."""
    subject = await _subject(context, pressed.args[0])
    if subject is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await _show(context, subject, fresh=pressed.args[1] == "new")


async def on_department(update: Update, context: Context, pressed: Pressed) -> None:
    """The departments, or the roles of one."""
    mark, department, page = pressed.args
    subject, company = await _subject(context, mark), context.speaker.roster.company
    chosen = marked(company.departments, department)
    if subject is None or (chosen is None and department != ANY):
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    buttons = _departments(context, mark) if chosen is None else _roles(context, mark, chosen)
    at = page_number(page)
    rows = paged(buttons, at, lambda w, to: button(w, "postin", mark, department, to))
    key = "registration.which_department" if chosen is None else "registration.which_role"
    await _choose(context, subject, key, rows)


def _departments(context: Context, mark: str) -> list[Button]:
    return [
        button(department.name.in_(context.speaker.lang), "postin", mark, mark_of(id_), "0")
        for id_, department in context.speaker.roster.company.departments.items()
    ]


def _roles(context: Context, mark: str, department: DepartmentId) -> list[Button]:
    """Of regional roles the region is asked next; others are held at once."""
    buttons = []
    for id_, role in context.speaker.roster.company.roles.items():
        label = role.name.in_(context.speaker.lang)
        if role.department != department:
            continue
        if role.scope == "region":
            buttons.append(button(label, "postas", mark, mark_of(id_), "0"))
        else:
            buttons.append(button(label, "post", mark, mark_of(id_), ANY))
    return buttons


async def on_role(update: Update, context: Context, pressed: Pressed) -> None:
    """The regions to hold a role in."""
    mark, role, page = pressed.args
    subject, company = await _subject(context, mark), context.speaker.roster.company
    if subject is None or _role(context, role) is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    buttons = [
        button(region.name.in_(context.speaker.lang), "post", mark, role, mark_of(id_))
        for id_, region in company.regions.items()
    ]
    rows = paged(buttons, page_number(page), lambda w, to: button(w, "postas", mark, role, to))
    await _choose(context, subject, "registration.which_region", rows)


async def on_post(update: Update, context: Context, pressed: Pressed) -> None:
    """A post given, or taken away from who has it."""
    mark, role, region = pressed.args
    subject, post = await _subject(context, mark), _post(context, role, region)
    if subject is None or post is None:
        context.refuse(update, "refusals.old_button")
        return
    left = tuple(p for p in subject.posts if not _same(p, post))
    posts = left if len(left) < len(subject.posts) else (*subject.posts, post)
    await _change(update, context, subject, posts)


async def on_rank(update: Update, context: Context, pressed: Pressed) -> None:
    """Holder becomes deputy, and the other way round."""
    mark, role, region = pressed.args
    subject, post = await _subject(context, mark), _post(context, role, region)
    if subject is None or post is None:
        context.refuse(update, "refusals.old_button")
        return
    other = {"holder": "deputy", "deputy": "holder"}
    posts = tuple(
        p.model_copy(update={"rank": other[p.rank]}) if _same(p, post) else p for p in subject.posts
    )
    await _change(update, context, subject, posts)


async def _change(
    update: Update, context: Context, subject: Subject, posts: tuple[Post, ...]
) -> None:
    if len(posts) > POSTS_LIMIT:
        context.refuse(update, "registration.too_many_posts", limit=POSTS_LIMIT)
        return
    if subject.person is not None and _loses_last(context, subject.person, posts):
        context.refuse(update, "registration.last_administrator")
        return
    if subject.asked is not None and subject.asked.person is not None and not posts:
        context.refuse(update, "registration.some_post")
        return
    context.toast(update)
    if subject.asked is not None:
        asked = subject.asked.model_copy(update={"posts": posts})
        context.turn.put(APPLICATIONS, asked)
        await applications.tell_anew(context.turn, context.speaker.roster, asked)
    elif subject.person is not None:
        known = context.speaker.roster.company.people[subject.person]
        write_person(context.turn, subject.person, known.model_copy(update={"roles": posts}))
        await equip_again(context, subject.person, "registration.posts_changed")
    changed = await _subject(context, subject.mark)
    if changed is not None:
        await _show(context, changed)


def _loses_last(context: Context, person: PersonId, posts: tuple[Post, ...]) -> bool:
    """Whether the posts that are left take from the last administrator what makes them one."""
    roster = context.speaker.roster
    state = roster.state(person)
    if not is_last_administrator(roster, person) or (state is not None and state.administrator):
        return False
    roles = {*roster.company.administrators, *roster.company.command}
    return not any(post.role in roles for post in posts)


async def _show(context: Context, subject: Subject, *, fresh: bool = False) -> None:
    """Each post with a button that takes it away and one that changes the rank."""
    lang, mark = context.speaker.lang, subject.mark
    rows: list[tuple[Button, ...]] = [_row(context, mark, post) for post in subject.posts]
    rows.append((button(say(lang, "registration.add_post"), "postin", mark, ANY, "0"),))
    text = say(lang, "registration.posts_of", name=subject.name)
    await show(context, "posts", Message(text=text, buttons=tuple(rows)), fresh=fresh)


def _row(context: Context, mark: str, post: Post) -> tuple[Button, ...]:
    lang, role = context.speaker.lang, mark_of(post.role)
    region = mark_of(post.region) if post.region is not None else ANY
    other = "deputy" if post.rank == "holder" else "holder"
    return (
        button(f"❌ {post_in_words(context.reader, post)}", "post", mark, role, region),
        button(say(lang, f"registration.make_{other}"), "rank", mark, role, region),
    )


async def _choose(
    context: Context, subject: Subject, key: str, rows: list[tuple[Button, ...]]
) -> None:
    lang = context.speaker.lang
    back = button(say(lang, "registration.back"), "posts", subject.mark, "0")
    text = say(lang, key, name=subject.name)
    await show(context, "posts", Message(text=text, buttons=(*rows, (back,))))


async def _subject(context: Context, mark: str) -> Subject | None:
    """None: there is no such person, or the application has been decided."""
    roster = await context.desk.roster(context.turn)
    if mark.startswith("a") and mark[1:].isdecimal():
        asked = await context.turn.get(APPLICATIONS, mark[1:])
        if asked is None or asked.state != "waiting":
            return None
        known = roster.person(asked.person or "")
        posts = known.roles if known is not None and not asked.posts else asked.posts
        return Subject(mark, known.name if known is not None else asked.name, posts, asked=asked)
    person = marked(roster.company.people, mark)
    if person is None:
        return None
    known = roster.company.people[person]
    return Subject(mark, known.name, known.roles, person=person)


def _same(one: Post, other: Post) -> bool:
    return (one.role, one.region) == (other.role, other.region)


def _role(context: Context, mark: str) -> RoleId | None:
    return marked(context.speaker.roster.company.roles, mark)


def _post(context: Context, role_mark: str, region_mark: str) -> Post | None:
    """The post as a button names it, if the company has such a one."""
    company, role = context.speaker.roster.company, _role(context, role_mark)
    if role is None:
        return None
    if company.roles[role].scope == "company":
        return Post(role=role) if region_mark == ANY else None
    region = marked(company.regions, region_mark)
    return Post(role=role, region=region) if region is not None else None
