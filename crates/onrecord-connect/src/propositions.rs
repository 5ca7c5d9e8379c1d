//! Propositions of one reading: what each clause says, as hashed words, numbers, days and polarity.

use crate::clauses::{Clause, clauses};
use crate::facts::{DayFact, Number, Proposition, Voice, hash};
use crate::numbers::measure;
use crate::numerals::{Word, numeral};
use crate::polarity::denied;
use crate::terms::rarity;
use onrecord_model::{
    Addressee, BlockKind, Chain, ChainIx, EntityKind, Form, MentionKind, Parse, Pos, Reading, Rel, Span, Stance, Tag,
    TokenIx, Utterance, UtteranceIx, UtteranceRef,
};
use rust_stemmers::{Algorithm, Stemmer};

/// Verbs that carry no content of their own.
#[rustfmt::skip]
const LIGHT: &[&str] = &[
    "add", "ask", "be", "become", "come", "do", "get", "give", "go", "have", "keep", "know", "let", "make", "may", "put", "report", "say", "see", "seem", "take", "tell",
    "think", "want",
];

/// Words that limit what is said.
#[rustfmt::skip]
const HEDGES: &[&str] = &[
    "about", "allegedly", "almost", "apparently", "appear", "approximately", "around", "consider", "could", "estimate", "expect", "likely", "may", "maybe", "might",
    "nearly", "offer", "perhaps", "plan", "possible", "possibly", "probably", "propose", "reportedly", "roughly", "seem", "some", "suspect", "try", "unconfirmed",
];

/// A content word: hash of its stem, and how rare it is.
type Term = (u64, u8);

/// Makes the propositions of one reading.
pub(crate) struct Maker<'a> {
    reading: &'a Reading,
    parse: &'a Parse,
    text: &'a str,
    stemmer: Stemmer,
    /// Stem hash of each distinct lemma of the parse; 0 for what is no content word.
    stems: Vec<u64>,
    /// How rare each distinct lemma of the parse is.
    rarity: Vec<u8>,
    /// Whether each distinct lemma of the parse limits what is said.
    hedges: Vec<bool>,
    /// The chain of which each token heads a mention that is no name.
    refers: Vec<Option<ChainIx>>,
    /// Whether a token belongs to a description of somebody who has a name: it says who, not what.
    describes: Vec<bool>,
    /// Whether a token belongs to a day or month, which is compared as such: it is no name, and its number counts nothing.
    dates: Vec<bool>,
    /// Names of the chains as stem hashes.
    names: Vec<Vec<Term>>,
}

