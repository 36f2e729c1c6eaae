"""Who works with the cases of a council, and how they sign in."""
