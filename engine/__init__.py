"""Runs a council's policy folder: diagrams, decision tables, forms and letters."""
