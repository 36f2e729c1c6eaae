from tests.workshop.folder import office, root  # noqa: F401  # fixtures
