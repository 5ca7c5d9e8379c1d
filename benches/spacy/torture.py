#!/usr/bin/env python3
"""Writes texts that news never has, to compare tokenizers on: special cases, affixes, units, addresses, white space of all
kinds and characters of all scripts, glued together at random.

usage: torture.py MODEL_DIR OUT_DIR [COUNT [SEED]]

The same seed gives the same texts. Compare them with agreement.py; only tokens mean anything there.
"""

import pathlib
import random
import sys

import spacy

AFFIXES = list("§%=—–+…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪.'\"”“`‘´’‚„»«「」『』（）〔〕【】《》〈〉⟦⟧$£€¥฿₽﷼°©®™²³-/\\@|^~") + [
    "..", "...", "US$", "C$", "A$", "--", "---", "——", "'s", "’s", "'S", "://", "°C.", "°F", "km", "km²", "m/s", "mph", "kmh",
    "G", "т", "тб", "كم", "тбكم", "http", "www.", "\U0001F600", "\U0001F468\u200d\U0001F469", "\u200b", "\u200f", "\ufeff",
    "\x00", "\x07", "\x1b", "\u0301",
]
WORDS = """the cat sat Bob AB A B c U.S U.S. e.g i.e don't Can't na\u00efve \u00c9a \u00e9A Жизнь мир ΣΑΣ σας İstanbul ß ǅ 中文 日本 한국어
    שלום مرحبا ไทย 3 10 1,000 5.5 99 ٣ १२ case prep NUM det""".split()
SPACES = [" "] * 30 + ["  ", "\n", "\n\n", "\t", " \n", "\u00a0", "\u3000", "\u2028", "\x1c", "\x85", "\r\n", "\x0b", "   "]
ADDRESSES = """http://a.b.com/x?y=1 www.foo.co.uk foo@bar.com user:pw@host.org:8080/x 10.0.0.1 172.16.1.1 172.15.1.1 8.8.8.8
    192.168.1.1:80 1.2.3.4/x a-b.c_d.com example.com#x ftp://x.y mailto:x@y.zz x.y.Z a..b.com ٣.8.8.8. é.com www.a.com,
    (www.a.com) x://y.com ab://y.com a@b@c.com @c.com foo.bar:1 foo.bar:12345/ foo.bar:123456 223.255.255.254 224.1.1.1
    1.256.1.1 255.1.1.255""".split()
PLANES = [(0x20, 0x250), (0x250, 0x3000), (0x3000, 0xD800), (0xE000, 0x10000), (0x10000, 0x1FB00), (0x20000, 0x30000)]


def piece(pick, specials):
    kind = pick.random()
    if kind < 0.30:
        return pick.choice(WORDS)
    if kind < 0.50:
        return pick.choice(specials)
    if kind < 0.80:
        return pick.choice(AFFIXES)
    if kind < 0.86:
        return pick.choice(ADDRESSES)
    if kind < 0.92:
        return pick.choice("abcXYZ012.,-:/'") * pick.choice([1, 1, 2, 3])
    if kind < 0.96:
        return chr(pick.randrange(*pick.choice(PLANES)))
    return str(pick.randrange(3000))


def main(model, out, count=100, seed=1):
    specials = sorted(spacy.load(model).tokenizer.rules)
    pick = random.Random(int(seed))
    folder = pathlib.Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(int(count)):
        chunks = (
            "".join(piece(pick, specials) for _ in range(pick.choice([1, 1, 2, 2, 3, 4, 5, 8]))) + pick.choice(SPACES)
            for _ in range(500)
        )
        (folder / f"torture-{number:04}.txt").write_bytes("".join(chunks).encode("utf8"))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
