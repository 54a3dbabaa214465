#!/usr/bin/env python3
"""Measures lbhealth beside what people use today, on the same bytes, and checks that all give the same rows.

What is timed reads a file and writes to /dev/null; each writes to a file once more, to be compared. DuckDB always writes a file.

usage: run.py [MEGABYTES]     (30 for each vendor, where nothing is said)

Needs a Rust toolchain, and for the others what is there of: jq, jaq, and the Python packages orjson and duckdb.
"""
import hashlib
import json
import multiprocessing
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BIN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
LBHEALTH, BENCHMARK = str(BIN / "lbhealth"), str(BIN / "lbhealth-benchmark")
ADAPTERS = {"huawei": "huawei-elb", "alb": "alibaba-alb"}
QUICK, SLOW = 9, 2
SQL = "import duckdb,sys; c = duckdb.connect(); c.execute('set threads = 1'); c.execute(sys.argv[1])"


def measure(command, output):
    """Seconds of a run, and the most memory it took, in MB."""
    with open(output, "wb") as out:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
    if child.returncode != 0:
        sys.exit(f"{command} failed")
    # The benchmark's own ways do not count the reading of the file.
    return float(Path(output).read_text()) if command[0] == BENCHMARK and output != os.devnull else seconds, usage.ru_maxrss / 1024


def rows(path, is_sorted=False):
    """The rows of a file, without nulls."""
    with open(path, "rb") as lines:
        found = [{name: cell for name, cell in json.loads(line).items() if cell is not None} for line in lines]
    return sorted(found, key=lambda row: (row["request_id"], row["evidence_path"])) if is_sorted else found


def same(one, other):
    return subprocess.run(["cmp", "-s", one, other], check=False).returncode == 0


def agree(one, other, is_sorted=False):
    """Whether two files hold the same rows. In a process of its own: what this one holds counts as memory of those it starts."""
    with multiprocessing.Pool(1) as pool:
        one, other = pool.apply(digest, (one, is_sorted)), pool.apply(digest, (other, is_sorted))
    return one == other


def digest(path, is_sorted):
    return hashlib.sha256(json.dumps(rows(path, is_sorted), sort_keys=True).encode()).hexdigest()


