"""What a person does with a case: open it, tell it something, add notes and files, correct what was wrong."""
