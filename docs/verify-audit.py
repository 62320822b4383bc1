#!/usr/bin/env python3
"""Checks an export of the audit log without the portal.

    verify-audit.py audit-20261127-080000.jsonl [--anchor ID:HASH] [--anchors portal-anchors.jsonl]

Each line has the entry's canonical text, the hash of the entry before it and its own: SHA-256 over the previous hash and that text.
The last line is the head of the chain. An anchor is a head that was kept elsewhere; the export must contain it unchanged. The portal writes one
an hour to the file of Audit:AnchorPath, a line each; --anchors checks all of them and says which entry is the newest that is anchored.
Ends with 0 when the chain is whole, 1 when it is not, 2 when the file cannot be read.
"""
import argparse
import hashlib
import json
import sys


def check(lines, anchors):
    """Raises ValueError for what is wrong; returns how many entries there are and the hash of the last."""
    previous, count, head = "0" * 64, 0, None
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        if head is not None:
            raise ValueError(f"line {number} follows the head")
        if "head" in row:
            head = row["head"]
            continue
        count += 1
        identifier = json.loads(row["canonical"])[0]
        if identifier != count:
            raise ValueError(f"entry {count} is missing: line {number} has entry {identifier}")
        if row["previousHash"] != previous:
            raise ValueError(f"entry {count} does not follow from the entry before it")
        digest = hashlib.sha256(bytes.fromhex(previous) + row["canonical"].encode("utf-8")).hexdigest()
        if digest != row["hash"]:
            raise ValueError(f"entry {count} was changed after it was written")
        previous = digest
        if any(hash_of != digest for hash_of in anchors.get(count, ())):
            raise ValueError(f"entry {count} is not the one that the anchor names")
    if head is None:
        raise ValueError(f"the file ends after entry {count} without the head: it is not complete")
    if (head["id"], head["count"], head["hash"]) != (count, count, previous):
        raise ValueError(f"entry {count} is not where the audit log ended: its head names entry {head['id']}")
    if anchors and max(anchors) > count:
        raise ValueError(f"an anchor names entry {max(anchors)}, the file ends at entry {count}")
    return count, previous


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file")
    arguments.add_argument("--anchor", help="ID:HASH of an entry, kept elsewhere")
    arguments.add_argument("--anchors", help="the file of Audit:AnchorPath, or a copy of it")
    given = arguments.parse_args()
    anchors = {}
    if given.anchor:
        identifier, _, digest = given.anchor.partition(":")
        anchors.setdefault(int(identifier), set()).add(digest.lower())
    try:
        if given.anchors:
            with open(given.anchors, encoding="utf-8") as lines:
                for line in map(str.strip, lines):
                    # Blank, or torn by a full disk: no anchor then.
                    if not line.endswith("}"):
                        continue
                    row = json.loads(line)
                    anchors.setdefault(row["id"], set()).add(row["hash"])
        with open(given.file, encoding="utf-8") as lines:
            count, head = check(lines, anchors)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    except (ValueError, KeyError, TypeError, IndexError) as error:
        print(f"FAIL: {error}", file=sys.stderr)
        return 1
    anchored = f", anchored to entry {max(anchors)}, open after it" if anchors else ""
    print(f"PASS: {count} entries, head {head}{anchored}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
