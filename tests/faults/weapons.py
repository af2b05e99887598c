"""Files made to exhaust a reader or to get out of its folder: each must end soon, in little memory, with an error that names the file.

    python3 tests/faults/weapons.py SAYSO [--gigabytes 1]

A good article stands beside each weapon and must be read. Prints seconds and peak memory of each run, and the first error.
"""

import argparse
import gzip
import io
import os
import pathlib
import resource
import struct
import subprocess
import tarfile
import tempfile
import zipfile

GOOD = "A plan\n\nThe port stays shut, said Ana Lind.\n"
SECONDS, MEGABYTES = 180, 1200


def zipped(members, stored=False):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def packed_zeros(gigabytes, head):
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", compresslevel=9) as file:
        file.write(head)
        for _ in range(gigabytes << 6):
            file.write(bytes(1 << 24))
    return made.getvalue()


def nested_zips(depth, copies):
    inner = zipped([("a.csv", b"text\n" + b"a" * (1 << 24))])
    for _ in range(depth):
        inner = zipped([(f"{number}.zip", inner) for number in range(copies)])
    return inner


def lying_zip():
    """A member that says it unpacks to 10 bytes and unpacks to 64 MB."""
    data = bytearray(zipped([("a.csv", b"text\n" + b"a" * (64 << 20))]))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def traversal():
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name in ("../../escaped.txt", "/tmp/sayso-escaped.txt", "a/../../../escaped.txt"):
            member = tarfile.TarInfo(name)
            member.size = len(GOOD)
            archive.addfile(member, io.BytesIO(GOOD.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return made.getvalue()


ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
FEED = '<rss version="2.0"><channel><title>x</title><item><title>a</title><description>{} said Ana Lind.</description></item></channel></rss>'
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>{} said Ana Lind.</p></body></text></TEI>'
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'


def docx(document):
    return zipped([("[Content_Types].xml", TYPES), ("word/document.xml", document)])


def pdf_loop():
    """Pages whose parents are their own children."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 3 0 R/Resources 3 0 R>>endobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
    )


def warc():
    """A record that says it is a terabyte long."""
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: 1099511627776\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 99999999999\r\n\r\nNo, he said."
    )


def weapons(gigabytes):
    return {
        "zeros.csv.gz": lambda: packed_zeros(gigabytes, b"text\n"),
        "zeros.txt.gz": lambda: packed_zeros(gigabytes, b""),
        "nested.zip": lambda: nested_zips(4, 8),
        "lying.zip": lying_zip,
        "members.zip": lambda: zipped(((f"{number}.txt", b"") for number in range(20_000)), stored=True),
        "traversal.tar": traversal,
        "entities.xml": lambda: (ENTITIES + FEED.format("&a11;")).encode(),
        "entities.tei.xml": lambda: (ENTITIES + TEI.format("&a11;")).encode(),
        "entities.docx": lambda: docx(ENTITIES + DOCUMENT.format("&a11;")),
        "external.xml": lambda: (EXTERNAL + FEED.format("&e;")).encode(),
        "external.tei.xml": lambda: (EXTERNAL + TEI.format("&e;")).encode(),
        "huge.docx": lambda: docx(DOCUMENT.format("a" * (400 << 20))),
        "loop.pdf": pdf_loop,
        "deep.html": lambda: b"<div>" * 100_000 + b"<p>No, he said.</p>",
        "deep.json": lambda: b'[{"text":"a","b":' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
        "deep.xml": lambda: b"<rss><channel><item>" + b"<a>" * 100_000,
        "columns.csv": lambda: b"text" + b",a" * 1_000_000 + b"\nNo" + b"," * 1_000_000 + b"\n",
        "row.csv": lambda: b'text\n"' + b"a " * (40 << 20) + b'"\n',
        "line.jsonl": lambda: b'{"text":"' + b"a " * (40 << 20) + b'"}\n',
        "lies.warc": warc,
        "cycle.yaml.md": lambda: b"---\na: &a [*a, *a]\nb: &b [*a,*a,*a,*a]\n---\nNo, he said.\n",
        "marks.rtf": lambda: rb"{\rtf1" + b"{" * 200_000 + b"No, he said." + b"}" * 200_000,
        "mime.eml": lambda: b"From: a@b.c\nSubject: x\nMIME-Version: 1.0\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000)) + b"\nNo.\n",
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sayso")
    parser.add_argument("--gigabytes", type=int, default=1)
    parser.add_argument("--only", nargs="*")
    args = parser.parse_args()
    program, wrong = pathlib.Path(args.sayso).resolve(), []
    for name, make in weapons(args.gigabytes).items():
        if args.only and name not in args.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            (place / "in").mkdir()
            (place / "in" / name).write_bytes(make())
            (place / "in" / "good.txt").write_text(GOOD)
            command = [str(program), "analyze", "in", "-o", "out", "--format", "csv", "--any-language", "--threads", "1"]
            limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", preexec_fn=limit)
            told = process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            code, memory = os.waitstatus_to_exitcode(status), used.ru_maxrss >> 10
            rows = (place / "out" / "articles.csv").read_text(encoding="utf-8-sig", errors="replace") if (place / "out" / "articles.csv").exists() else ""
            first = next((line for line in told.splitlines() if "error" in line or "warning" in line), "")
            print(f"{name:18} {(place / 'in' / name).stat().st_size / 1e6:8.1f} MB {used.ru_utime + used.ru_stime:6.1f} s {memory:5} MB  {code:3}  {first[:150]}", flush=True)
            escaped = [path for path in (place / "escaped.txt", place.parent / "escaped.txt", pathlib.Path("/tmp/sayso-escaped.txt")) if path.exists()]
            if code not in (0, 1) or "good" not in rows or memory > MEGABYTES or "panicked" in told or "internal error" in told or "root:" in rows or escaped:
                wrong.append(name)
    if wrong:
        raise SystemExit(f"does not hold: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
