"""Where: the part of the company that an incident is about, in a few words.

In: an incident and who reads. Out: the area that somebody said it is about, else the region it was
reported for. Forbidden here: the place on the road (see `cards`); HTML.
"""

from handlers.areas.shown import show_area
from handlers.telling.happening import Reader
from plans.incident import Incident


def where(incident: Incident, reader: Reader) -> str:
    """The area in words; the region's name where none is known."""
    area = incident.area()
    if area is None:
        return reader.region(incident.region)
    return show_area(area, reader.roster.company, reader.lang)
