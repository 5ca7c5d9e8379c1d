//! What the words of mentions say about people and things: gender, number, kind, titles.
//!
//! Lists are looked up once per distinct lemma or form of a text, never per token.

use onrecord_model::full_first_names;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Male, female, neuter: one bit each; all three when unknown.
pub(super) const MALE: u8 = 1;
pub(super) const FEMALE: u8 = 2;
pub(super) const NEUTER: u8 = 4;
pub(super) const HUMAN: u8 = MALE | FEMALE;

/// What a noun names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Sort {
    Person,
    Organisation,
    Place,
    Work,
    Event,
    Thing,
    Unknown,
}

/// What a noun says by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noun {
    pub sort: Sort,
    pub gender: u8,
    /// Whether it can stand for any thing of its sort ("the man", "the company", "the country").
    pub general: bool,
}

const MEN: &str = "man gentleman guy boy father dad son brother uncle grandfather grandpa grandson husband boyfriend widower nephew king prince \
    duke lord emperor monk priest bishop archbishop pope cardinal imam spokesman chairman congressman businessman \
    councilman assemblyman policeman fireman salesman alderman statesman sportsman fisherman gunman hitman \
    frontman cameraman clergyman craftsman foreman ombudsman waiter actor steward groom stepfather godfather lad bloke sir father-in-law son-in-law brother-in-law abbot sheikh sultan";
const WOMEN: &str = "woman lady girl mother mom mum daughter sister aunt grandmother grandma granddaughter wife girlfriend widow niece queen \
    princess duchess empress nun spokeswoman chairwoman congresswoman businesswoman councilwoman \
    policewoman saleswoman waitress actress stewardess bride midwife stepmother godmother heroine hostess mother-in-law daughter-in-law sister-in-law madam";
const PEOPLE: &str = "person people individual human someone anyone everyone somebody anybody everybody nobody citizen resident \
    official officer minister president premier chancellor governor senator lawmaker legislator representative \
    congressperson politician candidate nominee master mayor councillor councilor commissioner secretary director \
    chief head leader boss chair chairperson executive ceo manager administrator adviser advisor aide assistant deputy spokesperson \
    ambassador diplomat envoy consul delegate negotiator mediator lawyer attorney solicitor barrister prosecutor \
    judge justice magistrate juror defendant plaintiff suspect accused convict inmate prisoner detainee witness \
    victim survivor killer murderer shooter attacker robber thief criminal offender terrorist militant rebel insurgent fighter soldier general colonel \
    captain lieutenant sergeant major commander admiral marshal veteran troop marine sailor pilot astronaut cop detective \
    inspector constable superintendent sheriff investigator agent spy guard firefighter paramedic doctor physician surgeon nurse \
    patient scientist researcher professor lecturer academic scholar historian economist analyst expert \
    specialist engineer technician programmer developer architect designer inventor teacher principal student pupil graduate \
    undergraduate alumnus journalist reporter editor columnist correspondent author writer novelist poet playwright \
    publisher photographer filmmaker producer actor actress singer musician composer artist painter sculptor dancer comedian \
    entertainer celebrity star host presenter broadcaster athlete player footballer golfer boxer runner swimmer cyclist \
    driver coach trainer referee umpire goalkeeper striker captain champion winner loser fan supporter critic opponent \
    activist campaigner protester demonstrator organizer organiser volunteer donor worker employee staffer laborer labourer \
    farmer miner fisher builder contractor carpenter plumber electrician mechanic baker butcher chef cook barber \
    owner landlord tenant neighbour neighbor shopkeeper trader merchant dealer broker banker investor shareholder \
    entrepreneur founder co-founder cofounder inventor consultant accountant auditor customer client consumer buyer seller \
    passenger commuter traveller traveler tourist visitor guest migrant immigrant refugee asylum-seeker exile \
    parent child kid baby infant toddler teenager teen youth adult adolescent sibling spouse partner relative cousin twin orphan \
    friend colleague ally rival enemy partner companion roommate classmate successor predecessor \
    bishop pastor reverend rabbi cleric clergy believer worshipper pilgrim saint prophet missionary \
    monarch royal heir noble aristocrat slave servant \
    voter constituent elector republican democrat conservative liberal socialist communist nationalist \
    source insider whistleblower informant observer bystander onlooker eyewitness trustee treasurer registrar coroner \
    clerk librarian curator archivist biologist chemist physicist mathematician psychologist psychiatrist \
    sociologist anthropologist archaeologist geologist astronomer philosopher theologian linguist engineer \
    ombudsman regulator watchdog-chief elder chieftain warlord dictator tyrant ruler emperor \
    speaker whip backbencher peer strategist pollster lobbyist fundraiser operative nanny housekeeper janitor cleaner \
    hostage hijacker hacker blogger vlogger gamer influencer user member participant contestant attendee contributor \
    docker lecturer headteacher teammate midfielder defender batsman bowler jockey skipper counsel guerrilla \
    logistician statistician epidemiologist virologist meteorologist seismologist veterinarian pharmacist dentist therapist";
