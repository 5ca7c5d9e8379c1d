//! Cue words of news English and the frames they take.
//!
//! Written from knowledge of the language, not from any data set. A word may take several frames.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A set of frames.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Frames(pub u32);

impl Frames {
    /// A clause or a quotation is the content: "said (that) …".
    pub const CLAUSE: Frames = Frames(1);
    /// An infinitive is the content: "plans to …".
    pub const INFINITIVE: Frames = Frames(1 << 1);
    /// The object is the content: "criticised the plan".
    pub const OBJECT: Frames = Frames(1 << 2);
    /// A prepositional phrase is the content: "warned of floods".
    pub const ABOUT: Frames = Frames(1 << 3);
    /// The object is who hears it: "told the council".
    pub const HEARER: Frames = Frames(1 << 4);
    /// Object and infinitive together are the content: "urged voters to …".
    pub const REQUEST: Frames = Frames(1 << 5);
    /// Object and predicate together are the content: "called it a farce".
    pub const NAMING: Frames = Frames(1 << 6);
    /// Only with a quotation: "smiled", "shrugged".
    pub const MANNER: Frames = Frames(1 << 7);
    /// Passive with an infinitive has no source: "is expected to …".
    pub const HEARSAY: Frames = Frames(1 << 8);
    /// A noun that takes a clause: "the claim that …".
    pub const NOUN: Frames = Frames(1 << 9);
    /// An adjective of attitude that takes a clause: "confident that …".
    pub const ATTITUDE: Frames = Frames(1 << 10);
    /// An adverb of hearsay: "reportedly".
    pub const ADVERB: Frames = Frames(1 << 11);
    /// Speaks of saying itself, not of thought or wish.
    pub const SPEECH: Frames = Frames(1 << 12);
    /// Seems and appears: content without a source.
    pub const SEEMING: Frames = Frames(1 << 13);

    /// Whether any frame of `other` is in this set.
    pub const fn has(self, other: Frames) -> bool {
        self.0 & other.0 != 0
    }

    const fn and(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }
}

const SAY: Frames = Frames::CLAUSE.and(Frames::SPEECH);

/// Groups of words and the frames all of them take.
const VERBS: &[(Frames, &str)] = &[
    (
        SAY,
        "say add note write explain recall insist argue continue conclude report claim declare maintain contend assert \
         allege suggest observe remark reply respond counter retort announce state comment confirm disclose reveal \
         acknowledge admit concede caution warn predict forecast estimate tweet post tell testify quip joke boast \
         complain lament reason stress emphasize emphasise underline underscore reiterate repeat mention protest \
         proclaim pronounce profess swear vow pledge promise agree answer explain recount relate indicate hint imply \
         charge clarify specify elaborate opine muse speculate surmise theorize theorise deny brag interject chime \
         rejoin intone recite read quote cite blog retweet text email e-mail message signal advise counsel attest \
         certify affirm aver posit postulate propose reaffirm restate summarize summarise deadpan gush rant fume \
         thunder echo venture volunteer whisper shout yell scream cry mutter murmur holler bellow bark snap exclaim \
         opine confess confide convey divulge relay utter voice inform remind assure reassure notify notice",
    ),
    (
        Frames::CLAUSE,
        "believe think know feel hope fear expect suspect doubt wonder worry assume presume imagine consider guess \
         understand realize realise recognize recognise remember forget learn discover find see hear sense decide \
         determine rule hold judge calculate reckon anticipate foresee figure conclude regret bet trust wish dream \
         decree resolve accept ask inquire enquire question dispute demand insist request recommend urge prefer \
         propose appreciate ascertain deduce infer vote",
    ),
    (
        Frames::CLAUSE.and(Frames::OBJECT),
        "show suggest indicate demonstrate prove reveal illustrate depict portray reflect highlight envision envisage \
         document detail outline",
    ),
    (Frames::SEEMING, "seem appear"),
    (
        Frames::INFINITIVE,
        "want hope plan intend wish expect aim promise vow pledge swear threaten offer agree refuse decline propose \
         seek desire prefer vote demand claim profess pretend choose decide resolve consent volunteer undertake long \
         yearn aspire ask beg plead opt love hate like dread mean hesitate consider",
    ),
    (
        Frames::OBJECT,
        "criticize criticise praise condemn denounce deny reject dismiss support oppose back endorse defend attack \
         blast slam decry deplore deride mock ridicule rebuke applaud laud hail tout champion promote favor favour \
         welcome discuss describe explain mention note cite address announce propose question challenge doubt dispute \
         contest rebut refute contradict debunk confirm acknowledge admit concede advocate recommend suggest urge \
         predict forecast demand request want seek prefer expect fear dread regret lament bemoan mourn celebrate \
         blame accuse fault chide scold lambast lambaste excoriate pan savage slate disparage belittle denigrate \
         malign vilify impugn reiterate stress emphasize emphasise underscore underline outline detail disclose \
         reveal unveil claim allege express voice approve authorize authorise ban order mandate decree impose veto \
         overturn uphold affirm reaffirm nominate appoint envision foresee contemplate consider recall remember \
         recount promise pledge vow threaten offer condone echo repeat resent admire respect dislike like love hate \
         appreciate disavow repudiate renounce retract recant downplay minimize minimise trumpet decline refuse accept \
         propound preach espouse entertain ponder weigh commend salute thank congratulate acclaim extol justify",
    ),
    (
        Frames::ABOUT,
        "call:for,on warn:of,about,against speak:of,about,against,out talk:about,of complain:about,of,that \
         boast:of,about brag:about joke:about tweet:about write:about,of ask:about,for worry:about think:of,about \
         object:to,about agree:with,on,to disagree:with,on refer:to allude:to point:to,out hint:at push:for,back \
         argue:for,against,about advocate:for,against lobby:for,against press:for plead:for,with appeal:for,to \
         campaign:for,against comment:on,about remark:on,about testify:about,to,against elaborate:on expound:on \
         dwell:on touch:on insist:on,upon vote:for,against,on long:for hope:for wish:for opt:for apologize:for \
         apologise:for vouch:for rail:against,at inveigh:against protest:against,about caution:against,about \
         advise:against decide:on,against fret:about,over grumble:about gripe:about rave:about rant:about,against \
         muse:about,on speculate:about,on lecture:about,on preach:about,against inquire:about,into dream:of,about \
         approve:of disapprove:of despair:of confess:to admit:to attest:to swear:to plan:on,for side:with \
         sympathize:with sympathise:with harp:on theorize:about lie:about tell:of,about know:of,about hear:of,about \
         learn:of,about believe:in care:about demand:of press:for",
    ),
    (
        Frames::HEARER,
        "tell assure remind inform warn ask advise notify convince persuade reassure promise caution teach brief email \
         text message call:x show counsel alert",
    ),
    (
        Frames::REQUEST,
        "urge ask tell order instruct advise encourage beg implore beseech call press request invite command direct \
         exhort want expect need beseech entreat challenge dare warn allow permit require forbid persuade like \
         authorize authorise prompt counsel",
    ),
    (
        Frames::NAMING,
        "call describe label brand dub term consider deem declare characterize characterise portray depict paint regard \
         view see cast denounce dismiss hail praise criticize criticise condemn slam deride mock cite tout name style \
         judge find pronounce proclaim think believe rate rank blame accuse fault credit thank",
    ),
    (
        Frames::MANNER,
        "smile laugh grin sigh shrug nod chuckle giggle sob weep groan moan grumble growl snarl sneer scoff snort \
         frown wink beam gasp begin start finish go interrupt persist press concur joke sing chant tease crow croon \
         drawl stammer stutter splutter wail weigh",
    ),
    (
        Frames::HEARSAY,
        "expect believe think say report allege rumor rumour consider suppose know understand project predict forecast \
         estimate schedule slate set presume assume accuse charge reckon claim hear see call describe quote ask tell \
         poise intend mean",
    ),
];

