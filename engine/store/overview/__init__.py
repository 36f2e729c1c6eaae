"""What managers ask: what is late and whose, which limits were kept, which rungs were taken, what is stuck.

Counted by the database, over one council, in a fixed number of queries however many cases there are.
"""
