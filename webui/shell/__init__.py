"""What every page shares: errors, headers, words, navigation."""