const NOUNS: &str = "claim statement report suggestion allegation accusation assertion contention argument belief view \
    opinion idea notion promise pledge vow threat warning prediction forecast fear concern worry hope expectation \
    insistence admission acknowledgment acknowledgement acknowledgement announcement comment remark declaration \
    denial conclusion finding evidence rumor rumour speculation theory assumption impression conviction suspicion \
    doubt recognition assurance complaint charge testimony revelation indication sign proof message demand call plea \
    request proposal recommendation decision ruling order plan intention desire wish vote confirmation explanation \
    word news observation criticism perception sense consensus thought feeling guess estimate guarantee stance \
    position reminder caution excuse lie story tale joke quip boast bet understanding confession tweet response \
    reply answer";

const ADJECTIVES: &str = "confident sure certain hopeful optimistic pessimistic afraid worried concerned happy glad \
    pleased proud sorry sad disappointed upset angry furious outraged surprised shocked amazed astonished stunned \
    aware unaware convinced skeptical sceptical doubtful adamant insistent clear unclear frustrated delighted thrilled \
    grateful thankful relieved dismayed appalled alarmed troubled puzzled fearful wary mindful conscious ashamed \
    embarrassed annoyed excited eager willing reluctant unwilling determined keen ready anxious inclined uncertain \
    unsure unconvinced jealous nervous critical supportive dismissive";

const ADVERBS: &str = "reportedly allegedly supposedly purportedly apparently ostensibly presumably";

/// Nouns that are documents or artefacts and may stand as source of "shows", "says".
const DOCUMENTS: &str = "report document memo letter email e-mail poll survey study filing record data statement \
    transcript tape recording video footage affidavit indictment complaint lawsuit brief paper book memoir article \
    story editorial analysis review audit figure statistic census file log note diary text message tweet post sign \
    result number research transcript minute map chart";

static LEXICON: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let mut lexicon: HashMap<&'static str, Entry> = HashMap::new();
    for (frames, words) in VERBS {
        for word in words.split_ascii_whitespace() {
            let (lemma, prepositions) = word.split_once(':').unwrap_or((word, ""));
            let entry = lexicon.entry(lemma).or_default();
            entry.verb = entry.verb.and(*frames);
            if *frames == Frames::ABOUT {
                entry.prepositions = prepositions;
            }
        }
    }
    for (frames, words) in [(Frames::NOUN, NOUNS), (Frames::ATTITUDE, ADJECTIVES), (Frames::ADVERB, ADVERBS)] {
        for word in words.split_ascii_whitespace() {
            let entry = lexicon.entry(word).or_default();
            entry.other = entry.other.and(frames);
        }
    }
    for word in DOCUMENTS.split_ascii_whitespace() {
        lexicon.entry(word).or_default().document = true;
    }
    lexicon
});

/// What the lexicon says of a lemma.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Frames as a verb.
    pub verb: Frames,
    /// Frames as a noun, adjective or adverb.
    pub other: Frames,
    /// Prepositions that introduce content, separated by commas.
    pub prepositions: &'static str,
    /// A document or artefact that can carry words.
    pub document: bool,
}

/// The entry of a lemma; empty for a word that is no cue.
pub fn entry(lemma: &str) -> Entry {
    match LEXICON.get(lemma) {
        Some(entry) => *entry,
        None if lemma.bytes().any(|b| b.is_ascii_uppercase()) => {
            LEXICON.get(lemma.to_ascii_lowercase().as_str()).copied().unwrap_or_default()
        }
        None => Entry::default(),
    }
}
