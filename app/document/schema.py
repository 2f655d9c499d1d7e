"""What a .handscroll file holds, and how older ones are brought up to date.

Bytes of tiles are written once and never changed; tiles, history and copies of layers point to them by number. So an
undo moves pointers, and a deleted layer or a staged result that was not accepted is one whose `present` is 0.
"""

import sqlite3
from contextlib import closing

APPLICATION = 0x48535243  # "HSRC"
VERSION = 4
PAGE = 16384

TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, codec INTEGER NOT NULL, crc INTEGER NOT NULL,
    "left" INTEGER NOT NULL, top INTEGER NOT NULL, "right" INTEGER NOT NULL, bottom INTEGER NOT NULL,
    data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS layers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, visible INTEGER NOT NULL DEFAULT 1,
    locked INTEGER NOT NULL DEFAULT 0, opacity REAL NOT NULL DEFAULT 1, x INTEGER NOT NULL DEFAULT 0,
    y INTEGER NOT NULL DEFAULT 0, place INTEGER NOT NULL DEFAULT 0, present INTEGER NOT NULL DEFAULT 0,
    frame TEXT NOT NULL DEFAULT '', origin INTEGER, shape TEXT NOT NULL DEFAULT '', label TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS tiles (
    layer INTEGER NOT NULL, level INTEGER NOT NULL, "column" INTEGER NOT NULL, "row" INTEGER NOT NULL, blob INTEGER,
    PRIMARY KEY (layer, level, "column", "row")) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tiles_blob ON tiles (blob);
CREATE INDEX IF NOT EXISTS tiles_stale ON tiles (level) WHERE blob IS NULL;
CREATE TABLE IF NOT EXISTS history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, at REAL NOT NULL,
    x INTEGER NOT NULL, y INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS tile_changes (
    entry INTEGER NOT NULL, layer INTEGER NOT NULL, "column" INTEGER NOT NULL, "row" INTEGER NOT NULL,
    before INTEGER, after INTEGER, PRIMARY KEY (entry, layer, "column", "row")) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS changes_before ON tile_changes (before);
CREATE INDEX IF NOT EXISTS changes_after ON tile_changes (after);
CREATE TABLE IF NOT EXISTS row_changes (
    id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, kind TEXT NOT NULL, item INTEGER NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS row_changes_entry ON row_changes (entry);
CREATE TABLE IF NOT EXISTS recipes (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS patches (
    id INTEGER PRIMARY KEY, layer INTEGER NOT NULL, "column" INTEGER NOT NULL, "row" INTEGER NOT NULL,
    frame INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    tokens BLOB NOT NULL, bits REAL NOT NULL, recipe INTEGER NOT NULL, at REAL NOT NULL,
    taken TEXT NOT NULL DEFAULT '[]');
CREATE UNIQUE INDEX IF NOT EXISTS patches_place ON patches (layer, frame, "column", "row");
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, layer INTEGER NOT NULL, variant_of INTEGER, recipe INTEGER NOT NULL,
    request TEXT NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    mask BLOB, state TEXT NOT NULL, message TEXT NOT NULL DEFAULT '', place INTEGER NOT NULL, at REAL NOT NULL,
    clip INTEGER);
CREATE TABLE IF NOT EXISTS job_known (
    job INTEGER NOT NULL, number INTEGER NOT NULL, layer INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, PRIMARY KEY (job, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS previews (
    name TEXT PRIMARY KEY, format TEXT NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL, width INTEGER NOT NULL,
    height INTEGER NOT NULL, revision INTEGER NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clips (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, layer INTEGER, rate REAL NOT NULL DEFAULT 12,
    start INTEGER NOT NULL DEFAULT 0, length INTEGER NOT NULL DEFAULT 1, place INTEGER NOT NULL DEFAULT 0,
    present INTEGER NOT NULL DEFAULT 0, track INTEGER NOT NULL DEFAULT 0, first INTEGER NOT NULL DEFAULT 0,
    still INTEGER, x INTEGER NOT NULL DEFAULT 0, y INTEGER NOT NULL DEFAULT 0, width INTEGER NOT NULL DEFAULT 0,
    height INTEGER NOT NULL DEFAULT 0, value TEXT NOT NULL DEFAULT '{}');
CREATE TABLE IF NOT EXISTS frames (
    id INTEGER PRIMARY KEY AUTOINCREMENT, clip INTEGER NOT NULL, number INTEGER NOT NULL, layer INTEGER,
    state TEXT NOT NULL DEFAULT 'waiting', present INTEGER NOT NULL DEFAULT 0, key TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS keyframes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, clip INTEGER NOT NULL, number INTEGER NOT NULL, layer INTEGER,
    value TEXT NOT NULL DEFAULT '{}', present INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS timeline (id INTEGER PRIMARY KEY, rate REAL NOT NULL DEFAULT 12);
INSERT OR IGNORE INTO timeline (id) VALUES (1);
CREATE INDEX IF NOT EXISTS frames_clip ON frames (clip, number);
CREATE INDEX IF NOT EXISTS keyframes_clip ON keyframes (clip, number);
"""


def statements(script: str) -> list[str]:
    return [part for part in (part.strip() for part in script.split(";")) if part]


def create(db: sqlite3.Connection) -> None:
    """All tables of the newest version; those that exist stay as they are."""
    for statement in statements(TABLES):
        db.execute(statement)


def migrate(db: sqlite3.Connection) -> None:
    """Makes all that the newest version has and the file has not: tables, and columns with what older rows hold."""
    create(db)
    with closing(_newest()) as newest:
        for table in (name for kind, name in objects(newest) if kind == "table"):
            there = {column[1] for column in _columns(db, table)}
            for _, name, kind, needed, default, _ in _columns(newest, table):
                if name not in there:
                    value = f"NOT NULL DEFAULT {default}" if needed else ""
                    db.execute(f'ALTER TABLE {table} ADD COLUMN "{name}" {kind} {value}')
    db.execute(f"PRAGMA user_version = {VERSION:d}")


def _newest() -> sqlite3.Connection:
    """An empty document of the newest version, in memory."""
    db = sqlite3.connect(":memory:")
    create(db)
    return db


def _columns(db: sqlite3.Connection, table: str) -> list[tuple]:
    """Of each its number, name, kind, whether it needs a value, that by default, and its place in the key."""
    return db.execute(f"PRAGMA table_info({table})").fetchall()


def objects(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """Kind and name of everything the file defines."""
    found = db.execute("SELECT type, name FROM sqlite_master").fetchall()
    return {(str(kind), str(name)) for kind, name in found if not str(name).startswith("sqlite_")}


def expected() -> set[tuple[str, str]]:
    with closing(_newest()) as db:
        return objects(db)
