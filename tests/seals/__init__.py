"""Keys of installations, and files that one signs and seals for another."""
