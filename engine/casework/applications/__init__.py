"""The public's side: the application as it is written, and what its applicant sees of the case."""
