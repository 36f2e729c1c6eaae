"""Who works with the cases of a council: people and their accounts, and teams and agencies besides its policy's."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from engine.store.schema.base import CaseId, Instant, council, metadata

#: Only rows of people who work there now.
_WORKING = text("is_active")

councils = Table(
    "councils",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("revision", Integer, nullable=False, comment="grows with each change of people, teams or agencies"),
    Column("set_up_at", Instant, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("person_id", CaseId, primary_key=True, autoincrement=True),
    council(),
    Column("name", String(200), nullable=False, comment="as the record and variant.toml call them"),
    Column("email", String(254), nullable=False, comment="small letters"),
    Column("roles", Text, nullable=False, comment="separated by blanks"),
    Column("teams", Text, nullable=False, comment="ids, separated by blanks"),
    Column("line_manager", String(200)),
    Column("head_of_service", String(200)),
    Column("is_active", Boolean, nullable=False),
    Column("password_hash", Text, comment="argon2; null: signs in through the council's directory, or not yet"),
    Column("totp_secret", Text, comment="null: no second step"),
    Column("totp_last", Integer, comment="the interval of the code that was used last: none is taken twice"),
    Column("oidc_subject", String(255), comment="SHA-256 of issuer and subject in the council's directory"),
    Column("invitation", String(64), comment="SHA-256 of the secret in a link that sets the password"),
    Column("invitation_ends_at", Instant),
    Column("added_at", Instant, nullable=False),
    UniqueConstraint("council_id", "name"),
    Index("ix_people_email", "email"),
    # one address is one person's in a council, while they work there: who has left leaves it to others
    Index(
        "ix_people_email_working", "council_id", "email", unique=True, sqlite_where=_WORKING, postgresql_where=_WORKING
    ),
    Index(
        "ix_people_oidc_subject_working",
        "council_id",
        "oidc_subject",
        unique=True,
        sqlite_where=_WORKING,
        postgresql_where=_WORKING,
    ),
)

council_teams = Table(
    "council_teams",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("team_id", String(120), primary_key=True),
    Column("name", Text, nullable=False),
    Column("substitute", String(120)),
    comment="teams besides, or instead of, those of variant.toml",
)

council_agencies = Table(
    "council_agencies",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("agency_id", String(120), primary_key=True),
    Column("name", Text, nullable=False),
    Column("team", String(120), nullable=False),
    Column("email", Text, nullable=False),
    Column("is_public_body", Boolean, nullable=False),
    Column("is_relevant_body", Boolean, nullable=False),
    comment="agencies besides, or instead of, those of variant.toml",
)

address_book = Table(
    "address_book",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("entry_id", String(40), primary_key=True, comment="from chance"),
    Column("name", String(200), nullable=False),
    Column("role", String(200)),
    Column("email", String(254)),
    Column("phone", String(200)),
    Column("agency", String(200)),
    Column("added_by", String(200), nullable=False),
    Column("added_at", Instant, nullable=False),
    Index("ix_address_book_name", "council_id", "name"),
    comment="people who do not work with the software and whom cases name: each added once",
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True, comment="SHA-256 of what the cookie holds"),
    Column("person_id", CaseId, ForeignKey("people.person_id"), nullable=False),
    council(),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Index("ix_sessions_person", "person_id"),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("attempt_id", CaseId, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False, comment="SHA-256 of what is limited: an account, an address"),
    Column("at", Instant, nullable=False),
    Index("ix_sign_in_attempts_key", "key", "at"),
)

absences = Table(
    "absences",
    metadata,
    Column("absence_id", CaseId, primary_key=True, autoincrement=True),
    council(),
    Column("person", String(200), nullable=False),
    Column("deputy", String(200), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("set_by", String(200), nullable=False),
    Column("set_at", Instant, nullable=False),
    Index("ix_absences_deputy", "council_id", "deputy", "last_day"),
    Index("ix_absences_person", "council_id", "person", "last_day"),
)
