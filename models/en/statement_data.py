"""Reads the stories and wordings of `statements/`, and writes them as sets that the program's own tools read.

A story file has `@report FILE | OUTLET | DATE | AUTHOR | CREDIT`, then its text, in which `[[s3|words]]` marks a passage that says
statement s3; after `@gold` a line for each statement and `! KIND s3@FILE s5@FILE` for each conflict. A file of wordings has `# STORY`,
`= STATEMENT` and one wording a line; a name in brackets after a pronoun says whom it means.
"""
import contextlib, csv, json, os, re, shutil, subprocess, tempfile

MARK = re.compile(r"\[\[(s\d+)\|([^\[\]\n]+)\]\]")
PRONOUN = re.compile(
    r"\b(he|she|they|it|him|her|them|his|their|its|hers|theirs|we|I|our|my|us|me|who|this|that|these|those|there)\s+\[([^\]]+)\]",
    re.IGNORECASE,
)
OWNING = {"his", "their", "its", "hers", "theirs", "our", "my"}
DATE = "2024-03-05"


def read_story(path):
    """Reports by file (outlet, date, author, credit, text, marks), statements, and conflicts (kind, two marks)."""
    reports, statements, conflicts, at = {}, {}, [], None
    with open(path, encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if line.startswith("@story"):
                continue
            if line.startswith("@report"):
                name, outlet, date, author, credit = ([part.strip() for part in line[len("@report") :].split("|")] + [""] * 5)[:5]
                at = reports[name] = {"outlet": outlet, "published": date, "author": author, "credit": credit, "lines": []}
            elif line.startswith("@gold"):
                at = None
            elif at is not None:
                at["lines"].append(line)
            elif line.startswith("!"):
                kind, one, other = line[1:].split()
                conflicts.append((kind, tuple(one.split("@")), tuple(other.split("@"))))
            elif line.strip():
                statement, gist = line.split(maxsplit=1)
                statements[statement] = gist
    for report in reports.values():
        marked = "\n".join(report.pop("lines")).strip() + "\n"
        report["marks"] = [(mark[1], mark[2]) for mark in MARK.finditer(marked)]
        report["text"] = MARK.sub(lambda mark: mark[2], marked)
    return reports, statements, conflicts


def write_story(path, out):
    """One story as a folder: reports, reports.csv, gold.json."""
    reports, statements, conflicts = read_story(path)
    name = os.path.basename(path)[: -len(".txt")]
    folder = os.path.join(out, name)
    os.makedirs(folder)
    first = {}
    for file, report in reports.items():
        for statement, words in report["marks"]:
            first.setdefault((statement, file), words)
    passage = lambda mark: {"file": mark[1] + ".txt", "exact": first[mark]}
    said = lambda statement: [{"file": f + ".txt", "exact": w} for f, r in reports.items() for s, w in r["marks"] if s == statement]
    gold = {
        "story": name,
        "statements": [{"id": s, "gist": gist, "utterances": said(s)} for s, gist in statements.items()],
        "conflicts": [{"kind": kind, "a": passage(one), "b": passage(other)} for kind, one, other in conflicts],
    }
    write_set(folder, {f: (r["outlet"], r["published"], r["author"], r["credit"], r["text"]) for f, r in reports.items()}, gold)


def in_full(wording):
    """A wording with the names that its pronouns stand for."""

    def named(match):
        name = match[2]
        return name + ("'" if name.endswith("s") else "'s") if match[1].lower() in OWNING else name

    return re.sub(r"\s*\[[^\]]*\]", "", PRONOUN.sub(named, wording))


def read_wordings(path):
    """Stories of a file: title, and for each statement its wordings."""
    stories = []
    with open(path, encoding="utf-8") as file:
        for line in map(str.strip, file):
            if line.startswith("#"):
                stories.append((line[1:].strip(), []))
            elif line.startswith("="):
                stories[-1][1].append((line[1:].strip(), []))
            elif line:
                stories[-1][1][-1][1].append(in_full(line))
    return stories


def write_wordings(path, out):
    """Each story of a file as a folder whose reports have one wording of each statement, a paragraph each."""
    for number, (title, statements) in enumerate(read_wordings(path)):
        name = f"{os.path.basename(path)[:-len('.txt')]}-{number:02d}"
        folder = os.path.join(out, name)
        os.makedirs(folder)
        files, gold = {}, []
        most = max(len(wordings) for _, wordings in statements)
        for at, (gist, wordings) in enumerate(statements):
            said = []
            for number_of, wording in enumerate(wordings):
                file = f"w{(number_of + at) % most}"
                if wording[0] in '"“':
                    words = wording.strip('"“”').rstrip(".,")
                    paragraph = f'"{words}," a spokesman said.'
                else:
                    words = wording[0].upper() + wording[1:].rstrip(".")
                    paragraph = words + "."
                files.setdefault(file, []).append(paragraph)
                said.append({"file": file + ".txt", "exact": words})
            gold.append({"id": f"s{at + 1}", "gist": gist, "utterances": said})
        reports = {f: (f"Outlet {f}", DATE, "", "", title + "\n\n" + "\n\n".join(p) + "\n") for f, p in sorted(files.items())}
        write_set(folder, reports, {"story": name, "statements": gold, "conflicts": []})


def write_set(folder, reports, gold):
    with open(os.path.join(folder, "reports.csv"), "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "outlet", "published", "author", "credit", "url"])
        for name, (outlet, published, author, credit, text) in reports.items():
            rows.writerow([name + ".txt", outlet, published, author, credit, ""])
            with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8") as report:
                report.write(text)
    with open(os.path.join(folder, "gold.json"), "w", encoding="utf-8") as file:
        json.dump(gold, file, indent=1, ensure_ascii=False)


def stories(folder):
    """Paths of the stories, in order: every fourth, from the first, is kept from the reader of meaning."""
    names = sorted(name for name in os.listdir(os.path.join(folder, "stories")) if name.endswith(".txt"))
    return [os.path.join(folder, "stories", name) for name in names]


def wordings(folder):
    return [os.path.join(folder, "wordings", n) for n in sorted(os.listdir(os.path.join(folder, "wordings"))) if n.endswith(".txt")]


def kept_apart(paths):
    """The stories from which weights of pairs are learned: the reader of meaning has not seen them."""
    return paths[::4]


def seen(paths):
    return [path for at, path in enumerate(paths) if at % 4]


def described(folder):
    """What the program makes of each story of a folder: propositions, and the pairs of them that are weighed."""
    with tempfile.TemporaryDirectory() as work:
        out = os.path.join(work, "pairs.jsonl")
        command = ["cargo", "run", "--release", "-q", "-p", "onrecord-eval", "--example", "statement_pairs", "--"]
        subprocess.run(command + [folder, out], check=True)
        with open(out, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]


@contextlib.contextmanager
def learned_from(set_folder, paths):
    """The stories of a set and those of `paths`, in one folder: what the program makes of each, and the folder."""
    with tempfile.TemporaryDirectory() as work:
        folder = os.path.join(work, "set")
        shutil.copytree(set_folder, folder)
        for path in paths:
            write_story(path, folder)
        yield described(folder), folder
