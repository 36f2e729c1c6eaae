"""How often the public may try what needs no account, and how long its visits last: every such number stands here."""

from __future__ import annotations

from datetime import timedelta

APPLYING_RESTS = timedelta(hours=4)  #: without a request for so long, the return code is asked for again
CASE_PAGE_RESTS = timedelta(minutes=20)  #: without a request for so long, reference and code are asked for again

APPLICATIONS_PER_ADDRESS = 30  #: begun from one network address, such as a library's or an advice centre's
RETURNS_PER_ADDRESS = 30  #: return codes tried
FILES_PER_ADDRESS = 100  #: handed in
SENDS_PER_ADDRESS = 30  #: applications sent
CASE_CODES_PER_ADDRESS = 30  #: codes of cases tried
CASE_CODES_PER_CASE = 20  #: codes tried for one reference, from wherever
