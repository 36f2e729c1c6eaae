"""Setting a council up, and keeping its people, teams and agencies."""