const GROUPS: &str = "couple pair duo trio crowd mob family audience public staff crew jury team squad";
const ORGANISATIONS: &str = "company firm corporation business conglomerate startup manufacturer maker retailer bank lender insurer airline carrier utility \
    agency bureau department ministry office authority commission committee council board panel tribunal court inquiry \
    government administration cabinet parliament congress senate legislature assembly party coalition opposition \
    police military army navy force fbi union federation association league club society charity foundation \
    organisation organization institution institute university college school hospital church mosque group network \
    newspaper paper magazine tabloid daily broadcaster station channel outlet publication agency website \
    campaign movement militia regime kremlin embassy mission consulate watchdog regulator think-tank alliance bloc nonprofit ngo \
    operator developer supplier contractor subsidiary orchestra band theatre ensemble museum cooperative brewery";
const PLACES: &str = "country nation state city town village region province county district area island continent capital republic kingdom territory \
    municipality neighborhood neighbourhood suburb borough port harbour harbor airport site street road river lake \
    mountain valley coast beach building tower hotel house home park square bridge station prison jail camp border planet";
const WORKS: &str = "book novel report document memo letter statement article story film movie song album law bill act treaty agreement \
    contract study survey poll review audit email filing lawsuit indictment complaint transcript record memoir diary play painting \
    speech message tweet post email slide minutes file dossier paper ruling verdict order decree resolution constitution";
const EVENTS: &str = "war election attack explosion fire crash accident earthquake flood storm hurricane protest strike riot meeting \
    summit conference match game tournament race festival ceremony trial hearing vote referendum debate interview incident \
    crisis scandal shooting bombing raid operation campaign event disaster party wedding funeral";
const GENERAL: &str = "man woman person boy girl lady gentleman guy people company firm corporation business agency organisation organization group \
    newspaper paper magazine country nation city town state village region island couple pair team club party union bank \
    university school college hospital book film movie song report document law bill event institution publication network court";

fn nouns() -> &'static HashMap<&'static str, Noun> {
    static TABLE: OnceLock<HashMap<&'static str, Noun>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        let mut add = |words: &'static str, sort: Sort, gender: u8| {
            for word in words.split_ascii_whitespace() {
                table.entry(word).or_insert(Noun { sort, gender, general: false });
            }
        };
        add(MEN, Sort::Person, MALE);
        add(WOMEN, Sort::Person, FEMALE);
        add(PEOPLE, Sort::Person, HUMAN);
        add(GROUPS, Sort::Person, HUMAN | NEUTER);
        add(ORGANISATIONS, Sort::Organisation, NEUTER);
        add(PLACES, Sort::Place, NEUTER);
        add(WORKS, Sort::Work, NEUTER);
        add(EVENTS, Sort::Event, NEUTER);
        for word in GENERAL.split_ascii_whitespace() {
            if let Some(noun) = table.get_mut(word) {
                noun.general = true;
            }
        }
        table
    })
}

/// What a lemma in lower case says, if it is known.
pub(super) fn noun(lemma: &str) -> Option<Noun> {
    if let Some(noun) = nouns().get(lemma) {
        return Some(*noun);
    }
    let person = |gender| Some(Noun { sort: Sort::Person, gender, general: false });
    match lemma {
        _ if lemma.ends_with("woman") => person(FEMALE),
        _ if lemma.len() > 5 && lemma.ends_with("sman") => person(MALE),
        _ if lemma.len() > 6
            && ["ologist", "person", "worker", "maker", "holder", "goer"].iter().any(|end| lemma.ends_with(end)) =>
        {
            person(HUMAN)
        }
        _ => lemma.rsplit_once('-').and_then(|(_, last)| nouns().get(last).copied()),
    }
}

