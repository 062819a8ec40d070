"""Posts in words, as people say them.

In: a reader and posts. Out: words. Forbidden here: everything else.
"""

from handlers.catalogue import say
from handlers.telling.happening import Reader
from plans.company import Post


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