impl<'a> Maker<'a> {
    pub fn new(reading: &'a Reading) -> Maker<'a> {
        let (parse, text) = (&reading.parse, &*reading.report.text);
        let stemmer = Stemmer::create(Algorithm::English);
        let stems = parse
            .lemmas
            .iter()
            .map(|lemma| {
                let lower = lemma.to_lowercase();
                if LIGHT.binary_search(&lower.as_str()).is_ok() { 0 } else { hash(&stemmer.stem(&lower)) }
            })
            .collect();
        let hedge = |lemma: &str| HEDGES.binary_search(&lemma.to_lowercase().as_str()).is_ok();
        let hedges = parse.lemmas.iter().map(|lemma| hedge(lemma)).collect();
        let mut maker = Maker {
            reading,
            parse,
            text,
            stemmer,
            stems,
            rarity: parse.lemmas.iter().map(|lemma| rarity(lemma)).collect(),
            hedges,
            refers: vec![None; parse.tokens.len()],
            describes: vec![false; parse.tokens.len()],
            dates: vec![false; parse.tokens.len()],
            names: Vec::new(),
        };
        for time in reading.times.iter().filter(|time| time.interval.is_some()) {
            let range = maker.range(time.span);
            maker.dates[range.start as usize..range.end as usize].fill(true);
        }
        maker.names = reading.chains.iter().map(|chain| maker.name_terms(chain)).collect();
        for (ix, chain) in reading.chains.iter().enumerate() {
            for mention in chain.mentions.iter().filter(|m| m.kind != MentionKind::Name) {
                if let Some(head) = maker.head(mention.span) {
                    maker.refers[head as usize] = Some(ix as ChainIx);
                }
                let range = maker.range(mention.span);
                if range.len() <= 4 && !maker.names[ix].is_empty() {
                    maker.describes[range.start as usize..range.end as usize].fill(true);
                }
            }
        }
        maker
    }

    fn range(&self, span: Span) -> std::ops::Range<TokenIx> {
        let tokens = &self.parse.tokens;
        let first = tokens.partition_point(|t| t.span.end() <= span.start());
        let last = tokens.partition_point(|t| t.span.start() < span.end());
        first as TokenIx..last.max(first) as TokenIx
    }

    fn head(&self, span: Span) -> Option<TokenIx> {
        let range = self.range(span);
        let top = |&ix: &TokenIx| {
            let head = self.parse.tokens[ix as usize].head;
            head == ix || !range.contains(&head)
        };
        range.clone().find(top)
    }

    /// Distinguishing words of a chain's name: a person's surname, else all words with a capital.
    fn name_terms(&self, chain: &Chain) -> Vec<Term> {
        if !chain.mentions.iter().any(|m| m.kind == MentionKind::Name) {
            return Vec::new();
        }
        let mut words = chain.name.split_whitespace().filter(|w| w.starts_with(char::is_uppercase));
        let stem = |w: &str| {
            let bare = w.trim_end_matches("’s").trim_end_matches("'s").to_lowercase();
            (hash(&self.stemmer.stem(&bare)), rarity(&bare))
        };
        match chain.kind {
            EntityKind::Person => words.next_back().map(stem).into_iter().collect(),
            _ => words.map(stem).collect(),
        }
    }

    /// What is said, by somebody or in the report's own voice, in text order.
    pub fn propositions(&self) -> Vec<Proposition> {
        let mut made: Vec<Proposition> = Vec::new();
        for (ix, utterance) in self.reading.utterances.iter().enumerate() {
            made.extend(self.said(ix as UtteranceIx, utterance));
        }
        made.extend(self.own_voice());
        made.sort_by_key(|p| (p.spans.first().copied(), p.at));
        made
    }

    /// One proposition for each clause; the first that says anything stands for the utterance itself.
    fn said(&self, ix: UtteranceIx, utterance: &Utterance) -> Vec<Proposition> {
        let report = self.reading.report.id;
        let voice = self.voice(utterance);
        let mut made: Vec<Proposition> = Vec::new();
        for tokens in self.by_sentence(&utterance.content) {
            for clause in clauses(self.parse, &tokens) {
                let spans = self.pieces(&clause.tokens, &utterance.content);
                let Some(&first) = spans.first() else { continue };
                let at = if made.is_empty() {
                    UtteranceRef::Said(report, ix)
                } else {
                    UtteranceRef::Part(report, ix, first.cover(spans[spans.len() - 1]))
                };
                let mut one = self.proposition(at, &clause, spans);
                one.quoted = utterance.form == Form::Direct;
                // "denied that any letter had been written": the denial is in the cue. "Said no letter had been written" has its own.
                if utterance.stance == Stance::Denies && one.denied.is_empty() {
                    one.negated = true;
                    one.denied.clone_from(&one.terms);
                }
                if self.tells_why_unnamed(&clause, &one.text) {
                    continue;
                }
                one.voice = Some(voice.clone());
                one.headline = self.is_headline(first);
                if made.is_empty() && (!one.whole || utterance.stance == Stance::Denies && one.denied == one.terms) {
                    self.add_act(utterance, first, &mut one);
                }
                let enough = one.terms.len() >= 2 && self.says(&clause) >= 2 || self.is_short_clause(&one, &clause);
                if !enough {
                    // "The board rejects closing": one word alone is like nothing.
                    one.clear();
                }
                if enough || made.is_empty() && utterance.stance == Stance::Denies {
                    made.push(one);
                }
            }
        }
        made
    }

    /// "Withdrew the charge of murder", "asked him to stay": what is said is the deed and its object together.
    fn add_act(&self, utterance: &Utterance, first: Span, one: &mut Proposition) {
        let Some(cue) = utterance.cue.filter(|_| utterance.form != Form::Direct) else { return };
        if cue.end() > first.start() || self.sentence(cue) != self.sentence(first) {
            return;
        }
        let lead = match utterance.source {
            Some(source) if source.end() <= cue.start() && self.range(source.cover(cue)).len() <= 16 => {
                source.cover(cue)
            }
            _ => cue,
        };
        one.act = self.text[lead].split_whitespace().collect::<Vec<_>>().join(" ");
        let mut terms: Vec<Term> = one.terms.iter().copied().zip(one.rarity.iter().copied()).collect();
        let (before, mut names) = (terms.len(), Vec::new());
        for ix in self.range(cue) {
            self.term(ix, &mut terms, &mut names);
        }
        one.predicate.extend(terms[before..].iter().map(|&(term, _)| term));
        terms.sort_unstable();
        terms.dedup_by_key(|&mut (term, _)| term);
        one.predicate.sort_unstable();
        one.predicate.dedup();
        one.rarity = terms.iter().map(|&(_, rarity)| rarity).collect();
        one.terms = terms.into_iter().map(|(term, _)| term).collect();
    }

    /// "They were tested in June": few words of content, but a clause.
    fn is_short_clause(&self, one: &Proposition, clause: &Clause) -> bool {
        const WORDS: usize = 4;
        let is_word = |&&ix: &&TokenIx| !matches!(self.parse.tokens[ix as usize].pos, Pos::Punct | Pos::Space);
        one.whole && !one.terms.is_empty() && clause.tokens.iter().filter(is_word).count() >= WORDS
    }

    /// "Spoke on condition of anonymity", "asked not to be named", "because they feared for their jobs": why a source has no name is told
    /// with the source, and is no news.
    fn tells_why_unnamed(&self, clause: &Clause, text: &str) -> bool {
        let word = |ix: TokenIx| self.parse.lemma(ix);
        let before = |ix: TokenIx, steps: TokenIx| ix.checked_sub(steps).map_or("", word);
        let hidden = |&ix: &TokenIx| {
            let named = matches!(word(ix), "name" | "identify") && self.parse.tokens[ix as usize].tag == Tag::Vbn;
            word(ix).eq_ignore_ascii_case("anonymity")
                || named
                    && before(ix, 1) == "be"
                    && before(ix, 2) == "to"
                    && matches!(before(ix, 3), "not" | "decline" | "refuse")
        };
        let mut reasons = self.reading.utterances.iter().filter_map(|one| one.anonymity.as_ref()?.reason.as_deref());
        clause.tokens.iter().any(hidden)
            || reasons.any(|reason| text.ends_with(reason) && text.len() < reason.len() + 12)
    }

    fn voice(&self, utterance: &Utterance) -> Voice {
        Voice {
            basis: utterance.basis,
            stance: utterance.stance,
            chain: utterance.speaker.as_ref().and_then(|s| s.chain),
            name: utterance.speaker.as_ref().map(|s| s.name.clone()).unwrap_or_default(),
            count: utterance.anonymity.as_ref().and_then(|a| a.count),
            via: utterance.via.iter().map(|c| (c.chain, c.name.clone())).collect(),
            said: utterance.said.as_ref().map(|s| s.value.clone()),
            source: utterance.source,
            within: utterance.within,
            in_private: utterance.addressee.as_ref().is_some_and(|to| self.is_private(to, utterance)),
        }
    }

    /// The tokens of these spans, those of each sentence by themselves.
    fn by_sentence(&self, spans: &[Span]) -> Vec<Vec<TokenIx>> {
        let mut made: Vec<(usize, Vec<TokenIx>)> = Vec::new();
        for ix in spans.iter().flat_map(|&span| self.range(span)) {
            let sentence = self.parse.sentences.partition_point(|&(_, last)| last <= ix);
            match made.last_mut() {
                Some((last, tokens)) if *last == sentence => tokens.push(ix),
                _ => made.push((sentence, vec![ix])),
            }
        }
        made.into_iter().map(|(_, tokens)| tokens).collect()
    }

    /// Where these tokens stand: runs without the words of another clause between them, inside `within`.
    fn pieces(&self, tokens: &[TokenIx], within: &[Span]) -> Vec<Span> {
        let mut made: Vec<Span> = Vec::new();
        let mut last = None;
        for &ix in tokens {
            let token = &self.parse.tokens[ix as usize];
            let Some(&part) = within.iter().find(|part| part.overlaps(token.span)) else { continue };
            let (start, end) = (token.span.start().max(part.start()), token.span.end().min(part.end()));
            let span = Span::new(start, end.max(start));
            match made.last_mut() {
                Some(piece) if last == ix.checked_sub(1) && part.contains(*piece) => *piece = piece.cover(span),
                _ if matches!(token.pos, Pos::Punct | Pos::Cconj | Pos::Space) => continue,
                _ => made.push(span),
            }
            last = Some(ix);
        }
        made.iter().map(|&piece| trim(self.text, piece)).filter(|piece| !piece.is_empty()).collect()
    }

    fn is_private(&self, to: &Addressee, utterance: &Utterance) -> bool {
        const PUBLIC: &[&str] = &[
            "audience",
            "conference",
            "court",
            "crowd",
            "media",
            "press",
            "public",
            "reporter",
            "reporters",
            "journalists",
            "supporters",
            "voters",
        ];
        let last = to.name.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        let outlet = utterance.via.iter().any(|carrier| carrier.name == to.name);
        let own = !self.reading.report.outlet.is_empty()
            && self.reading.report.outlet.ends_with(to.name.trim_start_matches("the "));
        !(outlet || own || PUBLIC.contains(&last.as_str()))
    }

    /// What of each clause belongs to no utterance: all of it, or its longest run of at least six words.
    fn own_voice(&self) -> Vec<Proposition> {
        let mut taken = vec![false; self.parse.tokens.len()];
        for utterance in &self.reading.utterances {
            for span in utterance.content.iter().chain(&utterance.source).chain(&utterance.cue) {
                for ix in self.range(*span) {
                    taken[ix as usize] = true;
                }
            }
        }
        let whole = [Span::new(0, self.text.len() as u32)];
        let mut made = Vec::new();
        for &(first, last) in &self.parse.sentences {
            let tokens: Vec<TokenIx> = (first..last).collect();
            for mut clause in clauses(self.parse, &tokens) {
                if clause.tokens.iter().any(|&ix| taken[ix as usize]) {
                    clause.tokens = longest_free(&taken, &clause.tokens);
                    if !self.is_clause(&clause.tokens) {
                        continue;
                    }
                }
                let spans = self.pieces(&clause.tokens, &whole);
                let Some(&start) = spans.first() else { continue };
                let span = start.cover(spans[spans.len() - 1]);
                if self.is_headline(span) {
                    continue;
                }
                let at = UtteranceRef::OwnVoice(self.reading.report.id, span);
                let one = self.proposition(at, &clause, spans);
                let enough = one.terms.len() >= 2 || self.is_short_clause(&one, &clause);
                if enough && !self.tells_why_unnamed(&clause, &one.text) {
                    made.push(one);
                }
            }
        }
        made
    }

    fn is_headline(&self, span: Span) -> bool {
        let blocks = &self.reading.report.blocks;
        blocks
            .iter()
            .take_while(|b| b.span.start() < span.end())
            .any(|b| b.kind == BlockKind::Title && b.span.overlaps(span))
    }

    /// Whether these tokens say something by themselves: the verb at their top has its subject among them.
    fn is_clause(&self, run: &[TokenIx]) -> bool {
        let tokens = &self.parse.tokens;
        let has = |ix: TokenIx| run.binary_search(&ix).is_ok();
        let top = |ix: TokenIx| tokens[ix as usize].head == ix || !has(tokens[ix as usize].head);
        let verb = |ix: TokenIx| matches!(tokens[ix as usize].pos, Pos::Verb | Pos::Aux);
        let subject = |of: TokenIx| {
            run.iter().any(|&ix| {
                let token = &tokens[ix as usize];
                token.head == of
                    && matches!(token.rel, Rel::Nsubj | Rel::Nsubjpass | Rel::Expl)
                    && !matches!(token.tag, Tag::Wdt | Tag::Wp)
            })
        };
        run.iter().copied().find(|&ix| top(ix) && verb(ix)).is_some_and(subject)
    }

    fn proposition(&self, at: UtteranceRef, clause: &Clause, spans: Vec<Span>) -> Proposition {
        let (mut terms, mut names, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        let (mut hedges, mut no) = (Vec::new(), Vec::new());
        for &ix in &clause.lends {
            self.term(ix, &mut terms, &mut names);
        }
        let flags = denied(self.parse, &clause.tokens);
        let (mut negated, mut counted) = (false, 0);
        for (at, (&ix, &flag)) in clause.tokens.iter().zip(&flags).enumerate() {
            let before = terms.len();
            if ix >= counted {
                match self.numeral(&clause.tokens[at..]) {
                    Some((value, last)) => {
                        counted = last + 1;
                        terms.extend(
                            number_term(value)
                                .map(|term| (term, self.rarity[self.parse.tokens[ix as usize].lemma as usize])),
                        );
                        numbers.push(self.number(ix, last, value, &clause.tokens));
                    }
                    None => self.term(ix, &mut terms, &mut names),
                }
            }
            if flag {
                no.extend(terms[before..].iter().map(|&(term, _)| term));
                negated |= ix == clause.head && !self.wishes(ix);
            }
            let lemma = self.parse.tokens[ix as usize].lemma as usize;
            if self.hedges[lemma] {
                hedges.push(self.parse.lemmas[lemma].to_lowercase());
            }
        }
        terms.sort_unstable();
        terms.dedup_by_key(|&mut (term, _)| term);
        let mut predicate = self.predicate(clause);
        for list in [&mut names, &mut no, &mut predicate] {
            list.sort_unstable();
            list.dedup();
        }
        hedges.sort();
        hedges.dedup();
        let times = self.reading.times.iter().filter(|t| t.interval.is_some());
        let mut days: Vec<String> =
            times.filter(|t| spans.iter().any(|s| s.contains(t.span))).map(|t| t.value.clone()).collect();
        days.sort();
        days.dedup();
        let text = spans.iter().map(|&s| &self.text[s]).collect::<Vec<_>>().join(" ");
        Proposition {
            at,
            sentence: spans
                .first()
                .and_then(|&first| self.sentence(first))
                .map_or_else(Span::default, |whole| trim(self.text, whole)),
            spans,
            text,
            act: String::new(),
            rarity: terms.iter().map(|&(_, rarity)| rarity).collect(),
            terms: terms.into_iter().map(|(term, _)| term).collect(),
            predicate,
            names,
            numbers,
            days,
            negated,
            denied: no,
            hedges,
            whole: self.is_clause(&clause.tokens),
            quoted: false,
            headline: false,
            voice: None,
        }
    }

    /// Stems of the verb at the top of a clause and of what completes it ("was open", "came to nothing").
    fn predicate(&self, clause: &Clause) -> Vec<u64> {
        let tokens = &self.parse.tokens;
        let completes = |ix: TokenIx| {
            let token = &tokens[ix as usize];
            token.head == clause.head && matches!(token.rel, Rel::Acomp | Rel::Attr | Rel::Oprd | Rel::Xcomp)
        };
        let said = clause.tokens.iter().copied().filter(|&ix| ix == clause.head || completes(ix));
        said.map(|ix| self.stems[tokens[ix as usize].lemma as usize]).filter(|&stem| stem != 0).collect()
    }

    /// How many words of a clause say something, those counted that stand for a name.
    fn says(&self, clause: &Clause) -> usize {
        let content = |pos| matches!(pos, Pos::Noun | Pos::Verb | Pos::Adj | Pos::Propn | Pos::Num);
        let counts =
            |&&ix: &&TokenIx| content(self.parse.tokens[ix as usize].pos) || self.refers[ix as usize].is_some();
        clause.tokens.iter().filter(counts).count()
    }

    /// "Did not want to be left alone" wishes something away; it does not say that it was not so.
    fn wishes(&self, ix: TokenIx) -> bool {
        matches!(self.parse.lemma(ix), "want" | "wish" | "like" | "need")
    }

    /// The content words that token `ix` adds.
    fn term(&self, ix: TokenIx, terms: &mut Vec<Term>, names: &mut Vec<u64>) {
        let token = &self.parse.tokens[ix as usize];
        if let Some(chain) = self.refers[ix as usize] {
            terms.extend_from_slice(&self.names[chain as usize]);
            names.extend(self.names[chain as usize].iter().map(|&(term, _)| term));
        }
        let content = match token.pos {
            _ if self.dates[ix as usize] => false,
            Pos::Num if self.text[token.span].eq_ignore_ascii_case("one") => false,
            Pos::Noun | Pos::Verb | Pos::Adj | Pos::Propn | Pos::Num => true,
            Pos::Adv => token.tag != Tag::Wrb && self.text[token.span].len() > 4,
            _ => false,
        };
        let stem = self.stems[token.lemma as usize];
        if !content || stem == 0 {
            return;
        }
        terms.push((stem, self.rarity[token.lemma as usize]));
        if token.pos == Pos::Propn || self.describes[ix as usize] {
            names.push(stem);
        }
    }

    /// The number that these tokens of a clause begin with, in thousandths, and its last token; none in a day or month.
    fn numeral(&self, clause: &[TokenIx]) -> Option<(i64, TokenIx)> {
        const MOST: usize = 12;
        let tokens = &self.parse.tokens;
        let &first = clause.first()?;
        let own = &self.text[tokens[first as usize].span];
        let begins = tokens[first as usize].pos == Pos::Num || matches!(own, "a" | "an" | "half" | "A" | "An" | "Half");
        if !begins || self.dates[first as usize] {
            return None;
        }
        let run =
            clause.iter().take(MOST).zip(first..).take_while(|&(&ix, next)| ix == next && !self.dates[ix as usize]);
        let spaced =
            |ix: TokenIx| tokens.get(ix as usize + 1).is_none_or(|n| n.span.start() > tokens[ix as usize].span.end());
        let words: Vec<Word> = run.map(|(&ix, _)| (&self.text[tokens[ix as usize].span], spaced(ix))).collect();
        let before = first.checked_sub(1).map_or("", |ix| &self.text[tokens[ix as usize].span]);
        let (value, taken) = numeral(&words, before.ends_with(['$', '£', '€', '¥']))?;
        Some((value, first + taken as TokenIx - 1))
    }

    /// A number with what it counts; `first` and `last` are its tokens.
    fn number(&self, first: TokenIx, last: TokenIx, value: i64, clause: &[TokenIx]) -> Number {
        let tokens = &self.parse.tokens;
        let mut head = tokens[last as usize].head;
        while (tokens[head as usize].pos == Pos::Num || (first..=last).contains(&head))
            && tokens[head as usize].head != head
        {
            head = tokens[head as usize].head;
        }
        let unit = match tokens[head as usize].pos {
            _ if (first..=last).contains(&head) => 0,
            Pos::Noun | Pos::Propn | Pos::Sym => self.stems[tokens[head as usize].lemma as usize],
            _ => 0,
        };
        let lemma = |ix: TokenIx| self.parse.lemma(ix).to_lowercase();
        let around: Vec<String> = [first.checked_sub(2), first.checked_sub(1), Some(last + 1), Some(last + 2)]
            .into_iter()
            .flatten()
            .filter(|&near| (near as usize) < self.parse.tokens.len())
            .map(lemma)
            .collect();
        let counted = lemma(head);
        let words = || clause.iter().map(|&word| lemma(word));
        let unit = match measure(&around, &counted, words) {
            Some(name) => hash(name),
            None => unit,
        };
        Number { value, unit, span: tokens[first as usize].span.cover(tokens[last as usize].span) }
    }

    /// Sentences with a day or month in them, in text order.
    pub fn days(&self) -> Vec<DayFact> {
        let mut made = Vec::new();
        for time in &self.reading.times {
            let Some(interval) = time.interval.clone() else { continue };
            let Some(sentence) = self.sentence(time.span) else { continue };
            let span = trim(self.text, sentence);
            let tokens: Vec<TokenIx> = self.range(span).collect();
            let clause = Clause { head: tokens.first().copied().unwrap_or_default(), tokens, lends: Vec::new() };
            let proposition =
                self.proposition(UtteranceRef::OwnVoice(self.reading.report.id, span), &clause, vec![span]);
            made.push(DayFact {
                value: time.value.clone(),
                interval,
                span: time.span,
                sentence: span,
                text: self.text[span].to_string(),
                terms: proposition.terms,
            });
        }
        made
    }

    fn sentence(&self, span: Span) -> Option<Span> {
        let ix = self.range(span).start;
        let at = self.parse.sentences.partition_point(|&(_, last)| last <= ix);
        self.parse
            .sentences
            .get(at)
            .filter(|(first, last)| first < last)
            .map(|&(first, last)| self.parse.span_of(first, last))
    }
}

/// A number as a word that it shares with others of its value, however written; one is no more than an article.
pub(crate) fn number_term(value: i64) -> Option<u64> {
    (value != 1000).then(|| hash(&format!("#{value}")))
}

/// The longest run of these tokens that nothing has taken: six tokens and more, or nothing.
fn longest_free(taken: &[bool], tokens: &[TokenIx]) -> Vec<TokenIx> {
    const LEAST: usize = 6;
    let runs = tokens.split(|&ix| taken[ix as usize]);
    let best = runs.fold(&tokens[..0], |best, run| if run.len() > best.len() { run } else { best });
    if best.len() >= LEAST { best.to_vec() } else { Vec::new() }
}

fn trim(text: &str, span: Span) -> Span {
    let own = &text[span];
    let start = span.start() + (own.len() - own.trim_start().len()) as u32;
    let end = span.end() - (own.len() - own.trim_end().len()) as u32;
    Span::new(start.min(end), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_binary_search() {
        assert!(LIGHT.is_sorted());
        assert!(HEDGES.is_sorted());
    }
}
