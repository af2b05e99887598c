"""Measures long runs: memory as the number of articles in one file grows, and what kills at random moments cost.

    cargo build --release
    python3 tests/benches/runs.py growth [--rows 1000 10000 100000]
    python3 tests/benches/runs.py kills [--kills 200] [--articles 2000]

growth: CSV files of short made-up articles (about 40 words, one quotation, one of 12 outlets; every second quotes somebody whom hardly any other
article names), each analysed by `sayso analyze FILE -o OUT
--threads 2`, the whole command with its report. Peak memory is what the kernel counted for the process (ru_maxrss); the sizes of the
report and, while the run goes on, of its journal are told beside it.

kills: `sayso analyze FOLDER -o OUT --resume` is killed (SIGKILL) after a random time, again and again until it has been killed so often;
then it may end. Every report that comes out is compared, byte for byte, with that of a run nobody disturbed.

Nothing is downloaded. Numbers of a machine that others use at the same time are too high: the load is printed.
"""

import argparse
import csv
import filecmp
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["Ana Lind", "Bo Dahl", "Ivo Brandt", "Mara Quill", "Pia Holm", "Jon Eskil", "Tove Rask", "Nils Berg"]
OFFICES = ["mayor", "harbour master", "minister of trade", "union leader", "head of the school board", "spokeswoman"]
THINGS = ["quay", "library", "ferry", "school", "market hall", "water tower", "tram line", "reservoir", "clinic", "sea wall"]
VERBS = ["close", "rebuild", "sell", "paint", "inspect", "widen", "insure", "lease"]
PLACES = ["Vik", "Norda", "Port Elan", "Ostby", "Lund Bay", "Gran", "Tarn", "Holmsund", "Kell", "Sandvik"]
WORDS = ["budget", "winter", "contract", "delay", "storm", "survey", "petition", "grant", "audit", "strike", "tender", "repair"]


SYLLABLES = ["ba", "den", "fel", "gor", "hal", "jen", "kor", "lin", "mar", "nos", "pel", "ran", "sel", "tor", "ver", "wik"]


def article(number):
    """About 40 words that no other number gives."""
    pick = random.Random(number)
    name, office = pick.choice(NAMES), pick.choice(OFFICES)
    if number % 2:
        name = f"{name.split()[0]} {''.join(pick.choices(SYLLABLES, k=4)).capitalize()}"
    thing, place, verb = pick.choice(THINGS), pick.choice(PLACES), pick.choice(VERBS)
    first, second, third = pick.sample(WORDS, 3)
    return (
        f"{place} will {verb} its {thing}\n\n"
        f"The council of {place} voted {pick.randint(5, 40)} to {pick.randint(0, 4)} to {verb} the {thing} after the {first}, item {number}.\n\n"
        f"“The {second} costs {pick.randint(10, 9999)} crowns a day, and the {third} comes first,” said {name}, the {office}."
    )


def usage(process):
    _, status, used = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024


def size(path):
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def growth(args, folder):
    print(f"{'articles':>9} {'seconds':>8} {'a second':>9} {'peak MB':>8} {'CSV MB':>7} {'journal MB':>11} {'report MB':>10}")
    for rows in args.rows:
        table, out = folder / f"{rows}.csv", folder / f"out{rows}"
        with open(table, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "text", "outlet", "date"])
            for number in range(rows):
                day = f"20{number % 20 + 10:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
                writer.writerow([f"a{number}", article(number), f"Paper {number % 12}", day])
        command = [args.sayso, "analyze", table, "-o", out, "--threads", "2", "--quiet", *args.options]
        begun, journal = time.time(), 0
        process = subprocess.Popen(command, cwd=folder)
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            if (out / ".sayso-journal").exists():
                journal = max(journal, size(out / ".sayso-journal"))
            time.sleep(0.2)
        code, peak = usage(process)
        took = time.time() - begun
        print(
            f"{rows:9} {took:8.1f} {rows / took:9.1f} {peak:8.1f} {size(table) / 1e6:7.1f} {journal / 1e6:11.1f} {size(out) / 1e6:10.1f}"
            + (f"  exit {code}" if code else ""),
            flush=True,
        )
        shutil.rmtree(out)


def equal(one, other):
    names = sorted(str(path.relative_to(one)) for path in one.rglob("*") if path.is_file())
    others = sorted(str(path.relative_to(other)) for path in other.rglob("*") if path.is_file())
    return names == others and not any(filecmp.cmpfiles(one, other, names, shallow=False)[1:])


def kills(args, folder):
    articles, whole, out = folder / "in", folder / "whole", folder / "out"
    articles.mkdir()
    for number in range(args.articles):
        (articles / f"{number:06}.txt").write_text(article(number), encoding="utf-8")
    begun = time.time()
    subprocess.run([args.sayso, "analyze", "in", "-o", "whole", "--quiet"], cwd=folder, check=True)
    took = time.time() - begun
    print(f"{args.articles} articles, undisturbed: {took:.1f} s")
    pick, done, reports, damaged = random.Random(args.seed), 0, 0, 0
    while True:
        process = subprocess.Popen([args.sayso, "analyze", "in", "-o", "out", "--resume", "--quiet"], cwd=folder, stderr=subprocess.PIPE)
        is_last = done >= args.kills
        if not is_last:
            time.sleep(pick.uniform(0, min(took * 1.1, args.longest)))
            process.kill()
        errors = process.stderr.read().decode()
        code = process.wait()
        done += code == -signal.SIGKILL
        if code > 0:
            print(f"exit {code}: {errors}")
            damaged += 1
        if (out / "manifest.json").exists():
            reports += 1
            damaged += not equal(whole, out)
            shutil.rmtree(out)
        if is_last:
            break
    print(f"{done} kills, {reports} reports came out, {damaged} of them other than the undisturbed one")
    return damaged


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["growth", "kills"])
    parser.add_argument("--rows", type=int, nargs="+", default=[1000, 10000, 100000], help="growth: articles of each file %(default)s")
    parser.add_argument("--options", nargs="*", default=[], help="growth: more options of sayso, such as --format=csv")
    parser.add_argument("--kills", type=int, default=200, help="how many [%(default)s]")
    parser.add_argument("--articles", type=int, default=2000, help="kills: how many [%(default)s]")
    parser.add_argument("--longest", type=float, default=5.0, help="kills: the longest time before one, in seconds [%(default)s]")
    parser.add_argument("--seed", type=int, default=1, help="kills: of the times [%(default)s]")
    parser.add_argument("--sayso", type=Path, default=ROOT / "target/release/sayso", help="the program")
    args = parser.parse_args()
    args.sayso = args.sayso.resolve()
    with tempfile.TemporaryDirectory(prefix="sayso-runs-") as folder:
        failed = {"growth": growth, "kills": kills}[args.what](args, Path(folder))
    print("load of the machine, 1 and 15 minutes: {0:.1f} {2:.1f}".format(*os.getloadavg()))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
