"""Every block of `docs/schema-guide.md` runs, and prints what the guide says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
from guide import GUIDE, blocks, rewrite
from program import LBHEALTH, ROOT, SCHEMAS

REPLIES = {
    "alibaba-alb": "same-server-at-default-action-and-rules",
    "aws-elbv2": "targets-of-every-kind",
    "huawei-elb": "list-of-members-of-every-status",
}
NODE_MODULES = Path(os.environ["NODE_MODULES"])
QUICKTYPE = Path(os.environ["QUICKTYPE"])


def prepared(folder: Path) -> dict[str, str]:
    """Puts the published files and the replies into the folder, and the tools on the path."""
    shutil.copytree(SCHEMAS, folder / "schemas/v1")
    (folder / "replies").mkdir()
    for adapter, fixture in REPLIES.items():
        shutil.copy(ROOT / "crates/adapters" / adapter / "fixtures" / fixture / "input.json", folder / f"replies/{adapter}.json")
    (folder / "node_modules").symlink_to(NODE_MODULES)
    (folder / "package.json").write_text('{ "type": "module" }\n', encoding="utf-8")
    (folder / "bin").mkdir()
    (folder / "bin/lbhealth").symlink_to(LBHEALTH)
    tools = [folder / "bin", Path(sys.executable).parent, NODE_MODULES / ".bin", QUICKTYPE / ".bin"]
    return {**os.environ, "PATH": os.pathsep.join([*map(str, tools), os.environ["PATH"]]), "PYTHONPATH": str(folder)}


def test_every_block_runs_and_prints_what_the_guide_says(tmp_path: Path) -> None:
    """With UPDATE_GUIDE=1 what was printed is written into the guide instead, to be reviewed."""
    environment = prepared(tmp_path)
    printed, printed_at, shown = "", 0, {}
    for block in blocks():
        if block.language == "text":
            shown[block.line] = (block.text, printed)
            printed = ""
            continue
        assert not printed, f"what line {printed_at} prints is not shown"
        printed_at = block.line
        if block.language in ("js", "ts"):
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
        elif block.language == "sql":
            with duckdb.connect(str(tmp_path / "guide.duckdb")) as database:
                database.execute(f"SET file_search_path = '{tmp_path}'")
                for statement in database.extract_statements(block.text):
                    is_query = statement.type == duckdb.StatementType.SELECT
                    printed = f"{database.sql(statement.query)}\n" if is_query else ""
                    if not is_query:
                        database.execute(statement)
        else:
            command = {"sh": ["bash", "-eu", "-o", "pipefail", "-c"], "python": [sys.executable, "-c"]}[block.language]
            done = subprocess.run(
                [*command, block.text], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
            )
            assert done.returncode == 0, f"line {block.line}: {done.stdout}{done.stderr}"
            printed = done.stdout
    assert not printed, f"what line {printed_at} prints is not shown"
    if os.environ.get("UPDATE_GUIDE"):
        rewrite(GUIDE, shown)
    else:
        for line, (wanted, found) in shown.items():
            assert found.rstrip() == wanted.rstrip(), f"line {line}"
