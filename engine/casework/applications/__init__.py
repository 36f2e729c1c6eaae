"""The public's side: the application as it is written, and what its applicant sees of the case.

What staff enter for somebody who called or wrote is `engine.casework.cases.staff_intake`.
"""
