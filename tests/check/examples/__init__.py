"""One wrong and one right example of each rule, in a file that bears the rule's name."""
