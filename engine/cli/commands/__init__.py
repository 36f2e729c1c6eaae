"""The commands of `asb`, each in the file of its name; a hyphen is written `_` there."""
