"""What people call things: the record in sentences, values, items, ladders, and what a reader may see."""
