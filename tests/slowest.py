#!/usr/bin/env python3
"""Where the time of a test run goes: its slowest classes, from the .trx files of a folder."""
import collections
import pathlib
import sys
import xml.etree.ElementTree as xml

SHOWN = 15
NAMES = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}


def seconds(duration):  # 00:01:02.3456789
    hours, minutes, rest = duration.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


classes = collections.defaultdict(lambda: [0, 0.0])
for file in pathlib.Path(sys.argv[1]).glob("*.trx"):
    root = xml.parse(file).getroot()
    homes = {x.get("id"): x.find("t:TestMethod", NAMES).get("className").rpartition(".")[2] for x in root.iterfind(".//t:UnitTest", NAMES)}
    for result in root.iterfind(".//t:UnitTestResult", NAMES):
        home = classes[homes[result.get("testId")]]
        home[0] += 1
        home[1] += seconds(result.get("duration", "0:0:0"))

whole = sum(x[1] for x in classes.values()) or 1
print(f"{'slowest classes':<36}{'tests':>7}{'seconds':>9}{'share':>7}")
for name, (count, took) in sorted(classes.items(), key=lambda x: -x[1][1])[:SHOWN]:
    print(f"{name:<36}{count:>7}{took:>9.0f}{took / whole:>7.0%}")
