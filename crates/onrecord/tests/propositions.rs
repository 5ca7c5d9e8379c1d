//! What connecting compares: each clause with what is done with it, its figures, and whether it is denied.

use onrecord::connect::digest;
use onrecord::{Engine, Flow, Progress, ReadOptions, Settings};

struct Silent;
impl Progress for Silent {
    fn stage(&self, _: &'static str, _: Option<usize>) {}
    fn done(&self, _: usize) {}
}

const REPORT: &str = "Crown drops Ferrow case

The Crown withdrew the charge of murder against William Ferrow on Tuesday.

Mayor Ana Petrik denied that anything was withheld from the court. \"There was no vote, and there should have been one,\" Ms Petrik said.

The union asked the governor to stay until June, a spokesman said. Dr Okoro said they were tested in January.

The trust put the loss at £4m. Half a million dollars came from forty-one donors, the auditor wrote.

Two clerks, who spoke on condition of anonymity because they feared for their jobs, said that the gate stood open.
";

#[test]
fn a_proposition_has_its_act_and_its_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ferrow.txt");
    std::fs::write(&file, REPORT).expect("a file");
    let engine = Engine::new(&Settings::standard()).expect("an engine");
    let mut lines = Vec::new();
    engine.read(&[file], &ReadOptions::default(), &Silent, &mut |reading| {
        for one in digest(&reading.expect("a reading")).facts.propositions {
            let figures: Vec<i64> = one.numbers.iter().map(|number| number.value / 1000).collect();
            let denied = if one.negated { " DENIED" } else { "" };
            lines.push(format!("[{}] {} {figures:?}{denied}", one.act, one.text));
        }
        Flow::Go
    });
    insta::assert_snapshot!(lines.join("\n"), @r#"
    [The Crown withdrew the charge of] murder against William Ferrow []
    [Mayor Ana Petrik denied] that anything was withheld from the court [] DENIED
    [] There was no vote, and there should have been one," [1] DENIED
    [] The union asked the governor to stay until June []
    [The union asked] the governor to stay until June []
    [] they were tested in January []
    [] The trust put the loss at £4m. [4]
    [] Half a million dollars came from forty-one donors [500000, 41]
    [] that the gate stood open []
    "#);
}
