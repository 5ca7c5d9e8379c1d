"""Converts the rule half of en_core_web_md (tokenizer, attribute ruler, lemmatizer) to sections of the flat model
file. `sections(nlp)` gives {name: bytes}; the bytes depend on the model alone.

All numbers are little-endian. A string is its length in bytes (u16) and its UTF-8. The readers are in
crates/onrecord-language/src: tokenizer/{characters,affixes,special}.rs, ruler.rs, lemmatizer.rs.
"""

import hashlib
import re
import struct

from spacy.lang import char_classes
from spacy.strings import get_string_id, hash_string
from spacy.tokenizer import Tokenizer

# SHA-256 of the expressions that src/tokenizer matches by hand. Another model with other expressions must not convert.
EXPRESSIONS = "3b070276bf3e6482b0d0ccbff90352272746e94226d145bd983372cbe52b197f"

# Bits of the character table, in the order of `class` in characters.rs.
CLASSES = [
    "space",         # str.isspace
    "prefix",        # a prefix of one character
    "suffix",        # a suffix of one character, whatever stands before it
    "infix",         # an infix of one character, whatever stands around it
    "alpha_lower",   # ALPHA_LOWER of the expressions
    "alpha_upper",
    "alpha",
    "quote",         # CONCAT_QUOTES of the expressions
    "before_stop",   # a full stop after it is a suffix
    "word",          # \w
    "decimal",       # \d
]

LEMMA_PARTS = ["adj", "adv", "noun", "verb", "punct"]  # the order of the bits and tables in lemmatizer.rs


def text(string):
    data = string.encode("utf8")
    return struct.pack("<H", len(data)) + data


def texts(strings):
    return struct.pack("<H", len(strings)) + b"".join(text(s) for s in strings)


def longs(numbers):
    return struct.pack(f"<I{len(numbers)}Q", len(numbers), *numbers)


def check_expressions(tokenizer):
    sources = [
        tokenizer.prefix_search.__self__.pattern,
        tokenizer.suffix_search.__self__.pattern,
        tokenizer.infix_finditer.__self__.pattern,
        tokenizer.url_match.__self__.pattern,
    ]
    found = hashlib.sha256("\n".join(sources).encode("utf8")).hexdigest()
    if found != EXPRESSIONS:
        raise SystemExit(f"the tokenizer's expressions have changed ({found}): src/tokenizer must follow them first")
    if tokenizer.token_match is not None or not tokenizer.faster_heuristics:
        raise SystemExit("token_match and slow heuristics are not supported")


def lookbehind_of_stop(tokenizer):
    """The class of characters after which a full stop is a suffix: the longest class of the suffix expression."""
    source = tokenizer.suffix_search.__self__.pattern
    start = source.index("(?<=[0-9a-z")
    end = source.index(r")])\.$", start)
    return re.compile(source[start + len("(?<="):end + 2])


def characters(tokenizer):
    """Two-level table: for each code point the set of its classes, in blocks of 256."""
    lower = re.compile(f"[{char_classes.ALPHA_LOWER}]").match
    upper = re.compile(f"[{char_classes.ALPHA_UPPER}]").match
    alpha = re.compile(f"[{char_classes.ALPHA}]").match
    quote = re.compile(f"[{char_classes.CONCAT_QUOTES}]").match
    before_stop = lookbehind_of_stop(tokenizer).match
    word = re.compile(r"\w").match
    decimal = re.compile(r"\d").match

    def classes(c):
        return [
            c.isspace(),
            c not in ".+" and tokenizer.find_prefix(c) == 1,
            c not in ".+" and tokenizer.find_suffix(c) == 1,
            len(tokenizer.find_infix(c)) == 1,
            lower(c), upper(c), alpha(c), quote(c), before_stop(c), word(c), decimal(c),
        ]

    blocks, index = {}, []
    for start in range(0, 0x110000, 256):
        block = []
        for point in range(start, start + 256):
            if 0xD800 <= point < 0xE000:  # surrogates never occur in text
                block.append(0)
                continue
            block.append(sum(1 << bit for bit, holds in enumerate(classes(chr(point))) if holds))
        index.append(blocks.setdefault(struct.pack("<256H", *block), len(blocks)))
    return struct.pack(f"<HH{len(index)}H", len(index), len(blocks), *index) + b"".join(blocks)


def units(tokenizer):
    """The suffixes that are cut off after an ASCII digit: currencies and units."""
    source = tokenizer.suffix_search.__self__.pattern
    found = re.findall(r"\(\?<=\[0-9\]\)\(\?:([^)]*)\)\$", source)
    assert len(found) == 2, found
    strings = {u.replace("\\", "") for group in found for u in group.split("|")}
    return texts(sorted(strings))


