"""Setting a council up: its people, teams and agencies, at the first start and later."""
