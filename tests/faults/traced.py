"""What a run asks of the system: no network, and nothing written but in its report's folder, by every call that strace knows of.

    python3 tests/faults/traced.py SAYSO

Runs the sample corpus in an empty network namespace where this user may make one, and under strace in any case.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

CORPUS = pathlib.Path(__file__).parents[2] / "corpus"
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
# Calls that change the names or the rights of files; their paths are the quoted arguments.
CHANGING = {"creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "link", "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmodat", "chown", "fchownat", "mknod", "mknodat"}
NETWORK = {"socket", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "recvfrom", "recvmsg"}
CALL = re.compile(r"^\d+ +(\w+)\((.*)")
# A file without a name (O_TMPFILE), of which nothing stays.
NAMELESS = "O_TMPFILE"


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="sayso-traced-") as folder:
        place = pathlib.Path(folder)
        out, log = place / "out", place / "calls"
        command = [str(program), "analyze", str(CORPUS), "-o", str(out), "--format", "csv,json,html,parquet,xlsx,sqlite", "--codebook", "policy-agenda"]
        subprocess.run(["strace", "-f", "-qq", "-s", "4096", "-e", "trace=%file,%network,%process", "-o", log, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        faults, calls = [], 0
        for line in log.read_text(errors="replace").splitlines():
            found = CALL.match(line)
            if not found:
                continue
            calls += 1
            name, rest = found.groups()
            paths = re.findall(r'"((?:[^"\\]|\\.)*)"', rest)
            is_inside = lambda path: path.startswith((str(out), "/dev/")) or not path.startswith("/") and "AT_FDCWD" not in rest
            outside = [path for path in paths if not is_inside(path)]
            if name in NETWORK or (name in ("execve", "execveat") and calls > 1):
                faults.append(line)
            elif (name in CHANGING or (name in ("open", "openat") and WRITING.search(rest))) and outside and NAMELESS not in rest:
                faults.append(line)
        if faults or calls < 100:
            raise SystemExit("\n".join(["does not hold:", *faults[:20], f"{calls} calls"]))
        print(f"{calls} calls on files, network and processes: no network, no other program, nothing written outside of the report's folder")

        alone = ["unshare", "--map-root-user", "--net"]
        if subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
            subprocess.run([*alone, *command[:4], str(place / "alone"), *command[5:]], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            print("a run in an empty network namespace ends as any other")
        else:
            print("skipped: a run in an empty network namespace: this user may not make one")


if __name__ == "__main__":
    main()