def specials(nlp):
    """Each special case: its text; its tokens (length in bytes, norm or ""); and, where it can also be put together
    again after affixes were cut off, the lengths of the tokens that it is put together from."""
    tokenizer = nlp.tokenizer
    plain = Tokenizer(
        nlp.vocab, rules={}, prefix_search=tokenizer.prefix_search, suffix_search=tokenizer.suffix_search,
        infix_finditer=tokenizer.infix_finditer, token_match=tokenizer.token_match, url_match=tokenizer.url_match,
    )
    out = [struct.pack("<I", len(tokenizer.rules))]
    for string, pieces in sorted(tokenizer.rules.items()):
        out.append(text(string))
        out.append(struct.pack("<B", len(pieces)))
        for piece in pieces:
            piece = {str(k): v for k, v in piece.items()}
            orth = piece.get("65", piece.get("ORTH"))
            norm = piece.get("67", piece.get("NORM"))
            extra = set(piece) - {"65", "67", "ORTH", "NORM"}
            assert orth and not extra, piece
            out.append(struct.pack("<B", len(orth.encode("utf8"))) + text(norm or ""))
        again = (tokenizer.find_prefix(string) or tokenizer.find_infix(string)
                 or tokenizer.find_suffix(string) or " " in string)
        parts = [len(t.text.encode("utf8")) for t in plain(string)] if again else []
        out.append(struct.pack(f"<B{len(parts)}B", len(parts), *parts))
    return b"".join(out)


def base_bits(morph):
    """What `is_base_form` asks of a morphology: 1 singular, 2 infinitive, 4 finite present without number, 8 positive."""
    features = dict(f.split("=") for f in morph.split("|")) if morph not in ("", "_") else {}
    form, number = features.get("VerbForm"), features.get("Number")
    return (
        (number == "Sing")
        | (form in ("Inf", "None")) << 1
        | (form == "Fin" and features.get("Tense") == "Pres" and number is None) << 2
        | (features.get("Degree") == "Pos") << 3
    )


def word_set(condition, known_words):
    """(any 0, one of 1, none of 2; the strings) of a pattern's condition on one attribute."""
    if condition is None:
        return 0, []
    if isinstance(condition, str):
        return 1, [condition]
    (kind, value), = condition.items()
    if kind == "REGEX":
        found = sorted(w for w in known_words if re.search(value, w))
        expected = {"^n'?t$": 2, "^n[ou]thin'$": 2, "^y'?$": 2}
        assert len(found) == expected[value], (value, found)  # expressions here match a handful of words; all are known
        return 1, found
    return {"IN": 1, "NOT_IN": 2}[kind], value


def ruler(nlp):
    """The patterns in order of precedence, later ones over earlier ones."""
    known_words = ["nt", "n't", "nothin'", "nuthin'", "y", "y'"]
    rules = [(p, rule) for rule in nlp.get_pipe("attribute_ruler").patterns for p in rule["patterns"]]
    out = [struct.pack("<H", len(rules))]
    for pattern, rule in rules:
        attrs = rule["attrs"]
        assert set(attrs) <= {"POS", "MORPH", "LEMMA", "TAG", "DEP"}, rule
        index = rule["index"] % len(pattern)
        out.append(struct.pack("<BB", len(pattern), index))
        for token in pattern:
            assert set(token) <= {"TAG", "LOWER", "DEP", "IS_SPACE"}, rule
            for name in ("TAG", "LOWER", "DEP"):
                kind, values = word_set(token.get(name), known_words)
                out.append(struct.pack("<B", kind) + texts(values))
            space = token.get("IS_SPACE")
            out.append(struct.pack("<B", {None: 0, True: 1, False: 2}[space]))
        out.append(text(attrs.get("POS", "")) + text(attrs.get("TAG", "")) + text(attrs.get("DEP", "")))
        out.append(text(attrs.get("LEMMA", "")))
        out.append(struct.pack("<B", base_bits(attrs["MORPH"]) if "MORPH" in attrs else 255))
    return b"".join(out)


def lemmas(nlp):
    """Suffix rules, exceptions and the index of known base forms, by part of speech."""
    lookups = nlp.get_pipe("lemmatizer").lookups
    rules, exceptions, index = (lookups.get_table(f"lemma_{t}") for t in ("rules", "exc", "index"))
    for table in (rules, exceptions, index):
        assert set(table) <= {get_string_id(part) for part in LEMMA_PARTS}
    out, masks = [], {}
    for bit, part in enumerate(LEMMA_PARTS):
        out.append(struct.pack("<H", len(rules.get(part, []))))
        for old, new in rules.get(part, []):
            out.append(text(old) + text(new))
        entries = sorted((hash_string(word), forms) for word, forms in exceptions.get(part, {}).items())
        out.append(longs([key for key, _ in entries]))
        assert all("\n" not in form for _, forms in entries for form in forms)
        for _, forms in entries:
            out.append(text("\n".join(forms)))
        for word in index.get(part, []):
            key = hash_string(word)
            masks[key] = masks.get(key, 0) | 1 << bit
    out.append(longs(sorted(masks)))
    out.append(bytes(mask for _, mask in sorted(masks.items())))
    return b"".join(out)


def sections(nlp):
    """The sections of the rule half, by name."""
    check_expressions(nlp.tokenizer)
    return {
        "tokenizer.characters": characters(nlp.tokenizer),
        "tokenizer.units": units(nlp.tokenizer),
        "tokenizer.specials": specials(nlp),
        "ruler.rules": ruler(nlp),
        "lemmatizer.tables": lemmas(nlp),
    }


if __name__ == "__main__":
    import pathlib
    import sys

    import spacy

    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in sections(spacy.load(sys.argv[1])).items():
        (folder / f"{name}.bin").write_bytes(data)
        print(name, len(data))
