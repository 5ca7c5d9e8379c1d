#!/usr/bin/env python3
"""Synthetic news reports as JSON Lines, for measuring how a record grows. All sentences are the project's own fiction.

  make_reports.py COUNT [--kind news|copies|footer|story] [--seed N] [--from N] [--short] > reports.jsonl

news     stories of a few to some hundred reports (most are short), each with its people, bodies, place and numbers; a third of
         the later reports repeat an earlier one of their story: whole, cut, or one paragraph
copies   one report, COUNT times, every third with small edits
footer   news without copies, all with one paragraph of boilerplate
story    COUNT reports of one story

The same arguments give the same bytes; a pile of 2,000 begins with the pile of 1,000 of the same seed. --from skips reports,
so that more can be added to a record. --short makes news in brief: two paragraphs, some 60 words.
"""
import argparse, datetime, json, random, sys

ONSETS = "b br c cal d dor el f fen g gr h har k kel l lin m mar n nor o p per qu r ros s sel st t tar th v val w wen y".split()
MIDDLES = "a e i o u an en in on ar er or al el il ea ou ia".split()
ENDS = "by den ford ham ley mere mouth ness port rick sand stead stow thorpe ton vik wick worth".split()
FIRST = """Ada Agnes Alba Amir Anders Anna Arlo Astrid Aurel Bela Boris Bruno Carla Cato Celia Clara Dario Della Edda Eero Elias Elsa
Emil Enzo Esme Fadi Felix Flora Frida Gina Greta Hana Hugo Ida Ilse Ines Iris Ivo Jana Jonas Jora Juna Kai Karim Kira Lars Lea
Leon Lina Livia Lotte Luca Mads Mara Marek Mila Mina Nadia Nico Nils Nora Odin Ola Olga Oskar Otto Paula Petra Piet Rana Rasmus
Rhea Rosa Runa Samir Selma Signe Silas Sofia Stella Sven Tamar Tessa Theo Tilda Tova Ulla Uma Vera Victor Vida Walt Yara Zeno
Zora""".split()
TITLES = ["mayor", "harbour master", "chief engineer", "finance minister", "police inspector", "head teacher", "union leader",
          "judge", "coach", "surgeon", "council member", "company director", "professor of geology", "prosecutor", "farmer"]
BODIES = ["Harbour Board", "City Council", "Water Company", "Teachers Union", "Railway Authority", "Farmers League", "Court of Appeal",
          "Energy Agency", "Football Club", "General Hospital", "Museum Trust", "Building Society", "Fishing Fleet", "Police Service"]
SUBJECTS = """bridge ferry dam orchard orchestra vineyard tunnel lighthouse quarry airport hospital library stadium reservoir refinery
tramway cathedral sawmill brewery glacier observatory aqueduct shipyard greenhouse archive aquarium bakery cinema foundry windmill
racecourse nursery monastery prison barracks cemetery market theatre university laboratory motorway canal pier mine mill
zoo kindergarten courthouse crematorium dairy distillery embassy factory gallery heliport kiln landfill mosque oasis""".split()
EVENTS = """fire strike flood auction election collapse robbery merger outbreak drought inquiry trial eviction scandal leak explosion
demolition opening closure accident theft protest boycott bankruptcy landslide epidemic ceasefire verdict wedding concert""".split()
DETAILS = """bearings ledgers valves permits rafters pumps turbines archives ballots cables crates culverts drawings engines filters
girders hinges invoices keys lanterns maps moorings nets organs paintings pipes poles rails ropes sails samples scaffolds seals
shutters signals sluices tickets tiles timbers tools vaults wagons wells windows wires""".split()
ADJECTIVES = """old new broken empty narrow rusty northern southern quiet crowded wooden hidden public private early late heavy light
green yellow grey frozen flooded borrowed stolen missing unpaid forgotten famous local foreign cheap costly temporary final second
third annual secret spare loose damp dry deep shallow steep silent noisy careful hasty honest bitter brave clumsy curious eager faint
fragile gentle grim idle keen lame lofty mild modest narrow odd pale plain proud rapid rough sharp shy slim solid stern stiff swift
tame tidy vague weary wild""".split()
VERBS = """closed opened moved repaired sold bought counted inspected painted flooded burned emptied guarded photographed measured weighed
blocked shared borrowed returned lost found hid praised blamed cancelled delayed replaced rebuilt removed ordered refused accepted
studied copied labelled locked unlocked crossed followed carried dragged lifted dropped covered uncovered warned visited surrounded
supplied tested trusted washed welcomed widened wrapped""".split()
PREPOSITIONS = "behind near under above beside beyond inside outside after before without against towards across along".split()
NOUNS = """beekeeper plumber widow lawyer tenant sailor clerk tailor nurse driver farmer painter teacher guard baker gardener visitor pupil
neighbour owner caretaker mechanic singer surveyor barber butcher pilot shepherd carpenter auditor cousin stranger twin veteran
trainee organist diver florist jeweller miller porter potter ranger smith weaver archivist botanist chemist dentist""".split()
# What is said around a clause. Short, and of many kinds: in real news too, eight words in a row are rarely those of another.
LEADS = [
    "The {event} at the {subject} of {place} {verb} on {day}, {title} {person} said.",
    "{person}, the {title} of {place}, said on {day} that {fact}.",
    "{place} learned on {day} that {fact}, and the {event} {verb}.",
    "On {day} the {body} closed the {subject} of {place} after {number} hours.",
    "{number} people saw the {event} at the {subject} in {place}.",
]
SAID = [
    "“{Fact},” {surname} said.", "“{Own},” {person} told the {outlet}.", "{surname} denied that {fact}.", "{surname} said that {own}.",
    "{person} said {fact}.", "“{Own},” said {person2}, a spokesman for the {body2}.", "According to the {outlet}, {fact}.",
    "The {body2} declined to say whether {own}.", "{person2} promised that {own} by {month}.", "{person2} asked {surname} whether {fact}.",
    "Officials of the {body} said {fact}.", "“{Fact},” {person2} said, “and {own}.”", "An {noun} close to the {body} said {own}.",
    "Two people who know the {body2} said {fact}.", "{surname} warned in {month} that {own}.", "The {body} said in a statement that {fact}.",
]
PLAIN = ["{Own}.", "{Own}, and {own2}.", "In {year} {own}.", "{Fact}.", "When {own}, {own2}.", "In {month} {own}.", "{Own} until {day}."]
FOOTER = ("This newspaper is printed on paper from well kept forests by a company of readers who own one share each, and it is carried "
          "to the villages before seven in the morning by a fleet of bicycles. Letters to the editor are read by the editor.")
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

