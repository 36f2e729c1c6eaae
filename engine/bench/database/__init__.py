"""The databases that are measured on: made for it, filled like a large council's, and gone or empty afterwards."""