/// Titles before a name, without their points.
const TITLES: &str = "mr mister mrs ms miss mx dr doctor prof professor sir dame lord lady baroness baron rev reverend fr sen senator rep representative \
    gov governor president vice vice-president prime minister premier chancellor secretary attorney general director judge justice chief police capt captain \
    col colonel gen lt lieutenant sgt sergeant maj major cmdr commander adm admiral cpl corporal officer inspector supt superintendent det detective \
    constable sheriff mayor councillor councilman councilwoman congressman congresswoman assemblyman assemblywoman delegate speaker \
    king queen prince princess pope cardinal archbishop bishop father sister brother mother imam rabbi sheikh ayatollah abbe abbé \
    ambassador commissioner chairman chairwoman chair ceo spokesman spokeswoman spokesperson coach manager deputy acting former then ex \
    interim adv advocate hon honourable honorable mama papa madam madame monsieur signor signora señor señora don doña herr frau uncle aunt master pastor deacon";
const MALE_TITLES: &str = "mr mister sir lord baron king prince pope father brother monsieur signor señor don herr uncle papa councilman congressman assemblyman chairman spokesman";
const FEMALE_TITLES: &str = "mrs ms miss dame lady baroness queen princess sister mother madam madame signora señora doña frau aunt mama councilwoman congresswoman assemblywoman chairwoman spokeswoman";

