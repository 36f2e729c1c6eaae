"""The councils that extend the model procedure, each by its own document."""
