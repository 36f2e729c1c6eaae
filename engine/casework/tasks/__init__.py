"""What a person does with a task: claim, hand back, complete, share out, put off, undo; and who may."""