def name(draw): return (draw.choice(ONSETS) + draw.choice(MIDDLES) + draw.choice(ENDS)).capitalize()

class Story:
    """What the reports of one story have in common."""
    def __init__(self, seed, number, size, outlets, more=(4, 8)):
        draw = random.Random(f"{seed} story {number}")
        self.size, self.texts, self.outlets, self.more = size, [], outlets, more
        people = [(draw.choice(FIRST), name(draw)) for _ in range(3)]
        self.slots = [dict(place=(place := name(draw)), place2=name(draw), person=" ".join(who), surname=who[1],
                           person2=" ".join(people[(n + 1) % 3]), title=TITLES[(number + n) % len(TITLES)], body=f"{place} {draw.choice(BODIES)}",
                           body2=f"{name(draw)} {draw.choice(BODIES)}") for n, who in enumerate(people)]
        place, bodies = self.slots[0]["place"], [slot["body"] for slot in self.slots]
        for slot in self.slots: slot.update(place=place, body=bodies[0])
        self.subject, self.event = draw.choice(SUBJECTS), draw.choice(EVENTS)
        self.details = draw.sample(DETAILS, 5)
        self.facts = [self.clause(draw, self.details) for _ in range(14)]
        self.start = datetime.datetime(2024, 1, 1) + datetime.timedelta(minutes=draw.randrange(3 * 365 * 24 * 60))

    def clause(self, draw, things=DETAILS):
        """One thing that happened: eight to twelve words, hardly two of them certain."""
        who = draw.choice(["the {adjective} {noun}", "{number} {noun}s", "the {noun} of the {subject}", "a {noun} from {place2}"])
        what = draw.choice(["{verb} the {adjective2} {thing}", "{verb} {number2} {thing}", "had {verb} the {thing} of the {subject2}"])
        where = draw.choice(["{preposition} the {adjective3} {subject3}", "{preposition} the {subject3}", "{preposition} {place2}"])
        adjective, adjective2, adjective3 = draw.sample(ADJECTIVES, 3)
        return f"{who} {what} {where}".format(
            adjective=adjective, adjective2=adjective2, adjective3=adjective3, noun=draw.choice(NOUNS), verb=draw.choice(VERBS),
            thing=draw.choice(things), subject=self.subject, subject2=draw.choice(SUBJECTS), subject3=draw.choice(SUBJECTS),
            preposition=draw.choice(PREPOSITIONS), place2=self.slots[0]["place2"], number=draw.randrange(3, 90), number2=draw.randrange(3, 900))

    def fact(self, draw):
        """What several reports of the story say, with a number or a word that may differ."""
        words = draw.choice(self.facts).split()
        if draw.random() < 0.3: words = [str(draw.randrange(3, 90)) if word.isdigit() else word for word in words]
        if draw.random() < 0.4: words = [word for word in words if word not in ADJECTIVES or draw.random() < 0.5]
        return " ".join(words)

    def sentence(self, draw, template):
        fact, own, own2 = self.fact(draw), self.clause(draw), self.clause(draw)
        first = lambda words: words[0].upper() + words[1:]
        return template.format(**draw.choice(self.slots), subject=self.subject, event=self.event, fact=fact, Fact=first(fact), own=own,
                               Own=first(own), own2=own2, noun=draw.choice(["officer", "aide", "engineer", "assistant"]), number=draw.randrange(3, 90), month=draw.choice(MONTHS),
                               year=draw.randrange(1790, 2015), day=draw.choice(DAYS), outlet=draw.choice(self.outlets),
                               verb=draw.choice(["ended", "began", "was put off", "grew worse"]))

    def paragraphs(self, draw):
        lead = [self.sentence(draw, draw.choice(LEADS)) + " " + self.sentence(draw, draw.choice(PLAIN))]
        return lead + [" ".join(self.sentence(draw, draw.choice(pool)) for pool in draw.choice([(SAID, PLAIN), (SAID, SAID), (PLAIN, SAID, PLAIN)]))
                       for _ in range(draw.randrange(*self.more))]

    def report(self, seed, number, place, copying):
        draw = random.Random(f"{seed} report {number} {place}")
        own, earlier = self.paragraphs(draw), draw.choice(self.texts) if self.texts and copying and draw.random() < 1 / 3 else None
        if earlier:
            how = draw.randrange(3)
            own = earlier if how == 0 else earlier[: max(2, len(earlier) // 2)] if how == 1 else own + [draw.choice(earlier)]
        if len(self.texts) < 12: self.texts.append(own)
        when = self.start + datetime.timedelta(minutes=int(place * 180 + draw.randrange(120)))
        title = f"{self.event} at {self.slots[0]['place']} {self.subject}: {draw.choice(self.details)} {draw.choice(['missing', 'in doubt', 'found', 'checked'])}"
        return {"title": title.capitalize(), "outlet": draw.choice(self.outlets), "published": when.strftime("%Y-%m-%dT%H:%M:00Z"), "paragraphs": own}

def sizes(draw):
    """Reports of a story: half of the stories have one, a few have some hundred."""
    while True: yield min(400, int(1 / (1 - draw.random()) ** 0.9))

def news(seed, copying, more):
    """Reports of all stories; some stories run at a time, as in a paper."""
    draw, outlets = random.Random(f"{seed} plan"), [f"{name(random.Random(f'outlet {n}'))} {kind}" for n, kind in enumerate(["Echo", "Herald", "Post", "Courier", "Gazette"] * 10)]
    running, number, drawn = [], 0, sizes(draw)
    while True:
        while len(running) < 24:
            running.append((number, Story(seed, number, next(drawn), outlets, more), [0])); number += 1
        at = draw.randrange(len(running)); n, story, told = running[at]
        yield story.report(seed, n, told[0], copying)
        told[0] += 1
        if told[0] >= story.size: running.pop(at)

def reports(kind, seed, more):
    if kind in ("news", "footer"):
        for report in news(seed, kind == "news", more):
            if kind == "footer": report["paragraphs"] = report["paragraphs"] + [FOOTER]
            yield report
    outlets = [f"Paper {n}" for n in range(200)]
    story = Story(seed, 0, 1, outlets, more)
    first = story.report(seed, 0, 0, False)
    number = 0
    while True:
        report = story.report(seed, 0, number if kind == "story" else number % 5000, False)
        if kind == "copies":
            report["paragraphs"] = first["paragraphs"] if number % 3 else [p.replace(" the ", " this ", 1) for p in first["paragraphs"]]
        yield report; number += 1

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("count", type=int); ap.add_argument("--kind", choices=["news", "copies", "footer", "story"], default="news")
    ap.add_argument("--seed", type=int, default=1); ap.add_argument("--from", type=int, default=0, dest="start")
    ap.add_argument("--short", action="store_true"); a = ap.parse_args()
    for number, report in enumerate(reports(a.kind, a.seed, (1, 2) if a.short else (4, 8))):
        if number >= a.count: break
        if number >= a.start:
            text = "\n\n".join(report.pop("paragraphs"))
            print(json.dumps({"id": f"r{number:07}", **report, "text": text}, ensure_ascii=False))

if __name__ == "__main__":
    try: main()
    except BrokenPipeError: sys.stderr.close()
