"""What the screens show of a task, an inbox and a case: read, and worded, for whoever looks."""
