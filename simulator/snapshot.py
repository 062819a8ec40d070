"""Everything the page shows, at once. In: the world. Out: JSON; of each chat the last messages.
Changes nothing.
"""

from simulator.messages import Json
from simulator.world import World


def state_of(world: World) -> Json:
    """One snapshot; events after its `seq` bring it up to date."""
    most = world.bounds.messages_a_chat_in_state
    return {
        "now": world.clock.now().isoformat(),
        "rate": world.clock.rate,
        "bot": {
            "id": world.bot.id,
            "first_name": world.bot.first_name,
            "username": world.bot.username,
        },
        "people": [person.told() for person in world.people.values()],
        "chats": [world.told_chat(chat) for chat in world.chats.values()],
        "messages": {
            str(chat_id): [shown.shape() for shown in world.messages(chat_id)[-most:]]
            for chat_id in world.chats
        },
        "keyboards": {
            str(chat_id): {str(person_id): markup for person_id, markup in shown_to.items()}
            for chat_id, shown_to in world.keyboards.items()
        },
        "front": world.front,
        "front_as": {str(chat_id): person for chat_id, person in world.front_as.items()},
        "page": world.page,
        "seq": world.events.seq,
    }
