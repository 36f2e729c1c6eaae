"""How long links, sessions and counts of attempts last: every such number stands here."""

from __future__ import annotations

from datetime import timedelta

INVITATION_LASTS = timedelta(days=7)

SESSION_RESTS = timedelta(hours=2)  #: without a request for so long, a session has ended
SESSION_LASTS = timedelta(hours=12)  #: from signing in, however busy
#: after its end, for so long it is known whose a session was: what is sent from a page left open is kept for them
SESSION_REMEMBERED = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=1)  #: how exactly it is noted when a session was last used

SECOND_STEP_LASTS = timedelta(minutes=10)  #: from the password to the code

WINDOW = timedelta(minutes=15)  #: over which attempts are counted
PER_ACCOUNT = 10  #: passwords tried for one e-mail address within the window
PER_ADDRESS = 100  #: from one network address, behind which a whole council may sit
PER_SECOND_STEP = 5  #: codes tried by one person
PER_SET_UP = 10  #: set-up codes tried, by whoever

SHORTEST_PASSWORD = 12  #: characters
LONGEST_PASSWORD = 200  #: characters; hashing more would only cost time
