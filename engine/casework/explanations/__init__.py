"""The log of second reports: that there are case reviews is explained to everybody who makes one (G1), with or without
a case."""
