//! What spaCy 3.8 answers for sentences of our own, and what must hold of every text.

use super::*;
use crate::model::Model;
use crate::pipeline::ENGLISH;
use insta::assert_snapshot;
use proptest::prelude::*;
use std::sync::LazyLock;

static BENCH: LazyLock<Bench> = LazyLock::new(Bench::new);

struct Bench {
    lexicon: Lexicon,
    tokenizer: Tokenizer,
}

impl Bench {
    fn new() -> Bench {
        let model = Model::carried(ENGLISH).expect("the carried model opens");
        let lexicon = Lexicon::new(&model).expect("its word forms can be read");
        let tokenizer = Tokenizer::new(&model, &lexicon).expect("its rules can be read");
        Bench { lexicon, tokenizer }
    }

    fn tokens(&self, forms: &mut Forms, cache: &mut ChunkCache, text: &str) -> Vec<RawToken> {
        let mut tokens = Vec::new();
        self.tokenizer.tokenize(&self.lexicon, forms, cache, text, 0, &mut tokens);
        tokens
    }

    fn fresh(&self, text: &str) -> Vec<RawToken> {
        self.tokens(&mut Forms::default(), &mut ChunkCache::default(), text)
    }
}

/// The tokens with bars between them; a tilde where a space belongs to the token before it.
fn barred(text: &str) -> String {
    let tokens = BENCH.fresh(text);
    let shown = |t: &RawToken| format!("{}{}", &text[t.span], if t.space_after { "~" } else { "" });
    tokens.iter().map(shown).collect::<Vec<_>>().join("|")
}

#[test]
fn quotes_contractions_and_abbreviations_come_apart() {
    assert_snapshot!(
        barred("“We don't know,” Mayor O'Neil-Brandt told the Harbour Gazette on Sept. 3 (her first remarks)."),
        @"“|We~|do|n't~|know|,|”~|Mayor~|O'Neil|-|Brandt~|told~|the~|Harbour~|Gazette~|on~|Sept.~|3~|(|her~|first~|remarks|)|."
    );
    assert_snapshot!(
        barred("He'll've gone... or so they said -- at 10a.m., U.S.-based staff earned US$5m, 20km/h too."),
        @"He|'ll|'ve~|gone|...~|or~|so~|they~|said~|--~|at~|10|a.m.|,~|U.S.-based~|staff~|earned~|US$|5|m|,~|20|km/h~|too|."
    );
}

#[test]
fn addresses_stay_whole() {
    assert_snapshot!(
        barred("Write to press@harbour-gazette.example, see https://www.harbour.example/a_b?c=d#e, or 8.8.8.8:80/x."),
        @"Write~|to~|press@harbour-gazette.example|,~|see~|https://www.harbour.example/a_b?c=d#e|,~|or~|8.8.8.8:80/x|."
    );
}

#[test]
fn white_space_beyond_one_space_is_a_token() {
    let text = "A  double space,\ta tab\n\nand\u{a0}more.";
    assert_snapshot!(barred(text).escape_debug(), @r"A~| |double~|space|,|\t|a~|tab|\n\n|and|\u{a0}|more|.");
}

#[test]
fn faces_are_put_together_again() {
    assert_snapshot!(barred(":-) :( ): x:(( y :D"), @":-)~|:(~|):~|x|:((~|y~|:D");
}

#[test]
fn infixes_cut_between_letters_and_between_digits() {
    assert_snapshot!(
        barred("the_word/and/or/w/o well-known 1990-95 a.b.C e.g.that cats'dogs' rock'n'roll"),
        @"the_word|/|and/or|/|w/o~|well|-|known~|1990|-|95~|a.b|.|C~|e.g.that~|cats'dogs|'~|rock'n'roll"
    );
}

#[test]
fn a_full_stop_after_a_degree_is_cut_off() {
    assert_snapshot!(
        barred("It was 20°C. Then 30°F. In the U.K. today, at no. 5."),
        @"It~|was~|20|°|C|.~|Then~|30|°|F|.~|In~|the~|U.K.~|today|,~|at~|no|.~|5|."
    );
}

#[test]
fn a_special_case_brings_its_normal_form() {
    let bench = &*BENCH;
    let mut forms = Forms::default();
    let tokens = bench.tokens(&mut forms, &mut ChunkCache::default(), "I'm");
    let norms: Vec<u64> = tokens.iter().map(|token| forms.get(token.form).norm).collect();
    assert_eq!(norms, [bench.lexicon.id("i"), bench.lexicon.id("am")]);
}

/// Tokens in order, apart from each other, on character boundaries, covering everything but white space.
fn check(text: &str, tokens: &[RawToken]) {
    let mut at = 0;
    for token in tokens {
        let (start, end) = (token.span.start() as usize, token.span.end() as usize);
        assert!(at <= start && start < end && text.is_char_boundary(start) && text.is_char_boundary(end));
        assert!(matches!(&text[at..start], "" | " "), "only single spaces are left out");
        assert!(!token.space_after || text[end..].starts_with(' '));
        at = end;
    }
    assert!(matches!(&text[at..], "" | " "));
}

/// Text as it might come: words, affixes, addresses, white space and any character at all.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,8}",
        "[0-9.,:/-]{1,6}",
        r#"['’"“”‘().,;:!?…—-]{1,4}"#,
        "[ \t\n\u{a0}\u{3000}]{1,3}",
        "\\PC{1,4}",
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            "don't",
            "Mr.",
            ":-)",
            ":((",
            "U.S.",
            "http://a.example/b",
            "x@y.example",
            "5km",
            "\u{200f}",
            "שלום",
            "مرحبا",
            "👩‍🚀",
            "ΣΑΣ",
            "'s",
            "\0"
        ])
        .prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tokens_cover_all_but_single_spaces(text in any_text()) {
        check(&text, &BENCH.fresh(&text));
    }

    #[test]
    fn what_was_read_before_changes_nothing(texts in proptest::collection::vec(any_text(), 1..4)) {
        let bench = &*BENCH;
        let (mut forms, mut cache) = (Forms::default(), ChunkCache::default());
        for text in &texts {
            let (used, fresh) = (bench.tokens(&mut forms, &mut cache, text), bench.fresh(text));
            let places = |tokens: &[RawToken]| tokens.iter().map(|t| (t.span, t.space_after)).collect::<Vec<_>>();
            prop_assert_eq!(places(&used), places(&fresh));
        }
    }
}

/// Each of these takes hours if anything looks at the rest of a chunk again and again.
#[test]
fn long_lines_take_time_in_proportion() {
    let bench = &*BENCH;
    let million = 1_000_000;
    for text in [
        "a".repeat(10 * million),
        "Said he, ".repeat(million + million / 9),
        "\"".repeat(million),
        "'".repeat(million),
        "“‘".repeat(million / 2),
        ".".repeat(million),
        ". ".repeat(million / 2),
        "a.".repeat(million / 2),
        "a-".repeat(million / 2),
        "a@".repeat(million / 2) + "b.example",
        "@:11".repeat(million / 4),
        ":(".repeat(million / 2),
        "1+".repeat(million / 2),
        "…".repeat(million / 4),
        "🙂".repeat(million / 4),
        "م".repeat(million / 4),
        "\u{7}\u{0}".repeat(million / 4),
        "\u{200f}".repeat(million / 4),
        "\n".repeat(million),
        " ".repeat(million),
    ] {
        check(&text, &bench.fresh(&text));
    }
}
