"""Seconds and peak memory of texts that nobody writes, from 20 kB to 1 MiB (the largest article that is read), and how both grow.

    python3 tests/benches/hostile.py SAYSO [--sizes 20 80 256 1024] [--only KIND…] [--seconds 120]

Each text is one article, read by one thread with the report's CSV files and HTML page. The last columns are the exponent of seconds between the first
size and the last that was read (1: as long as the text; what starting the program takes is taken off), and what was wrong: a run that failed, or took
longer than --seconds of the processor and was killed. An article of more than 300,000 words, marks and parts of rare words is refused, which is told
as "refused".
"""

import argparse
import itertools
import math
import os
import pathlib
import random
import resource
import subprocess
import tempfile

NAMES = ["Ana Lind", "Bo Falk", "Minister Cho", "Dr. Dee Roy", "Eli Fox", "Governor Gray"]
WORDS = "the harbour plan costs more than council members of every party had been told in spring when rain fell".split()


def random_words(seed, how=str):
    chooser = random.Random(seed)
    while True:
        yield how(chooser.choice(WORDS)) + " "


def again(*parts):
    return itertools.cycle(parts)


def counted(form):
    return (form.format(n=n, name=NAMES[n % len(NAMES)], letter=chr(65 + n % 26)) for n in itertools.count())


KINDS = {
    "news": lambda: counted("“The plan number {n} is too dear,” said {name}, who leads the council. The harbour was closed for {n} days, she said.\n\n"),
    "he said": lambda: again("he said Bo "),
    "he said, stopped": lambda: again("He said Bo. "),
    "NAME said": lambda: counted("{name} said the plan is good and "),
    "said NAME": lambda: counted("it is good, said {name}, "),
    "new names": lambda: counted("Mr. N{n}son of B{n}co said it costs more. He left. "),
    "lower case": lambda: random_words(1),
    "capitals": lambda: random_words(2, str.upper),
    "rare words": lambda: ("".join(random.Random(n).choices("bcdfghjklmnpqrstvwxz", k=12)) + " " for n in itertools.count()),
    "Title Case": lambda: random_words(3, str.title),
    "headings": lambda: counted("Part {n} of the plan\n\n"),
    "short lines": lambda: counted("{name} {n}\n"),
    "labels": lambda: counted("{name}: We will see.\n"),
    "capital labels": lambda: counted("SPEAKER {letter}: Why is that?\n\n"),
    "questions": lambda: counted("Q: Why {n}?\n\nA: Because.\n\n"),
    "bullets": lambda: counted("- item {n}, {name}\n"),
    "block quotes": lambda: counted("> line {n} he said\n"),
    "quotation marks": lambda: again('"'),
    "marks, spaced": lambda: again('" '),
    "opening marks": lambda: again("“a "),
    "closing marks": lambda: again("a” "),
    "mixed marks": lambda: again("“‘a’ «b» 'c' "),
    "apostrophes": lambda: again("'a' 's "),
    "open paragraphs": lambda: again("“It goes on and on\n\n"),
    "brackets": lambda: again("("),
    "brackets closed": lambda: again("(a) "),
    "stars": lambda: again("*"),
    "underscores": lambda: again("_a_ "),
    "one word": lambda: again("a"),
    "digits": lambda: again("1"),
    "thousands": lambda: again("1,000 "),
    "full stops": lambda: again("."),
    "initials": lambda: again("A. "),
    "commas": lambda: again("a, "),
    "dashes": lambda: again("—"),
    "hyphens": lambda: again("a-"),
    "at signs": lambda: again("a@b.c "),
    "links": lambda: counted("https://a.example/{n} "),
    "slashes": lambda: again("a/"),
    "ampersands": lambda: again("&amp;"),
    "less than": lambda: again("<a> "),
    "line ends": lambda: again("\n"),
    "carriage returns": lambda: again("a\r\n\r\n"),
    "tabs": lambda: again("a\t"),
    "no-break spaces": lambda: again("a\u00a0"),
    "combining marks": lambda: again("e\u0301"),
    "one letter, many marks": lambda: itertools.chain(["e"], again("\u0301")),
    "emoji": lambda: again("👩‍👩‍👧 "),
    "ideographs": lambda: again("議會"),
    "right to left": lambda: again("\u202eقال "),
    "zero widths": lambda: again("a\u200b"),
    "controls": lambda: again("\u0085a\u009b"),
    "pronouns": lambda: again("He saw her. She saw him. It was theirs. "),
    "roles": lambda: counted("minister of ports chair of the board president {letter} "),
    "and": lambda: counted("{name} and "),
    "who": lambda: counted("{name}, who said "),
    "of": lambda: again("of the "),
    "teasers": lambda: counted("Related: {name} says no\n\n"),
    "embedded posts": lambda: counted("— {name} (@a{n}) May {n}, 2020\n\n"),
    "(Applause.)": lambda: again("(Applause.) "),
    "dates": lambda: again("May 5, 2020 "),
    "tables": lambda: counted("a | b | {n}\n"),
}


def text(kind, size):
    """So many thousand bytes of it, whole parts only."""
    parts, length = [], 0
    for part in KINDS[kind]():
        length += len(part.encode())
        if length > size << 10:
            return "".join(parts)
        parts.append(part)


def measured(program, folder, article, seconds):
    """Seconds of the processor, MB at the peak, and what went wrong."""
    path, out = pathlib.Path(folder) / "article.txt", pathlib.Path(folder) / "out"
    path.write_text(article, encoding="utf-8", newline="")
    command = [program, "analyze", path, "--threads", "1", "--format", "csv,html", "-o", out]
    limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=limit)
    told = process.stderr.read().decode(errors="replace")
    _, status, used = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    wrong = "" if code == 0 else f"over {seconds} s" if code in (-9, -24) else "refused" if "words, marks and" in told else told.strip() or f"exit code {code}"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sayso")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 80, 256, 1024], help="thousands of bytes")
    parser.add_argument("--only", nargs="+", default=list(KINDS))
    parser.add_argument("--seconds", type=int, default=120)
    args = parser.parse_args()
    print(f"{'':24}" + "".join(f"{size:>8} kB {'MB':>5}" for size in args.sizes) + "  exponent")
    with tempfile.TemporaryDirectory() as folder:
        start, _, _ = measured(args.sayso, folder, "Nothing was said.\n", args.seconds)
        for kind in args.only:
            row, first, wrong = f"{kind:24}", None, ""
            for size in args.sizes:
                seconds, memory, wrong = measured(args.sayso, folder, text(kind, size), args.seconds)
                row += f"{seconds:>9.1f} s {memory:>5.0f}"
                if wrong:
                    break
                last = (size, max(seconds - start, 0.01))
                first = first or last
            grown = math.log(last[1] / first[1]) / math.log(last[0] / first[0]) if first and last[0] > first[0] else math.nan
            print(f"{row:{24 + 17 * len(args.sizes)}}{grown:>10.2f}  {wrong.splitlines()[0] if wrong else ''}", flush=True)


if __name__ == "__main__":
    main()
