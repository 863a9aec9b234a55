#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The house rules that a machine can read. Usage: check-source.py SOURCE-FOLDER

Three tables: what no line may hold, how long things may be, and how public names follow their file.
An exception is a row with its reason, not a special case in the code below them.
"""

import pathlib
import re
import subprocess
import sys

C_FILES = re.compile(r"^(scheduler|calendar|media|ui|tests)/.*\.[ch]$")
PRODUCT = re.compile(r"^(scheduler|calendar|media|ui)/.*\.[ch]$")
HEADERS = re.compile(r"^(scheduler|calendar|media|ui)/.*\.h$")
ANYTHING = re.compile(r"")
# It holds the words it looks for.
OWN = "tests/lint/check-source.py"

# where it holds, what no line may hold (outside comments and strings of C), what to do instead
LINES = [
    (C_FILES, r"\bgoto\b", "no goto: return early, let g_autoptr clean up"),
    (PRODUCT, r"(?<![\w.>])free \(", "no bare free: g_autofree, g_autoptr, g_clear_pointer"),
    (PRODUCT, r"\bg_error \(", "no g_error: return a GError"),
    (PRODUCT, r"\(\*error\)->", "read the error of a local g_autoptr (GError), not the caller's"),
    (PRODUCT, r"\b(g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|gettimeofday|clock_gettime) \(",
     "the clock is read in scheduler/base/clock.c alone"),
    (PRODUCT, r"\b(?:u?int(?:32|64)?(?:_t)?|unsigned|double|size_t|long)\s+\w*(?:timeout|duration|delay)\s*[;=,)]",
     "name the unit: _us, _ms, _days"),
    (PRODUCT, r"\bg(?:char|int|uint|long|ulong|int64|uint64|size|double)\b(?! \()", "plain C types: char, int, int64_t, size_t"),
    (HEADERS, r"^void\b.*\bGError \*\*", "what can fail returns gboolean or a pointer"),
    (ANYTHING, r"/work/|/farm/|\.library\b|\"resolved\": \"http|registry\.npmjs|files\.pythonhosted",
     "speaks of a machine or a registry, not of the product"),
]
# file, rule's pattern part, why it may
LINE_EXCEPTIONS = {
    ("scheduler/base/clock.c", "g_get_real_time"): "the one clock",
    ("scheduler/base/clock.c", "g_get_monotonic_time"): "the one clock",
    ("scheduler/base/error.h", "GError"): "sets the error, cannot fail",
    ("ui/cli/recur.c", "free ("): "what getline() allocated",
    ("media/record/journal.h", "duration"): "in ticks of 90 kHz, as everything in that record",
    ("media/finalise/survey.c", "duration"): "in ticks of 90 kHz, as in the journal",
    ("media/record/playlist.c", "duration"): "in ticks of 90 kHz, as in the journal",
    ("media/record/ts-reader.h", "duration"): "in ticks of 90 kHz, as in the journal",
}

LONGEST_FILE, LONGEST_HEADER, LONGEST_FUNCTION = 500, 100, 60
# file: its own bound, why
LONGER_FILES = {
    "scheduler/support/fields.c": 600,  # one row of a table, read, written and compared
    "scheduler/core/timeline.c": 520,  # one tree and every question asked of it
}

# header: further beginnings of its public functions, beside a word of the file's name and the types that
# the header declares (HtWrite: ht_write_)
FURTHER_NAMES = {
    "scheduler/base/error.h": ["ht_problem_"],
    "scheduler/support/fields.h": ["ht_json_"],
    "media/record/picture-hash.h": ["ht_annexb_"],
    "media/finalise/survey.h": ["ht_segments_", "ht_adts_"],
}

FUNCTION = re.compile(r"^(?P<type>[A-Za-z_][\w *]*)\n(?P<name>\w+) \((?P<arguments>[^;{}]*)\)\n\{\n(?P<body>.*?)^\}$",
                      re.MULTILINE | re.DOTALL)
PROTOTYPE = re.compile(r"^(?!typedef|struct|static|return)[A-Za-z_][\w ]*?[ *](?P<name>\w+) \(", re.MULTILINE)
SILENT = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def silence(text):
    """The text of C without comments and strings, line for line."""
    return SILENT.sub(lambda match: "\n" * match[0].count("\n") or '""', text)


def check_lines(name, text):
    shown = silence(text) if C_FILES.match(name) and name != OWN else text
    for where, pattern, advice in LINES:
        # a machine's name is not to stand in a comment either
        source = text if where is ANYTHING else shown
        if not where.match(name) or name == OWN:
            continue
        for match in re.finditer(pattern, source, re.MULTILINE):
            if not any(name == file and part in match[0] for file, part in LINE_EXCEPTIONS):
                yield source.count("\n", 0, match.start()) + 1, f"{match[0].strip()}: {advice}"


def check_lengths(name, text):
    if not C_FILES.match(name):
        return
    lines = text.count("\n")
    longest = LONGEST_HEADER if HEADERS.match(name) else LONGER_FILES.get(name, LONGEST_FILE)
    if lines > longest:
        yield lines, f"{lines} lines, more than {longest}"
    for match in FUNCTION.finditer(text):
        lines = match["body"].count("\n")
        if lines > LONGEST_FUNCTION:
            yield text.count("\n", 0, match.start()) + 2, f"{match['name']} has {lines} lines, more than {LONGEST_FUNCTION}"


def check_licence(name, text):
    head = text.split("\n", 2)[:2]
    if C_FILES.match(name) and head[0] != "/* SPDX-License-Identifier: MIT */":
        yield 1, "the first line is /* SPDX-License-Identifier: MIT */"
    if (name.endswith((".py", ".sh")) or head[0].startswith("#!")) and "# SPDX-License-Identifier: MIT" not in head:
        yield 2, "the second line of a script is # SPDX-License-Identifier: MIT"


def snake(words):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", words).lower()


def check_names(name, text):
    """A public function begins with a noun of its file or a type that its header declares."""
    if not HEADERS.match(name):
        return
    shown = silence(text)
    nouns = {part.removesuffix("s") for part in pathlib.Path(name).stem.split("-")}
    types = {snake(word) + "_" for word in re.findall(r"\bHt[A-Z]\w+", "".join(re.findall(
        r"^typedef[^;{]*?;|^\} ?\w+;|^G_DECLARE\w+ \([^)]*\)", shown, re.MULTILINE)))}
    for match in PROTOTYPE.finditer(shown):
        public = match["name"]
        known = any(word.removesuffix("s") in nouns for word in public.split("_")[1:])
        if public.startswith("ht_") and not known and not public.startswith((*types, *FURTHER_NAMES.get(name, []))):
            yield shown.count("\n", 0, match.start()) + 1, f"{public} names no noun of its file, no type of its header and none of FURTHER_NAMES"


def check_homes(name, text, root):
    """A function that is not static is declared in a header of its own folder."""
    if not PRODUCT.match(name) or not name.endswith(".c"):
        return
    folder = (root / name).parent
    declared = "".join(header.read_text() for header in folder.glob("*.h"))
    for match in FUNCTION.finditer(text):
        public = not match["type"].startswith("static") and match["name"] != "main"
        if public and not re.search(rf"\b{match['name']} \(", declared):
            yield text.count("\n", 0, match.start()) + 2, f"{match['name']} is public and stands in no header of {folder.name}"


def files(root):
    """What Git would keep; without Git, what is no build folder."""
    listed = subprocess.run(["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
                            capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]
    left_out = re.compile(r"^(build|data)[^/]*/|(^|/)(node_modules|dist|__pycache__|\.git)/")
    return [name for path in sorted(root.rglob("*")) if path.is_file()
            and not left_out.search(name := path.relative_to(root).as_posix())]


def faults(root):
    for name in files(root):
        try:
            text = (root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue # pictures, sounds, seeds
        for check in (check_lines, check_lengths, check_licence, check_names):
            for line, what in check(name, text):
                yield f"{name}:{line}: {what}"
        for line, what in check_homes(name, text, root):
            yield f"{name}:{line}: {what}"
    for needed in (".clang-format", ".clang-tidy", "LICENSE"):
        if not (root / needed).exists():
            yield f"{needed}: is missing"


found = list(faults(pathlib.Path(sys.argv[1])))
print("\n".join(found))
sys.exit(1 if found else 0)
