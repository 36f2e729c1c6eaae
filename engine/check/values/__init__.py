"""What each value of a policy folder can be: of which kinds, and which choices; worked out without running a case."""
