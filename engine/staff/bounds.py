"""How long links, sessions and counts of attempts last: every such number stands here."""

from __future__ import annotations

from datetime import timedelta

INVITATION_LASTS = timedelta(days=7)

SESSION_RESTS = timedelta(hours=2)  #: without a request for so long, a session has ended
SESSION_LASTS = timedelta(hours=12)  #: from signing in, however busy
SEEN_EVERY = timedelta(minutes=1)  #: how exactly it is noted when a session was last used

SECOND_STEP_LASTS = timedelta(minutes=10)  #: from the password to the code

WINDOW = timedelta(minutes=15)  #: over which attempts are counted
PER_ACCOUNT = 10  #: passwords tried for one e-mail address within the window
PER_ADDRESS = 100  #: from one network address, behind which a whole council may sit
PER_SECOND_STEP = 5  #: codes tried by one person
PER_SET_UP = 10  #: set-up codes tried, by whoever

SHORTEST_PASSWORD = 12  #: characters
LONGEST_PASSWORD = 200  #: characters; hashing more would only cost time

# what the public does without an account

APPLICATION_LASTS = timedelta(days=28)  #: an unsent application, from its last answer; a receipt, from its sending
APPLYING_RESTS = timedelta(hours=4)  #: without a request for so long, the return code is asked for again
CASE_PAGE_RESTS = timedelta(minutes=20)  #: without a request for so long, reference and code are asked for again
APPLICATIONS_PER_ADDRESS = 30  #: begun from one network address, such as a library's or an advice centre's
RETURNS_PER_ADDRESS = 30  #: return codes tried
FILES_PER_ADDRESS = 100  #: handed in
SENDS_PER_ADDRESS = 30  #: applications sent
CASE_CODES_PER_ADDRESS = 30  #: codes of cases tried
CASE_CODES_PER_CASE = 20  #: codes tried for one reference, from wherever
FILES_PER_APPLICATION = 20
BYTES_PER_APPLICATION = 60_000_000  #: of all its files
