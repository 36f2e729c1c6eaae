"""The use cases: open a case, claim and complete tasks, tell a case something, fire what is due, work the jobs."""