fn set(words: &'static str) -> HashMap<&'static str, ()> {
    words.split_ascii_whitespace().map(|word| (word, ())).collect()
}

/// Whether a word in lower case is a title ("mr", "sen.", "president").
pub(super) fn is_title(word: &str) -> bool {
    static TABLE: OnceLock<HashMap<&'static str, ()>> = OnceLock::new();
    TABLE.get_or_init(|| set(TITLES)).contains_key(word.trim_end_matches('.'))
}

/// Whether a word addresses somebody and names nobody.
pub(super) fn is_address(word: &str) -> bool {
    matches!(
        word,
        "sir"
            | "madam"
            | "mr"
            | "mrs"
            | "ms"
            | "miss"
            | "dr"
            | "lord"
            | "lady"
            | "god"
            | "dad"
            | "mom"
            | "mum"
            | "mama"
            | "papa"
    )
}

/// Gender that a title tells; zero when none.
pub(super) fn title_gender(word: &str) -> u8 {
    static TABLES: OnceLock<[HashMap<&'static str, ()>; 2]> = OnceLock::new();
    let [men, women] = TABLES.get_or_init(|| [set(MALE_TITLES), set(FEMALE_TITLES)]);
    let word = word.trim_end_matches('.');
    match (men.contains_key(word), women.contains_key(word)) {
        (true, false) => MALE,
        (false, true) => FEMALE,
        _ => 0,
    }
}

const MALE_NAMES: &str = "aaron abdul abdullah abraham adam adrian ahmad ahmed akira alan albert alejandro alex alexander alexei alfred ali allan allen alvin amir andre andreas \
    andrei andrew andy angelo anthony antoine anton antonio archie arjun arnold arthur ashok asif austin barack barry bart ben benedict benjamin \
    bernard bernie bert bill billy bob bobby boris brad bradley brandon brendan brett brian bruce bruno bryan byron caleb calvin cameron carl carlos \
    cesar chad charles charlie chester chris christian christopher chuck clarence clark claude clayton clifford clint clive colin connor craig curtis dale \
    damian damien dan daniel danny darren dave david dean denis dennis derek desmond devin diego dimitri dirk dmitri dmitry dominic don donald donovan doug \
    douglas duncan dustin dwight dylan earl ed eddie edgar edmund eduardo edward edwin eli elijah elliot emanuel emeka emil emmanuel enrique eric erik ernest \
    ethan eugene evan fabio felipe felix ferdinand fernando finn francesco francis francisco francois frank franklin fred frederick gabriel gareth gary gavin \
    gene geoff geoffrey george gerald gerard gerhard gilbert giles giovanni giuseppe glen glenn goran gordon graham grant greg gregory guido guillermo gus \
    guy hans harold harry harvey hassan hector helmut henri henrik henry herbert herman hiroshi howard hugh hugo hussein ian ibrahim igor isaac ismail ivan jack \
    jackson jacob jacques jaime jake jamal james jamie jan jared jason javier jay jean jeff jeffrey jeremy jerome jerry jesse jim jimmy joachim joe joel \
    johan john johnny jon jonas jonathan jordan jorge jose josef joseph josh joshua juan julian julio justin karl keith kemal ken kenneth kenny kevin kirk \
    klaus kurt kyle lance larry lars laurent lawrence lee leo leon leonard leroy leslie lewis liam lionel lloyd logan lorenzo louis luc lucas luca luigi luis \
    luke magnus malcolm manuel marc marcel marco marcus mario mark martin marvin mathew mats matt matthew maurice max michael michel miguel mike mikhail miles \
    mitch mitchell mohamed mohammad mohammed moses muhammad murray mustafa nathan nathaniel neil nelson nicholas nick nicolas nigel nikolai noah noel norman oleg \
    oliver olivier omar oscar otto owen pablo pascal patrick paul pavel pedro per pete peter phil philip philippe phillip pierre pieter piotr rafael rahul raj \
    ralph ramon randy raul ravi ray raymond reginald reza ricardo richard rick ricky rob robert roberto robin rod rodney rodrigo roger roland roman ron ronald \
    rory ross roy rudolf rudy rupert russell ryan sajid salman salvador sam samuel santiago scott sean sebastian serge sergei sergey sergio seth shane \
    shaun sidney simon stan stanley stefan stephen steve steven stewart stuart sven tariq ted terence terrence terry theo theodore thomas tim timothy tobias todd \
    tom tomas tommy tony travis trevor tyler umberto vaclav victor viktor vince vincent vladimir walter warren wayne werner will william willie wolfgang xavier \
    yasser yuri yusuf zachary zoran";
const FEMALE_NAMES: &str = "abigail ada adriana agnes aisha alexandra alice alicia alison allison amanda amber amelia amy ana anastasia andrea angela angelina anita ann anna \
    anne annette annie antonia april ashley astrid audrey aung barbara beatrice becky belinda bella bernadette beth betsy betty beverly bonnie \
    brenda brianna bridget brigitte brittany camilla candice carla carmen carol carole caroline carolyn cassandra catherine cathy cecilia charlotte chelsea cheryl chloe \
    christina christine cindy claire clara claudia colleen condoleezza constance cora crystal cynthia daisy dana daniela danielle daphne dawn deborah debbie debra \
    denise diana diane dolores donna dora doris dorothy edith eileen elaine eleanor elena elisabeth elise eliza elizabeth ella ellen elsa emilia emily emma \
    erica erin esther eva eve evelyn fatima faye felicity fiona florence frances francesca frida gabriela gail georgia geraldine gertrude gillian gina gisele \
    gladys gloria grace greta gwen hannah harriet hazel heather heidi helen helena hilary hillary holly ida ilona ines ingrid irene irina iris isabel isabella \
    ivana ivanka jacqueline jan jane janet janice jasmine jean jeanette jeanne jenna jennifer jenny jessica jill jo joan joanna joanne josephine joy joyce juanita judith \
    judy julia juliana julie june kamala karen karin kate katherine kathleen kathryn kathy katie katrina kay kayla kelly kim kimberly kirsten kristen kristin kristina \
    lara laura lauren leah leila lena lillian lily linda lisa liz lois loretta lori lorraine louise lucia lucy lydia lynn mabel madeleine magdalena malala mandy \
    marcia margaret margarita maria marian marianne marie marilyn marina marion marjorie marlene martha martine mary matilda maureen mavis maya megan melania melanie \
    melissa mercedes meredith mia michelle mildred miranda miriam molly mona monica monique muriel myra nadia nadine nancy naomi natalia natalie natasha ngozi nicola \
    nicole nina nora norma olga olivia ophelia paige pam pamela patricia patsy paula pauline pearl peggy penelope penny petra phoebe phyllis polly priscilla priya \
    priyanka rachel rania rebecca regina renee rhonda rina rita roberta rosa rosalind rose rosemary roxanne ruby ruth sabrina sally samantha sandra sara sarah sasha \
    selma shannon sharon sheila shelley sherry shirley silvia simone sofia sonia sonja sophia sophie stacy stella stephanie sue susan susanna susanne suzanne svetlana \
    sylvia tamara tammy tania tanya tara tatiana teresa thelma theresa tiffany tina tracy ursula valentina valerie vanessa vera veronica victoria viola violet virginia vivian \
    wanda wendy wilma winifred xenia yasmin yoko yolanda yvette yvonne zainab zoe zola";

/// Gender that a first name in lower case tells, with or without its accents; zero when unknown or borne by both.
pub(super) fn first_name_gender(name: &str) -> u8 {
    if !name.is_ascii() {
        let plain: String = name.chars().map(without_accent).collect();
        return if plain.is_ascii() { first_name_gender(&plain) } else { 0 };
    }
    static TABLES: OnceLock<[HashMap<&'static str, ()>; 2]> = OnceLock::new();
    let [men, women] = TABLES.get_or_init(|| [set(MALE_NAMES), set(FEMALE_NAMES)]);
    match (men.contains_key(name), women.contains_key(name)) {
        (true, false) => MALE,
        (false, true) => FEMALE,
        _ => 0,
    }
}

/// The letter without its accent, for the letters of first names in the tables.
fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'ć' | 'č' | 'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ñ' | 'ń' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ś' | 'š' => 's',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ý' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        other => other,
    }
}

/// Whether two first names in lower case may be one person's: equal, one an initial of the other, or a short form of it.
pub(super) fn same_first_name(a: &str, b: &str) -> bool {
    let initial = |x: &str, y: &str| {
        let bare = x.trim_end_matches('.');
        bare.chars().count() == 1 && y.starts_with(bare)
    };
    let fulls = full_first_names;
    a == b
        || initial(a, b)
        || initial(b, a)
        || fulls(a).contains(&b)
        || fulls(b).contains(&a)
        || fulls(a).iter().any(|full| fulls(b).contains(full))
}

/// Countries and blocs known by several names, in lower case: each line one place.
const ALIASES: &[&[&str]] = &[
    &["united states", "us", "u.s.", "u.s", "usa", "u.s.a.", "america", "united states of america"],
    &["united kingdom", "uk", "u.k.", "u.k", "britain", "great britain"],
    &["european union", "eu", "e.u."],
    &["united nations", "un", "u.n."],
    &["united arab emirates", "uae", "u.a.e."],
    &["soviet union", "ussr", "u.s.s.r."],
    &["north korea", "dprk"],
    &["holland", "netherlands"],
    &["burma", "myanmar"],
    &["czech republic", "czechia"],
];

/// The first name in the table of a place known by several, else the name itself.
pub(super) fn canonical_place(name: &str) -> &str {
    ALIASES.iter().find(|names| names.contains(&name)).map_or(name, |names| names[0])
}

/// Endings of company names, without points.
pub(super) fn is_company_ending(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "inc"
            | "corp"
            | "corporation"
            | "ltd"
            | "limited"
            | "llc"
            | "plc"
            | "co"
            | "company"
            | "sa"
            | "s.a"
            | "ag"
            | "gmbh"
            | "asa"
            | "as"
            | "ab"
            | "nv"
            | "group"
            | "holdings"
            | "pty"
            | "spa"
            | "oyj"
            | "se"
            | "kg"
            | "bv"
            | "llp"
    )
}

