"""Who works with the cases of a council: people, their accounts and sessions, teams and agencies, absences."""
