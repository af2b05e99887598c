"""What a machine can do to a run: kills at random moments, a full disk, a folder that goes away, files that change, two runs at once, deep folders.

    python3 tests/faults/faults.py SAYSO [--kills 20] [--articles 200] [--seed 1]

Every fault must end in a report that is whole, or in none, with what stood there before untouched, and in an error of one line that names what to do;
a run that goes on must end with the bytes of one that was never disturbed. Prints a line for each kind; the first that does not hold ends the test.
Faults that need a file system of their own are tried where this user may mount one, and named as skipped where not.
"""

import argparse
import contextlib
import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time

CORPUS = pathlib.Path(__file__).parents[2] / "corpus"


class Sayso:
    """The program, with the arguments that every run here has."""

    def __init__(self, program):
        self.program = pathlib.Path(program).resolve()

    def arguments(self, articles, out, *more):
        return [str(part) for part in (self.program, "analyze", articles, "--threads", "2", "--format", "csv,json", "-o", out, *more)]

    def run(self, articles, out, *more, **how):
        return subprocess.run(self.arguments(articles, out, *more), capture_output=True, text=True, errors="replace", **how)

    def start(self, articles, out, *more):
        return subprocess.Popen(self.arguments(articles, out, *more), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def must(holds, *told):
    if not holds:
        raise SystemExit(f"does not hold: {' '.join(map(str, told))}")


def digest(folder):
    """One digest of all that can be seen in a folder, or nothing without a manifest."""
    if not (folder / "manifest.json").exists():
        return None
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            whole.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def is_told(run, *words):
    """An error of one line, with its hint."""
    lines = [line for line in run.stderr.splitlines() if line.startswith("sayso: error: ")]
    must(run.returncode == 2 and len(lines) == 1 and any(word in lines[0] for word in words), run.returncode, run.stderr)
    must("panicked" not in run.stderr and "internal error" not in run.stderr, run.stderr)


def corpus(folder, count):
    """So many articles of the sample corpus, over and over, each with a sentence of its own."""
    samples = sorted(CORPUS.glob("*.txt"))
    folder.mkdir()
    for number in range(count):
        text = samples[number % len(samples)].read_text(encoding="utf-8")
        (folder / f"a{number:05}.txt").write_text(f"{text}\n\nThis is number {number}, said Ana Lind of Vik.\n", encoding="utf-8")
    return folder


def kills(sayso, articles, place, count, chance):
    """Killed at random moments, a run goes on and ends as if nothing had been; what can be seen is always the former report or the new one."""
    former, out = place / "few", place / "out"
    corpus(former, 3)
    must(sayso.run(former, out).returncode == 0, "the former report")
    before = digest(out)
    began = time.monotonic()
    must(sayso.run(articles, place / "undisturbed").returncode == 0, "the undisturbed run")
    takes, wanted = time.monotonic() - began, digest(place / "undisturbed")
    done = mixed = rounds = 0
    while done < count:
        process = sayso.start(articles, out, "--resume")
        try:
            process.wait(timeout=chance.uniform(0, 1.2) * takes / 4)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            done += 1
            mixed += digest(out) not in (before, wanted)
            continue
        must(process.returncode == 0, process.stderr.read())
        must(digest(out) == wanted, "a report after kills is not that of an undisturbed run")
        rounds += 1
        shutil.rmtree(out)
        must(sayso.run(former, out).returncode == 0, "the former report again")
    last = sayso.run(articles, out, "--resume")
    must(last.returncode == 0 and digest(out) == wanted, "the last report", last.stderr)
    must(mixed == 0, f"{mixed} of {done} kills left a report that is neither the former one nor the new one")
    print(f"{done} kills by SIGKILL of a run of {len(list(articles.iterdir()))} articles, {rounds + 1} reports finished: all whole, none lost", flush=True)


@contextlib.contextmanager
def disk(place, size):
    """A file system of its own, of so many kB; nothing where this user may not mount one."""
    folder = place / f"disk{size}"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", folder], capture_output=True)
    try:
        yield folder if made.returncode == 0 else None
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=True)


