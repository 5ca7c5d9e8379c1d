"""Trains the reader of meaning and writes its weights.

    python3 models/en/train_meaning.py TEXTS MINILM SPACY models/en/meaning.onrecord

TEXTS is a folder of English news as `.txt`, without annotations; MINILM the folder of the sentence encoder all-MiniLM-L6-v2; SPACY the
folder of a spaCy model with vectors. MiniLM is first taught with the stories and wordings of `statements/` which passages are one
statement (supervised contrastive loss, Khosla and others 2020, a story a batch); then the small network learns from the same and, on
clauses of TEXTS, how alike MiniLM finds two of them. Every fourth story is kept apart. One thread, one seed.
"""
import argparse, collections, glob, json, os, random, re, tempfile
import numpy as np, snowballstemmer, torch
from torch.nn import functional as F
import statement_data
from meaning_network import WORD, Network, Words, pack
from train_statements import statements as statement_of

SEED, LENGTH = 1, 240
STEMS, CLAUSES = 26_000, 60_000
TEACHER_EPOCHS, TEACHER_RATE, TEACHER_HEAT = 2, 5e-5, 0.06
EPOCHS, RATE, HEAT, BATCH, BATCHES = 14, 1e-3, 0.08, 256, 90
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
        texts = [item["what"]["text"].replace("\n", " ")[:LENGTH] for item in story["weighed"]["items"]]
        made.append((texts, labels))
    return made


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


def vocabulary(texts, spacy_folder, encoder):
    """Frequent stems, how often they occur, and their vectors: by sense (MiniLM of the word alone) and by use (spaCy's)."""
    import spacy

    forms = collections.Counter(word.lower() for text in texts for word in re.findall(r"[A-Za-z][A-Za-z'’-]*", text))
    lexicon, stemmer = spacy.load(spacy_folder).vocab, snowballstemmer.stemmer("english")
    groups = collections.defaultdict(list)
    for form, count in forms.items():
        form = re.sub(r"'s$", "", form.replace("’", "'"))
        if count >= 2 and lexicon[form].has_vector:
            groups[stemmer.stemWord(form)].append((count, form, lexicon[form].vector))
    known = []
    for stem, uses in groups.items():
        total = sum(count for count, _, _ in uses)
        known.append((total, stem, max(uses, key=lambda use: use[:2])[1], sum(count * v for count, _, v in uses) / total))
    known.sort(key=lambda word: (-word[0], word[1]))
    known = known[:STEMS]
    by_use = np.stack([vector for _, _, _, vector in known]).astype("f4")
    by_use /= np.maximum(1e-6, np.linalg.norm(by_use, axis=1, keepdims=True))
    by_sense = encoder.points([form for _, _, form, _ in known]).numpy()
    return [stem for _, stem, _, _ in known], np.array([count for count, _, _, _ in known], "f8"), by_sense, by_use


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
        """Points of many texts, shortest first so that little is filled up."""
        self.network.eval()
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        made = torch.zeros(len(texts), self.network.config.hidden_size)
        with torch.no_grad():
            for at in range(0, len(order), 64):
                made[order[at : at + 64]] = self([texts[one] for one in order[at : at + 64]])
        return made

    def learn(self, stories, lot):
        steps = TEACHER_EPOCHS * len(stories)
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=TEACHER_RATE, weight_decay=0.01)
        self.network.train()
        for step, (texts, labels) in enumerate(epochs(stories, TEACHER_EPOCHS, lot)):
            chosen = some([at for at, label in enumerate(labels) if label is not None], lot)
            points = self([texts[at] for at in chosen])
            loss = contrast(points @ points.T, [labels[at] for at in chosen], TEACHER_HEAT)
            descend(optimiser, loss, TEACHER_RATE * min(1, (step + 1) / 15) * (1 - 0.95 * step / steps))


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


def descend(optimiser, loss, rate):
    for group in optimiser.param_groups:
        group["lr"] = rate
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], 1.0)
    optimiser.step()


def learn(network, stories, plain, lot):
    """`stories`: rows of words, points of the teacher, labels; `plain`: rows of words and points."""
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.0)
    steps, step = EPOCHS * (len(stories) + BATCHES), 0
    distance = lambda mine, theirs: ((mine @ mine.T - theirs @ theirs.T) ** 2).mean() * 30
    for _ in range(EPOCHS):
        jobs = stories + [None] * BATCHES
        lot.shuffle(jobs)
        for job in jobs:
            if job is None:
                chosen = lot.sample(range(len(plain[0])), BATCH)
                loss = distance(network([plain[0][at] for at in chosen]), plain[1][chosen])
            else:
                rows, theirs, labels = job
                chosen = some(list(range(len(rows))), lot)
                mine = network([rows[at] for at in chosen])
                loss = distance(mine, theirs[chosen]) + 0.3 * contrast(mine @ mine.T, [labels[at] for at in chosen], HEAT)
            step += 1
            descend(optimiser, loss, RATE * min(1, step / 100) * (1 - 0.98 * step / steps))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("texts", "minilm", "spacy", "out"):
        parser.add_argument(name)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    lot = random.Random(SEED)
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statements")
    texts = [open(path, encoding="utf-8", errors="ignore").read() for path in sorted(glob.glob(os.path.join(arguments.texts, "**", "*.txt"), recursive=True))]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        stories = propositions(one, statement_data.write_wordings, statement_data.wordings(here))
        stories += propositions(other, statement_data.write_story, statement_data.seen(statement_data.stories(here)))
    teacher = Teacher(arguments.minilm)
    told = [text for story, _ in stories for text in story]
    stems, counts, by_sense, by_use = vocabulary(texts + told, arguments.spacy, teacher)
    teacher.learn(list(stories), lot)
    plain = clauses(texts)
    words = Words(stems)
    network = Network(counts, by_sense, by_use)
    taught = [([words.rows(text) for text in story], teacher.points(story), labels) for story, labels in stories]
    learn(network, taught, ([words.rows(text) for text in plain], teacher.points(plain)), lot)
    with open(arguments.out, "wb") as out:
        out.write(pack(network, words))


if __name__ == "__main__":
    main()
