"""Posts in words, as people say them, and why somebody was turned down.

In: a reader and posts; a reason. Out: words. Forbidden here: everything else.
"""

from handlers.catalogue import say
from handlers.telling.happening import Reader
from plans.company import Post
from plans.text import Lang

# What an administrator turns somebody down for; another reason is typed.
USUAL_REASONS = ("unknown", "wrong", "elsewhere")


def post_in_words(reader: Reader, post: Post) -> str:
    """东区驾驶员, East Driver; deputies are marked."""
    region = reader.region(post.region) if post.region else ""
    between = " " if reader.lang == "en" and region else ""
    deputy = say(reader.lang, "registration.deputy").unescape() if post.rank == "deputy" else ""
    return f"{region}{between}{reader.role(post.role)}{deputy}"


def posts_in_words(reader: Reader, posts: tuple[Post, ...]) -> str:
    """All of somebody's posts; the word for none."""
    shown = [post_in_words(reader, post) for post in posts]
    none = say(reader.lang, "registration.no_post").unescape()
    return ("、" if reader.lang == "zh" else ", ").join(shown) or none


def reason_in_words(lang: Lang, reason: str) -> str:
    """A usual reason in the reader's language; another one as it was typed."""
    return say(lang, f"registration.reason_{reason}") if reason in USUAL_REASONS else reason
