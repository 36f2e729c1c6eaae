"""Filters of the inbox that people keep under a name."""

from __future__ import annotations

from engine.errors import BadInputError, FormAnswersError
from engine.store import Database
from engine.store import saved_filters as stored

_LONGEST_NAME = 80
_LONGEST_QUERY = 2_000
_MOST = 50  #: of one person


def save_filter(database: Database, council_id: str, *, person: str, name: str, query: str, is_shared: bool) -> None:
    """Keep a filter; one of the person's own of the same name makes room. Raises FormAnswersError at `name`."""
    name = " ".join(name.split())
    if not name:
        raise FormAnswersError((("name", "Enter a name for this filter."),))
    if len(name) > _LONGEST_NAME:
        raise FormAnswersError((("name", f"The name must be {_LONGEST_NAME} characters or fewer."),))
    if len(query) > _LONGEST_QUERY:
        raise BadInputError("This filter is too long to be saved. Search for fewer words.")
    with database.begin() as connection:
        own = [row for row in stored.filters_for(connection, council_id, person) if row.person == person]
        if len(own) >= _MOST and name not in {row.name for row in own}:
            raise FormAnswersError((("name", f"You have {_MOST} filters. Delete one that you no longer need."),))
        stored.keep_filter(connection, council_id, person=person, name=name, query=query, is_shared=is_shared)


def delete_filter(database: Database, council_id: str, filter_id: int, *, person: str) -> None:
    """Only one's own. Raises BadInputError where there is none."""
    with database.begin() as connection:
        if not stored.delete_filter(connection, council_id, person=person, filter_id=filter_id):
            raise BadInputError("You have no such filter. It may be deleted already, or a colleague’s.")
