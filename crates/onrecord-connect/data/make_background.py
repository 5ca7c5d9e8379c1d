#!/usr/bin/env python3
"""Make background.txt, how common English words are, from the lexeme probabilities of spacy-lookups-data (MIT).

  make_background.py en_lexeme_prob.json.gz > background.txt

One line a level, 0 (so common that it says nothing) to 14: the level, then the words. Words that are not listed are rarer
than all of these (level 15). Forms that differ by case, possessive or plural s are one word, as in src/terms.rs.
"""
import collections, gzip, json, math, re, sys

# Coarse words of web text say nothing in news; left out, they count as rare.
COARSE = re.compile(
    r"fuck|shit|cunt|porn|masturb|blowjob|dildo|^penis|fag|nigg|bitch|asshole|^ass$|wank|slut|whor|^tit(?!l|an|h)|pussy|^cock(?!pit|tail)|^dick(?!ens)|^cum$|butthole"
    r"|asshat|^fap|jackass|dumbass|badass|jizz|boner|^anal$|handjob|orgasm|horny|retard|twat|^arse|bastard|tampon|genital|^turd|goddamn"
    r"|motherf|douche|^piss|boob|^anus$|incest|kinky|^rapist|^semen|^sperm$|vagina|testic|scrotum|erection|circumcis|kike|dyke|tranny"
    r"|^spic$|chink$"
)
COMMON, RARE, LEVELS = 6.5, 15.0, 15


def folded(word):
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def main(path):
    probability = collections.defaultdict(float)
    for word, log in json.load(gzip.open(path)).items():
        word = folded(word.lower())
        if re.fullmatch(r"[a-zà-ÿ]{2,}", word) and not COARSE.search(word):
            probability[word] += math.exp(log)
    levels = collections.defaultdict(list)
    for word, p in probability.items():
        level = max(0, round((min(RARE, -math.log(p)) - COMMON) / (RARE - COMMON) * LEVELS))
        if level < LEVELS:
            levels[level].append(word)
    for level in sorted(levels):
        print(level, *sorted(levels[level]))


if __name__ == "__main__":
    main(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
