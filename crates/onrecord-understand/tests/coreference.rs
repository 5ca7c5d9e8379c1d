//! Golden cases of chains: a short report, and the chains that matter in it.

mod support;

use onrecord_model::{Label, Reading};

fn read(text: &str) -> Reading {
    support::read("", "2021-03-16", text)
}

/// One line a chain that is named or spoken of twice: name, kind, roles, mentions.
fn chains(text: &str) -> String {
    let reading = read(text);
    let mut lines = Vec::new();
    for chain in reading.chains.iter().filter(|c| c.mentions.len() > 1 || !c.roles.is_empty()) {
        let said: Vec<&str> = chain.mentions.iter().map(|m| &text[m.span]).collect();
        let roles: Vec<String> =
            chain.roles.iter().map(|r| format!("{}{}", if r.past { "former " } else { "" }, r.title)).collect();
        let work = chain.person_kind.map(|(kind, _)| format!(" <{}>", kind.name())).unwrap_or_default();
        lines.push(format!("{}{work} ({}): {}", chain.name, roles.join("; "), said.join(" | ")));
    }
    lines.join("\n")
}

#[test]
fn a_description_beside_a_name_finds_it_again() {
    insta::assert_snapshot!(chains(
        "Marta Kolb, the port's safety chief, warned of fire in January. The safety chief said she had written twice. Kolb retired."
    ), @r"
    Marta Kolb (port's safety chief): Marta Kolb, the port's safety chief | The safety chief | she | Kolb
    ");
}

#[test]
fn a_name_given_late_reaches_back() {
    insta::assert_snapshot!(chains(
        "The coroner asked for quiet. The coroner, Tilda Brandt, then read her verdict. Brandt left by the back door."
    ), @r"
    Tilda Brandt <official> (coroner): The coroner | The coroner, Tilda Brandt | her | Brandt
    ");
}

#[test]
fn two_people_of_one_surname_are_kept_apart() {
    insta::assert_snapshot!(chains(
        "Anton Rask sued the harbour. His wife, Greta Rask, did not. Mr Rask called it a matter of honour. Mrs Rask said she was tired of it."
    ), @r"
    Anton Rask (): Anton Rask | His | Mr Rask
    the harbour (): the harbour | it | it
    Greta Rask (): His wife, Greta Rask | Mrs Rask | she
    ");
}

#[test]
fn companies_acronyms_and_their_pronouns() {
    insta::assert_snapshot!(chains(
        "Norbeck Shipping Ltd lost a vessel on Friday. The company said it would search for survivors. Norbeck owns nine ships. \
         The Lestonian Maritime Agency (LMA) opened an inquiry, and the LMA said its divers were ready."
    ), @r"
    Norbeck Shipping Ltd <company> (): Norbeck Shipping Ltd | The company | it | Norbeck
    Lestonian Maritime Agency (): The Lestonian Maritime Agency (LMA) | LMA | the LMA | its
    ");
}

#[test]
fn groups_are_spoken_of_again() {
    insta::assert_snapshot!(chains(
        "Two aides to the governor said the plan was dead. The aides said they feared for their jobs. Governor Ruth Amadi denied it. \
         The governor called the aides cowards."
    ), @r"
    Two aides to the governor <official> (): Two aides to the governor | The aides | they | their
    Ruth Amadi <politician> (Governor): the governor | Governor Ruth Amadi | The governor
    the plan (): the plan | it
    ");
}

#[test]
fn first_person_inside_a_quotation_is_its_speaker() {
    insta::assert_snapshot!(chains(
        "“I never saw the letter,” said Pavel Dorn, a former finance minister. “My staff did.” He then left."
    ), @r"
    Pavel Dorn <politician> (former finance minister): I | Pavel Dorn, a former finance minister | My | He
    ");
}

#[test]
fn surnames_that_look_like_nouns() {
    insta::assert_snapshot!(chains(
        "Former mayor Cyril Waters met Judge Helena Banks on Monday. Waters said Banks had smiled. The judge did not reply. The former mayor shrugged."
    ), @r"
    Cyril Waters <politician> (former mayor): Former mayor Cyril Waters | Waters | The former mayor
    Helena Banks <official> (Judge): Judge Helena Banks | Banks | The judge
    ");
}

#[test]
fn a_first_name_tells_two_people_of_one_surname_apart() {
    insta::assert_snapshot!(chains(
        "Kjell-Arne Dale, 51, left the ferry company last month. Dale had warned about the pump.\n\nRagnhild Dale speaks too, for the \
         first time. She turned the wheel and nothing happened, she says.\n\nHa-eun Cho, the first author, said no. On Thursday that same \
         provost, Dong-wook Cho, told reporters that he had never been alerted."
    ), @r"
    Kjell-Arne Dale (): Kjell-Arne Dale, 51 | Dale
    Ragnhild Dale (): Ragnhild Dale | She | she
    Ha-eun Cho (first author): Ha-eun Cho, the first author | he
    ");
}

#[test]
fn given_names_with_a_hyphen_are_one_name() {
    insta::assert_snapshot!(chains(
        "The study was led by Min-seo Baek of Taeyang Institute of Science. Professor Baek would not comment. Yoon Hye-rin, her \
         assistant, said Baek was abroad."
    ), @r"
    Min-seo Baek <expert> (Professor): Min-seo Baek of Taeyang Institute of Science | Professor Baek | her | Baek
    Yoon Hye-rin (assistant): Yoon Hye-rin, her assistant
    ");
}

#[test]
fn a_post_before_a_surname_is_not_who_is_named_later() {
    insta::assert_snapshot!(chains(
        "Bank in turmoil\n\nGovernor Rask came to see me with a letter, the minister said. The letter was two lines long. Vera Rask, \
         his spokeswoman, did not return calls."
    ), @r"
    Rask <politician> (Governor): Governor Rask
    a letter <document> (): a letter | The letter
    the minister <politician> (): the minister | his
    Vera Rask <spokesperson> (spokeswoman): Vera Rask, his spokeswoman
    ");
}

#[test]
fn a_pronoun_tells_whose_surname_it_is() {
    insta::assert_snapshot!(chains(
        "Pablo Ospel blamed a powder. “They are looking for a thief,” he said. Ospel came in ninth, her head down, and went to the bus."
    ), @r"
    Pablo Ospel (): Pablo Ospel | he
    Ospel (): Ospel | her
    ");
}

#[test]
fn a_nickname_in_quotation_marks_is_no_first_name() {
    insta::assert_snapshot!(chains(
        "Councillor Marcel Dorval said he would raise it. “Skipper” Dorval, as he is known on the quay, has no boat."
    ), @r"
    Marcel Dorval <politician> (Councillor): Councillor Marcel Dorval | he | Dorval | he
    Councillor (): Councillor | it
    ");
}

#[test]
fn a_post_after_initials_is_no_first_name() {
    insta::assert_snapshot!(chains(
        "The president dined with then-FBA Directory Cole on Friday. James Cole, the former director, took notes. Cole kept them."
    ), @r"
    James Cole (FBA Directory; former director): then-FBA Directory Cole | James Cole, the former director | Cole
    notes (): notes | them
    ");
}

#[test]
fn who_is_no_relation_is_somebody_else() {
    insta::assert_snapshot!(chains(
        "Provost Anton Rask said no complaint came. Rask is not related to Dr Rask, the first author, who left by a side door. Rask smiled."
    ), @r"
    Provost Anton Rask (): Provost Anton Rask | Rask | Rask
    Rask (Dr; first author): Dr Rask, the first author, who left by a side door
    ");
}
