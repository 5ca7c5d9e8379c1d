"""Trains the reader of meaning and writes its weights.

    python3 models/en/train_meaning.py TEXTS TEACHER MINILM models/en/meaning.onrecord

TEXTS is a folder of English news as `.txt`, without annotations; TEACHER the folder of the sentence encoder all-mpnet-base-v2, MINILM
that of all-MiniLM-L6-v2. The teacher is first taught with the stories and wordings of `statements/` which passages are one statement
(supervised contrastive loss, Khosla and others 2020, a story a batch); then some layers of MiniLM learn from the same and, on
clauses of TEXTS, where the teacher puts them (its points, turned to the directions that say most) and how alike it finds them
(relational distillation, Park and others 2019). Every fourth story is kept apart. Two threads, one seed.
"""
import argparse, glob, json, os, random, re, tempfile
import numpy as np, torch
from torch.nn import functional as F
import statement_data
from meaning_network import POINT, Network, Words, pack
from train_statements import statements as statement_of

SEED, THREADS, LENGTH, CLAUSES = 1, 2, 240, 48_000
TEACHER_EPOCHS, TEACHER_RATE, TEACHER_HEAT = 1, 3e-5, 0.06
EPOCHS, RATE, HEAT, BATCHES, NEAR, PLACE = 4, 2e-4, 0.08, 350, 15, 4.0
MOST = 72
"""Passages of a story that make a batch."""


def propositions(folder, write, paths):
    """For each story the propositions that the program finds and the statement of each."""
    set_folder = os.path.join(folder, "set")
    os.makedirs(set_folder)
    for path in paths:
        write(path, set_folder)
    made = []
    for story in statement_data.described(set_folder):
        with open(os.path.join(set_folder, story["story"], "gold.json"), encoding="utf-8") as gold:
            labels = statement_of(story, json.load(gold))
        texts = [wording(item["what"]) for item in story["weighed"]["items"]]
        made.append((texts, labels))
    return made


def wording(what):
    """What a proposition says, as the program reads it."""
    return f"{what['act']} {what['text']}".strip().replace("\n", " ")[:LENGTH]


def clauses(texts):
    """Sentences and what stands in them between commas, quotation marks and the like."""
    found = set()
    for text in texts:
        for paragraph in text.split("\n"):
            for sentence in re.split(r"(?<=[.!?])\s+(?=[\"“A-Z])", paragraph.strip()):
                if len(sentence) >= 20:
                    found.add(sentence[:LENGTH])
                    parts = (part.strip() for part in re.split(r",\s+|[\"“”]|\bthat\b|;\s", sentence))
                    found.update(part[:LENGTH] for part in parts if 25 <= len(part) < 0.8 * len(sentence))
    found = sorted(found)
    random.Random(5).shuffle(found)
    return found[:CLAUSES]