/// Pronouns: person (1 to 3), gender bits, whether singular, whether plural.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pronoun {
    pub person: u8,
    pub gender: u8,
    pub singular: bool,
    pub plural: bool,
    pub form: Form,
}

/// What a pronoun stands as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Plain,
    Possessive,
    Reflexive,
    Demonstrative,
}

/// The pronoun that a word in lower case is.
pub(super) fn pronoun(word: &str) -> Option<Pronoun> {
    let make = |person, gender, singular, plural, form| Some(Pronoun { person, gender, singular, plural, form });
    use Form::{Demonstrative, Plain, Possessive, Reflexive};
    match word {
        "i" | "me" => make(1, HUMAN, true, false, Plain),
        "my" | "mine" => make(1, HUMAN, true, false, Possessive),
        "myself" => make(1, HUMAN, true, false, Reflexive),
        "we" | "us" => make(1, HUMAN | NEUTER, false, true, Plain),
        "our" | "ours" => make(1, HUMAN | NEUTER, false, true, Possessive),
        "ourselves" => make(1, HUMAN | NEUTER, false, true, Reflexive),
        "you" => make(2, HUMAN, true, true, Plain),
        "your" | "yours" => make(2, HUMAN, true, true, Possessive),
        "yourself" | "yourselves" => make(2, HUMAN, true, true, Reflexive),
        "he" | "him" => make(3, MALE, true, false, Plain),
        "his" => make(3, MALE, true, false, Possessive),
        "himself" => make(3, MALE, true, false, Reflexive),
        "she" | "her" => make(3, FEMALE, true, false, Plain),
        "hers" => make(3, FEMALE, true, false, Possessive),
        "herself" => make(3, FEMALE, true, false, Reflexive),
        "it" => make(3, NEUTER, true, false, Plain),
        "its" => make(3, NEUTER, true, false, Possessive),
        "itself" => make(3, NEUTER, true, false, Reflexive),
        "they" | "them" | "'em" => make(3, HUMAN | NEUTER, false, true, Plain),
        "their" | "theirs" => make(3, HUMAN | NEUTER, false, true, Possessive),
        "themselves" | "themself" => make(3, HUMAN | NEUTER, false, true, Reflexive),
        "this" | "that" => make(3, NEUTER, true, false, Demonstrative),
        "these" | "those" => make(3, HUMAN | NEUTER, false, true, Demonstrative),
        _ => None,
    }
}
