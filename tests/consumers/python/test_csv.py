"""Words that readers of CSV take for missing are kept, if a reader is told so as the pages say."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import polars as pl
import pytest
from guide import blocks
from program import ROOT, SCHEMAS, run

VOCABULARY = SCHEMAS / "vocabulary/all.csv"
SCHEMAS_PAGE = ROOT / "schemas/README.md"

# What pandas takes for missing, besides an empty cell, if it is not told otherwise.
MISSING_TO_PANDAS = set("#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null".split("|"))


def cells(path: Path) -> list[dict[str, str | None]]:
    """The cells of a file; an empty one is absent, and no other."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of a vendor that says `N/A` where it has no reason."""
    path = tmp_path_factory.mktemp("csv") / "rows.csv"
    reply = ROOT / "crates/adapters/aws-elb-classic/fixtures/in-service-whose-text-cannot-be-read/input.json"
    path.write_bytes(run(["normalize", "--adapter", "aws-elb-classic", "--format", "csv", str(reply)]).stdout)
    return path


def test_words_of_vendors_are_among_those_that_pandas_takes_for_missing(rows: Path) -> None:
    words = {row[column] for row in cells(VOCABULARY) for column in ("word", "and_word")}
    assert words & MISSING_TO_PANDAS == {"N/A", "NA", "null"}
    assert {row["evidence_reason"] for row in cells(rows)} == {"N/A"}


@pytest.mark.parametrize("page", ["schemas/README.md", "docs/outputs.md", "docs/schema-guide.md"])
def test_pages_tell_how_to_keep_them(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for told in ("`NA`", "`N/A`", "pandas", "keep_default_na=False, na_values=['']", "SQLite", "NULLIF("):
        assert told in text, told


def test_a_reader_to_which_only_an_empty_cell_is_missing_keeps_all_words(rows: Path) -> None:
    for path in (VOCABULARY, rows):
        assert pl.read_csv(path, infer_schema=False, null_values=[""]).to_dicts() == cells(path)


def test_in_sqlite_empty_texts_become_null() -> None:
    """The import of SQLite's shell makes texts of all cells."""
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        names, *lines = csv.reader(file)
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE vocabulary ({', '.join(f'{name} TEXT' for name in names)})")
    database.executemany(f"INSERT INTO vocabulary VALUES ({', '.join('?' * len(names))})", lines)
    without_a_second_field = "SELECT count(*) FROM vocabulary WHERE and_field IS NULL AND and_word IS NULL"
    assert database.execute(without_a_second_field).fetchone() == (0,)
    (update,) = (block.text for block in blocks(SCHEMAS_PAGE) if block.language == "sql")
    database.executescript(update)
    wanted = sum(row["and_field"] is None for row in cells(VOCABULARY))
    assert database.execute(without_a_second_field).fetchone() == (wanted,) and wanted > 400