class Teacher:
    def __init__(self, folder):
        from transformers import AutoModel, AutoTokenizer

        self.tokens, self.network = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)

    def __call__(self, texts):
        words = self.tokens(texts, truncation=True, max_length=64, padding=True, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.network(**words).last_hidden_state
        real = words["attention_mask"][:, :, None].float()
        return F.normalize((states.float() * real).sum(1) / real.sum(1), dim=1)

    def points(self, texts):
        """Points of many texts, [texts × width], shortest first so that little is filled up."""
        self.network.eval()
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        made = torch.zeros(len(texts), self.network.config.hidden_size)
        with torch.no_grad():
            for at in range(0, len(order), 64):
                made[order[at : at + 64]] = self([texts[one] for one in order[at : at + 64]])
        return made

    def learn(self, stories, lot):
        steps = TEACHER_EPOCHS * len(stories)
        optimiser = torch.optim.AdamW([{"params": list(self.network.parameters()), "times": 1.0}], lr=TEACHER_RATE, weight_decay=0.01)
        self.network.train()
        for step, (texts, labels) in enumerate(epochs(stories, TEACHER_EPOCHS, lot)):
            chosen = some([at for at, label in enumerate(labels) if label is not None], lot)
            points = self([texts[at] for at in chosen])
            loss = contrast(points @ points.T, [labels[at] for at in chosen], TEACHER_HEAT)
            descend(optimiser, loss, TEACHER_RATE * min(1, (step + 1) / 15) * (1 - 0.95 * step / steps))
            if step % 20 == 0:
                print(f"teacher {step} of {steps}: {loss.item():.3f}", flush=True)


def epochs(stories, count, lot):
    for _ in range(count):
        lot.shuffle(stories)
        yield from stories


def some(places, lot):
    return places if len(places) <= MOST else lot.sample(places, MOST)


def contrast(alike, labels, heat):
    """How badly likeness tells passages of one statement from the others of a story."""
    itself = torch.eye(len(labels), dtype=torch.bool)
    same = torch.tensor([[a is not None and a == b for b in labels] for a in labels]) & ~itself
    odds = (alike / heat).masked_fill(itself, -1e4)
    odds = odds - torch.logsumexp(odds, 1, keepdim=True)
    count = same.sum(1)
    some = count > 0
    return -((odds * same).sum(1)[some] / count[some]).mean() if some.any() else alike.sum() * 0


def distil(mine, theirs):
    """How badly points lie to each other as the teacher's do: all of them, and above all which are near."""
    itself = torch.eye(len(mine), dtype=torch.bool)
    odds = lambda alike: torch.log_softmax((alike / HEAT).masked_fill(itself, -1e4), 1)
    mine, theirs = mine @ mine.T, theirs @ theirs.T
    return ((mine - theirs) ** 2).mean() * 30 + F.kl_div(odds(mine), odds(theirs), reduction="batchmean", log_target=True)


def directions(points):
    """The directions in which points differ most, [width × POINT]: what is lost beside them ranks pairs all but the same."""
    _, found = torch.linalg.eigh((points.T @ points).double())
    return found[:, -POINT:].float()


def neighbours(points):
    """The places of the `NEAR` nearest of each point."""
    found = []
    for at in range(0, len(points), 500):
        alike = points[at : at + 500] @ points.T
        alike[range(len(alike)), range(at, at + len(alike))] = -2
        found.append(alike.topk(NEAR, dim=1).indices)
    return torch.cat(found)


def descend(optimiser, loss, rate):
    for group in optimiser.param_groups:
        group["lr"] = rate * group["times"]
    optimiser.zero_grad()
    loss.backward()
    parameters = [p for group in optimiser.param_groups for p in group["params"]]
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    optimiser.step()


def learn(network, stories, plain, lot):
    """`stories`: rows of pieces, points of the teacher, labels; `plain`: rows and points. The rows of words stay as they are."""
    network.rows.requires_grad_(False)
    new = {"params": list(network.last.parameters()), "times": 5.0}
    old = {"params": [p for name, p in network.named_parameters() if p.requires_grad and not name.startswith("last")], "times": 1.0}
    optimiser = torch.optim.AdamW([old, new], lr=RATE, weight_decay=0.01)
    rows, points = plain
    near, turned = neighbours(points), directions(torch.cat([points] + [theirs for _, theirs, _ in stories]))
    steps, step, turns = EPOCHS * (len(stories) + BATCHES), 0, []
    for _ in range(EPOCHS):
        jobs = stories + [None] * BATCHES
        lot.shuffle(jobs)
        for job in jobs:
            if len(turns) < 8:
                turns = lot.sample(range(len(rows)), len(rows))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                if job is None:
                    chosen = [at for one in turns[:8] for at in [one, *near[one].tolist()]]
                    turns = turns[8:]
                    mine, theirs, loss = together(network, [rows[at] for at in chosen]), points[chosen], 0.0
                else:
                    chosen = some(list(range(len(job[0]))), lot)
                    mine, theirs = together(network, [job[0][at] for at in chosen]), job[1][chosen]
                    loss = 0.3 * contrast(mine @ mine.T, [job[2][at] for at in chosen], HEAT)
                away = 1 - (mine * F.normalize(theirs @ turned, dim=1)).sum(1).mean()
                loss = loss + distil(mine, theirs) + PLACE * away
            step += 1
            descend(optimiser, loss, RATE * min(1, step / 50) * (1 - 0.98 * step / steps))
            if step % 100 == 0:
                print(f"student {step} of {steps}: {loss.item():.3f}, {away.item():.3f} away", flush=True)


def together(network, rows):
    """Points of rows, read in three parts by length, so that little is filled up."""
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    part = -(-len(order) // 3)
    made = torch.cat([network([rows[at] for at in order[first : first + part]]).float() for first in range(0, len(order), part)])
    back = torch.empty(len(order), dtype=torch.long)
    back[order] = torch.arange(len(order))
    return made[back]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("texts", "teacher", "minilm", "out"):
        parser.add_argument(name)
    parser.add_argument("--keep", help="a folder in which the teacher's weights and points are kept")
    arguments = parser.parse_args()
    torch.set_num_threads(THREADS)
    torch.manual_seed(SEED)
    lot = random.Random(SEED)
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statements")
    texts = [open(path, encoding="utf-8", errors="ignore").read() for path in sorted(glob.glob(os.path.join(arguments.texts, "**", "*.txt"), recursive=True))]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        stories = propositions(one, statement_data.write_wordings, statement_data.wordings(here))
        stories += propositions(other, statement_data.write_story, statement_data.seen(statement_data.stories(here)))
    teacher = Teacher(arguments.teacher)
    teacher.learn(list(stories), lot)
    if arguments.keep:
        torch.save(teacher.network.state_dict(), os.path.join(arguments.keep, "teacher.pt"))
    plain = clauses(texts)
    theirs, plainly = [teacher.points(story) for story, _ in stories], teacher.points(plain)
    if arguments.keep:
        torch.save((stories, theirs, plain, plainly), os.path.join(arguments.keep, "points.pt"))
    torch.manual_seed(SEED)
    words, network = Words(arguments.minilm), Network(arguments.minilm)
    taught = [(words.rows(story), points, labels) for (story, labels), points in zip(stories, theirs)]
    learn(network, taught, (words.rows(plain), plainly), random.Random(SEED))
    with open(arguments.out, "wb") as out:
        out.write(pack(network, words))


if __name__ == "__main__":
    main()
