"""Handing a case over to another council or body under an agreement, and taking in what others hand over."""
