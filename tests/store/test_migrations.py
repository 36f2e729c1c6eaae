"""The tables and the migrations that make them."""

from __future__ import annotations

import subprocess
import sys

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text

from engine.store import Database
from engine.store.database import _MIGRATIONS
from engine.store.schema import metadata

UPGRADE = "import sys; from engine.store import Database; Database(sys.argv[1]).upgrade()"


def differences(database: Database, wanted: MetaData) -> list[object]:
    with database.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, wanted)


def test_the_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    assert differences(database, metadata) == []


def test_a_table_that_no_migration_makes_is_noticed(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE cases DROP COLUMN closed_as"))
        connection.execute(text("DROP INDEX ix_timers_due"))
    assert len(differences(database, metadata)) == 2


def test_the_indexes_of_what_waits_hold_only_what_waits(database: Database) -> None:
    """Alembic does not compare the conditions of partial indexes, so they are held against the schema here."""
    with database.begin() as connection:
        for table in metadata.sorted_tables:
            made = {
                found["name"]: str(found.get("dialect_options", {}).get(f"{connection.dialect.name}_where", ""))
                for found in inspect(connection).get_indexes(table.name)
            }
            for index in table.indexes:
                wanted = index.dialect_options[connection.dialect.name]["where"]
                column = "" if wanted is None else str(wanted).split()[0]
                assert bool(made[str(index.name)]) == (wanted is not None)
                assert column in made[str(index.name)]


def test_an_empty_database_is_upgraded_and_a_second_time_changes_nothing(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    database.upgrade()
    database.set_property("made for", "this test")
    database.upgrade()
    assert database.property("made for") == "this test"
    assert differences(database, metadata) == []
    database.close()


def test_processes_that_upgrade_at_the_same_time_wait_for_each_other(empty_database_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, empty_database_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    database = Database(empty_database_url)
    assert differences(database, metadata) == []
    database.close()


def test_the_first_migration_can_be_taken_back(database: Database) -> None:
    with database.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_migrations_form_one_line() -> None:
    assert len(ScriptDirectory(str(_MIGRATIONS)).get_heads()) == 1


def test_a_migrated_table_has_its_columns_in_the_order_of_the_schema(database: Database) -> None:
    with database.begin() as connection:
        made = {
            table: [column["name"] for column in inspect(connection).get_columns(table)] for table in metadata.tables
        }
    assert made == {name: [column.name for column in table.columns] for name, table in metadata.tables.items()}
