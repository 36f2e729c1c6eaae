"""Whole journeys through the screens, in a real browser, by what a person sees."""
