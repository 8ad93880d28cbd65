"""The file of a gradebook: opened, brought to the newest version, written in whole transactions or not at all."""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.errors import UsageError
from grader.folders import make_folder
from grader.gradebook.schema import MIGRATIONS, statements
from grader.locks import locks_hold

WITHOUT_LOCKS = (
    "its file system has no locks that hold, and two programs could damage a gradebook there; name a folder on a disk "
    "of this machine with --out, or mount that one with locks"
)
MOST_SECONDS = 30  # to wait for another process


class Database:
    """One gradebook file. Only one process writes to it."""

    def __init__(self, path: Path) -> None:
        """Open or create. Raises UsageError when the file is no gradebook of this version.

        Every call that writes raises OSError, with ENOSPC, when the disk is full.
        """
        self.path = path
        make_folder(path.parent)
        if not locks_hold(path.parent):
            raise UsageError(f"{path.parent}: {WITHOUT_LOCKS}")
        try:
            with self._room():
                self.db = sqlite3.connect(path, isolation_level=None, timeout=MOST_SECONDS)
                self._migrate()  # without foreign keys, while tables are made anew
                self._write_ahead()
                self.db.execute("PRAGMA foreign_keys = ON")
        except sqlite3.OperationalError as error:
            raise UsageError(f"{path}: {error}; choose another folder with --out") from error
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path} is not a gradebook: {error}; choose another folder with --out") from error

    def _write_ahead(self) -> None:
        """Readers and a writer side by side. SQLite does not wait where another process switches to it just now."""
        for attempt in range(MOST_SECONDS * 20):
            try:
                self.db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or attempt == MOST_SECONDS * 20 - 1:
                    raise
            time.sleep(0.05)

    def _migrate(self) -> None:
        """Bring the file to the newest version, all of it at once: another process may be about to do the same."""
        if self._version() == len(MIGRATIONS):
            return
        self.db.execute("BEGIN EXCLUSIVE")
        try:
            version = self._version()
            if version > len(MIGRATIONS):
                raise UsageError(f"{self.path} was written by a newer grader; upgrade this one")
            for script in MIGRATIONS[version:]:
                for statement in statements(script):
                    self.db.execute(statement)
            self.db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise

    def _version(self) -> int:
        return int(self.db.execute("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def _room(self) -> Iterator[None]:
        """A full disk is no fault of SQLite's."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, "the disk is full", str(self.path)) from error
            raise

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is written in the block is on disk at its end, all of it, or nothing is: one wait for many rows."""
        with self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.db.in_transaction:  # a part of what is written at once
            yield
            return
        with self._room():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:  # SQLite itself rolls back when the disk is full
                    self.db.execute("ROLLBACK")
                raise

    def _insert(self, sql: str, values: tuple[object, ...]) -> int:
        number = self.db.execute(sql, values).lastrowid
        assert number is not None
        return number