def full_disk(sayso, articles, place):
    """A disk that is full at any stage: an error, and what stood there before."""
    few = corpus(place / "few", 2)
    with disk(place, 64 << 10) as folder:
        if folder is None:
            print("skipped: a full disk and one that cannot be written: no file system may be mounted here")
            return
        must(sayso.run(articles, folder / "whole").returncode == 0, "enough room")
        need = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) >> 10
        must(sayso.run(few, folder / "few").returncode == 0, "enough room")
        former = sum(path.stat().st_size for path in (folder / "few").rglob("*") if path.is_file()) >> 10
    tried = failed = 0
    for part in range(1, 20, 2):
        size = former + 64 + (need * part // 8)
        with disk(place, size) as folder:
            must(sayso.run(few, folder / "out").returncode == 0, f"room for two articles in {size} kB")
            before = digest(folder / "out")
            run = sayso.run(articles, folder / "out")
            tried += 1
            if run.returncode != 0:
                failed += 1
                is_told(run, "No space left")
                must(digest(folder / "out") == before, f"a disk of {size} kB: the former report is not whole")
    must(3 < failed < tried, f"{failed} of {tried} disks were full")
    with disk(place, 32 << 10) as folder:
        must(sayso.run(few, folder / "out").returncode == 0, "a report")
        before = digest(folder / "out")
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        is_told(sayso.run(articles, folder / "out"), "read-only")
        must(digest(folder / "out") == before, "a disk that cannot be written")
    print(f"{failed} full disks of {tried} sizes, and one that cannot be written: the former report stayed whole each time", flush=True)


def vanishing_folder(sayso, articles, place, chance):
    """The folder of the report is removed under the run: an error or a whole report, no half one."""
    ends = {True: 0, False: 0}
    for _ in range(4):
        out = place / "out"
        process = sayso.start(articles, out)
        time.sleep(chance.uniform(0.1, 2.0))
        shutil.rmtree(out, ignore_errors=True)
        _, told = process.communicate()
        must("panicked" not in told and "internal error" not in told, told)
        must(process.returncode in (0, 2), process.returncode, told)
        must((process.returncode == 0) == (digest(out) is not None), "the exit code and the report do not agree", told)
        ends[process.returncode == 0] += 1
        shutil.rmtree(out, ignore_errors=True)
    print(f"a folder that goes away, 4 times: {ends[False]} errors, {ends[True]} whole reports", flush=True)


def two_at_once(sayso, articles, place):
    """Two runs in one folder: one has it, the other says so."""
    first = sayso.start(articles, place / "out")
    deadline = time.monotonic() + 60
    while not (place / "out").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.3)
    second = sayso.run(articles, place / "out")
    is_told(second, "another run", "is being written")
    must(first.wait() == 0 and digest(place / "out"), "the first run")
    print("two runs in one folder: the second is refused, the first ends", flush=True)


def changing_files(sayso, place, chance):
    """Files that are written, cut and removed while they are read: each is an article or a failed row."""
    articles = corpus(place / "in", 60)
    texts = {path: path.read_bytes() for path in articles.iterdir()}
    stop = threading.Event()

    def disturb():
        while not stop.is_set():
            path = chance.choice(list(texts))
            how = chance.randrange(3)
            if how == 0:
                path.write_bytes(texts[path][: chance.randrange(len(texts[path]))])
            elif how == 1:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(texts[path])

    thread = threading.Thread(target=disturb)
    thread.start()
    runs = [sayso.run(articles, place / f"out{number}") for number in range(3)]
    stop.set()
    thread.join()
    for number, run in enumerate(runs):
        must(run.returncode in (0, 1) and digest(place / f"out{number}"), run.returncode, run.stderr)
        must("panicked" not in run.stderr and "internal error" not in run.stderr, run.stderr)
    print("files that change, shrink and go while they are read, 3 runs: a report each", flush=True)


def strange_names(sayso, place):
    """Names that are no UTF-8, very long or alike, a folder 2,000 deep, a loop of links, a pipe: what can be read is read, the rest is told."""
    articles = place / "in"
    corpus(articles, 3)
    text = b"A plan\n\nThe port stays shut, said Ana Lind.\n"
    names = [b"bad\xff.txt", b"bad\xfe.txt", "議".encode() * 80 + b".txt", b"A.txt", b"a.txt", b"=x\n.txt", b"-o.txt", b"..txt"]
    for name in names:
        with open(bytes(articles) + b"/" + name, "wb") as file:
            file.write(text)
    os.symlink(articles, articles / "loop")
    os.symlink("nowhere", articles / "dangling")
    os.mkfifo(articles / "pipe.txt")
    deep = os.open(articles, os.O_RDONLY)
    for _ in range(2000):
        os.mkdir("d", dir_fd=deep)
        inner = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inner
    file = os.open("deep.txt", os.O_WRONLY | os.O_CREAT, dir_fd=deep)
    os.write(file, text)
    os.close(file)
    os.close(deep)
    run = sayso.run(articles, place / "out", timeout=120)
    must(run.returncode in (0, 1) and digest(place / "out"), run.returncode, run.stderr)
    ids = [path.stem for path in (place / "out" / "articles").glob("*.json")]
    must(len(ids) >= 3 + len(names) and len({name.casefold() for name in ids}) == len(ids), len(ids), ids, run.stderr)
    print(f"{len(names)} strange names, a folder 2,000 deep, a loop, a pipe: {len(ids)} articles, exit code {run.returncode}", flush=True)
    subprocess.run(["rm", "-rf", articles], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sayso")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    sayso, chance = Sayso(args.sayso), random.Random(args.seed)
    with tempfile.TemporaryDirectory(prefix="sayso-faults-") as folder:
        place = pathlib.Path(folder)
        articles = corpus(place / "articles", args.articles)
        some = corpus(place / "some", 40)

        def room(name):
            (place / name).mkdir()
            return place / name

        strange_names(sayso, room("names"))
        two_at_once(sayso, articles, room("two"))
        changing_files(sayso, room("changing"), chance)
        vanishing_folder(sayso, some, room("vanishing"), chance)
        full_disk(sayso, some, room("disks"))
        kills(sayso, articles, room("kills"), args.kills, chance)


if __name__ == "__main__":
    main()