def version(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return None


def ways(vendor, data, folder):
    """Name, command, how often, where it writes, and what it is for: `rows` are compared, `floor` reads only."""
    adapter = ["--adapter", ADAPTERS[vendor]]
    normalize = [LBHEALTH, "normalize", "--format", "records"]
    yield "lbhealth, adapter given", [*normalize, *adapter, "--threads", "1", data], QUICK, "rows"
    yield "lbhealth, adapter detected", [*normalize, "--threads", "1", data], QUICK, "rows"
    yield "lbhealth, two threads", [*normalize, *adapter, "--threads", "2", data], QUICK, "rows"
    yield "lbhealth, not written", [BENCHMARK, "normalize", data, ADAPTERS[vendor]], QUICK, "floor"
    yield "serde_json::Value, parsed only", [BENCHMARK, "value", data], QUICK, "floor"
    yield "IgnoredAny, skipped only", [BENCHMARK, "ignored", data], QUICK, "floor"
    if version([sys.executable, "-c", "import orjson; print(orjson.__version__)"]):
        yield "orjson script", [sys.executable, str(HERE / "rows.py"), vendor, data], SLOW, "rows"
    for tool in ("jq", "jaq"):
        if path := shutil.which(tool):
            yield tool, [path, "-c", "--arg", "vendor", vendor, "-f", str(HERE / "rows.jq"), data], SLOW, "rows"
    if version([sys.executable, "-c", "import duckdb; print(duckdb.__version__)"]):
        parts = {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in (HERE / "rows.sql").read_text().split("\n-- ")[1:]}
        query = parts[vendor].replace("$file", data).replace("$out", f"{folder}/duckdb.ndjson")
        yield "DuckDB query, one thread", [sys.executable, "-c", SQL, query], SLOW, "duckdb"


def table(vendor, megabytes, folder):
    data, expected, output = f"{folder}/{vendor}.ndjson", f"{folder}/{vendor}.rows", f"{folder}/out"
    with open(data, "wb") as out:
        subprocess.run([sys.executable, str(HERE / "generate.py"), vendor, str(megabytes)], stdout=out, check=True)
    size, count = os.path.getsize(data), sum(1 for _ in open(data, "rb"))
    seconds, memory, agreed, written = {}, {}, {}, 0
    found = list(ways(vendor, data, folder))
    # One after the other, round by round: the machine is slower for minutes now and then, which then concerns all of them.
    for turn in range(QUICK):
        for name, command, times, kind in found:
            if turn >= times:
                continue
            # What a file system does with the output is none of their business, and differs from minute to minute.
            taken, used = measure(command, output if kind == "floor" else os.devnull)
            seconds[name], memory[name] = min(seconds.get(name, taken), taken), max(memory.get(name, 0), used)
            if turn > 0 or kind == "floor":
                continue
            if kind == "rows":
                measure(command, output)
            if not written:
                shutil.copy(output, expected)
                written = os.path.getsize(expected)
                agreed[name] = f"{written / 1e6:.0f} MB"
            elif kind == "rows":
                agreed[name] = "same bytes" if same(output, expected) else "same rows" if agree(output, expected) else "DIFFERS"
            else:
                agreed[name] = "same rows" if agree(f"{folder}/duckdb.ndjson", expected, True) else "DIFFERS"
    print(f"\n{ADAPTERS[vendor]}: {count} replies, {size / 1e6:.0f} MB, {size / count:.0f} bytes each\n")
    print("| way | MB/s | lbhealth is faster by | peak memory, MB | output |\n| --- | ---: | ---: | ---: | --- |")
    for name in seconds:
        ratio = seconds[name] / seconds["lbhealth, adapter given"]
        print(f"| {name} | {size / seconds[name] / 1e6:.0f} | {ratio:.2f} | {memory[name]:.0f} | {agreed.get(name, '')} |", flush=True)
    given, value, skip = (seconds[name] for name in ("lbhealth, adapter given", "serde_json::Value, parsed only", "IgnoredAny, skipped only"))
    print(f"\nnot written, against parsing a Value: {value / seconds['lbhealth, not written']:.2f}; "
          f"bytes read and written, against skipping: {(size + written) / size * skip / given:.2f}; "
          f"detected, against given: {given / seconds['lbhealth, adapter detected']:.2f}; "
          f"two threads, against one: {given / seconds['lbhealth, two threads']:.2f}")


def large(folder):
    """Memory and time of one large reply, of a long stream, and of one small reply."""
    print("\n| input | way | seconds | peak memory, MB |\n| --- | --- | ---: | ---: |")
    data, output = f"{folder}/list.json", f"{folder}/out"
    with open(data, "wb") as out:
        subprocess.run([sys.executable, str(HERE / "generate.py"), "list", "100"], stdout=out, check=True)
    cases = [("one reply of 100 MB", "lbhealth", [LBHEALTH, "normalize", "--format", "records", "--adapter", "huawei-elb", data]),
             ("one reply of 100 MB", "lbhealth, not written", [BENCHMARK, "normalize", data, "huawei-elb"]),
             ("one reply of 100 MB", "serde_json::Value", [BENCHMARK, "value", data])]
    small, stream = f"{folder}/small.json", f"{folder}/stream.ndjson"
    with open(f"{folder}/huawei.ndjson", "rb") as lines, open(small, "wb") as out:
        out.write(lines.readline())
    with open(stream, "wb") as out:
        while out.tell() < 2e9:
            for vendor in ("huawei", "alb"):
                with open(f"{folder}/{vendor}.ndjson", "rb") as lines:
                    shutil.copyfileobj(lines, out)
    cases.append(("a stream of 2 GB", "lbhealth, two threads", [LBHEALTH, "normalize", "--format", "records", "--threads", "2", stream]))
    cases.append(("one reply of 0.7 KB", "lbhealth", [LBHEALTH, "normalize", small]))
    for what, way, command in cases:
        runs = [measure(command, os.devnull) for _ in range(20 if command[-1] == small else 2)]
        print(f"| {what} | {way} | {min(taken for taken, _ in runs):.4f} | {max(used for _, used in runs):.0f} |", flush=True)


def main(megabytes=30):
    subprocess.run(["cargo", "build", "--release", "--quiet", "-p", "lbhealth-cli", "-p", "lbhealth-benchmark"], cwd=ROOT, check=True)
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    print(f"machine: {model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}")
    commands = {"rustc": ["rustc", "--version"], "jq": ["jq", "--version"], "jaq": ["jaq", "--version"],
                "python": [sys.executable, "--version"], "orjson": [sys.executable, "-c", "import orjson; print(orjson.__version__)"],
                "duckdb": [sys.executable, "-c", "import duckdb; print(duckdb.__version__)"]}
    print("versions: " + ", ".join(f"{name} {version(command) or 'not there'}" for name, command in commands.items()))
    with tempfile.TemporaryDirectory() as folder:
        for vendor in ("huawei", "alb"):
            table(vendor, float(megabytes), folder)
        large(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
