//! Golden cases of time expressions: each is a sentence, the day it was published, and what must be read in it.

mod support;

use onrecord_language::Job;
use onrecord_understand::times::{day_of, times_in};
use support::PIPELINE;

/// Published on a Tuesday.
const TUESDAY: &str = "2021-03-16";

/// All expressions of a sentence as `words=value`, joined by "; ".
fn read(published: &str, text: &str) -> String {
    let parse = PIPELINE.parse_batch(&[Job::whole(text)]).pop().expect("one parse a job");
    let found = times_in(text, day_of(published), &parse);
    let shown: Vec<String> = found.iter().map(|when| format!("{}={}", &text[when.span], when.value)).collect();
    shown.join("; ")
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, want)| (text, *want, read(TUESDAY, text)))
        .filter(|(_, want, got)| want != got)
        .map(|(text, want, got)| format!("{text}\n  want {want}\n  got  {got}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn weekdays_take_the_side_of_their_verb() {
    check(&[
        ("The harbour board met on Thursday.", "Thursday=2021-03-11"),
        ("The harbour board will meet on Thursday.", "Thursday=2021-03-18"),
        ("The mayor is expected to resign on Friday.", "Friday=2021-03-19"),
        ("She told reporters Monday that the pier was closed.", "Monday=2021-03-15"),
        ("He spoke on Tuesday.", "Tuesday=2021-03-16"),
        ("The council plans to vote on Wednesday.", "Wednesday=2021-03-17"),
        ("The ferry sank on Saturday night.", "Saturday night=2021-03-13TNI"),
        ("The minister resigned late Sunday.", "late Sunday=2021-03-14"),
        ("Last Friday the bridge was shut.", "Last Friday=2021-03-12"),
        ("They will reopen it next Monday.", "next Monday=2021-03-22"),
    ]);
}

#[test]
fn a_present_tense_alone_looks_ahead_no_further_than_behind() {
    check(&[
        ("The quarrel stems from his abrupt decision in January to sell.", "January=2021-01"),
        ("Her claim rests on a letter of January 12.", "January 12=2021-01-12"),
        ("The new timetable starts in April.", "April=2021-04"),
        ("The fair will open in January.", "January=2022-01"),
    ]);
}

#[test]
fn days_are_counted_from_publication() {
    check(&[
        ("The port closed today.", "today=2021-03-16"),
        ("She was arrested yesterday evening.", "yesterday evening=2021-03-15TEV"),
        ("The hearing begins tomorrow.", "tomorrow=2021-03-17"),
        ("He arrived the day before yesterday.", "the day before yesterday=2021-03-14"),
        ("The storm hit last night.", "last night=2021-03-15TNI"),
        ("The minister spoke this morning.", "this morning=2021-03-16TMO"),
        ("A vigil will be held tonight.", "tonight=2021-03-16TNI"),
        ("He was hired two days ago.", "two days ago=2021-03-14"),
        ("Three weeks ago the mine flooded.", "Three weeks ago=2021-W08"),
        ("The law was passed five years ago.", "five years ago=2016"),
        ("A month ago nobody had heard of it.", "A month ago=2021-02"),
        ("The tunnel will open two years from now.", "two years from now=2023"),
    ]);
}

#[test]
fn units_before_and_after_publication() {
    check(&[
        ("The bank failed last week.", "last week=2021-W10"),
        ("Exports fell last month.", "last month=2021-02"),
        ("The firm grew last year.", "last year=2020"),
        ("The vote is due next week.", "next week=2021-W12"),
        ("Rents will rise next year.", "next year=2022"),
        ("He was ill earlier this month.", "earlier this month=2021-03"),
        ("The plan was dropped late last year.", "late last year=2020"),
        ("The fire broke out over the weekend.", "the weekend=2021-W11-WE"),
        ("Two clubs folded last summer.", "last summer=2020-SU"),
        ("Turnout fell in the last quarter.", "the last quarter=P1Q"),
    ]);
}

#[test]
fn dates_of_the_calendar() {
    check(&[
        ("The treaty was signed on 5 June 2017.", "5 June 2017=2017-06-05"),
        ("The treaty was signed on June 5, 2017.", "June 5, 2017=2017-06-05"),
        ("The treaty was signed on Monday, June 5, 2017.", "Monday, June 5, 2017=2017-06-05"),
        ("The strike began on March 3.", "March 3=2021-03-03"),
        ("The trial will start on April 12.", "April 12=2021-04-12"),
        ("The dam burst in November.", "November=2020-11"),
        ("The dam burst in November 2018.", "November 2018=2018-11"),
        ("The dam burst in early February.", "early February=2021-02"),
        ("He led the union from 1998 to 2004.", "1998=1998; 2004=2004"),
        ("She won the 2016 election.", "2016=2016"),
        ("The mill closed in the 1990s.", "the 1990s=199"),
        ("The chapel dates from the 19th century.", "the 19th century=18"),
        ("The log is dated 2020-12-31.", "2020-12-31=2020-12-31"),
        ("Sales fell in the third quarter of 2019.", "the third quarter of 2019=2019-Q3"),
        ("The school opened in the autumn of 2012.", "the autumn of 2012=2012-FA"),
        ("Troops left by the end of 2014.", "the end of 2014=2014"),
        ("They married on Christmas Day.", "Christmas Day=2020-12-25"),
    ]);
}

#[test]
fn clock_times() {
    check(&[
        ("The blast was heard at 9:30 a.m. on Monday.", "9:30 a.m. on Monday=2021-03-15T09:30"),
        ("Polls close at 8 p.m. Thursday.", "8 p.m. Thursday=2021-03-18T20:00"),
        ("The alarm rang at noon.", "noon=2021-03-16T12:00"),
    ]);
}

#[test]
fn durations_and_sets() {
    check(&[
        ("The siege lasted for three months.", "three months=P3M"),
        ("He waited more than two hours.", "more than two hours=PT2H"),
        ("The talks took several days.", "several days=PXD"),
        ("She has led the port for two and a half years.", "two and a half years=P2.5Y"),
        ("The outage lasted half an hour.", "half an hour=PT30M"),
        ("The 25-year-old driver fled.", "25-year-old=P25Y"),
        ("It rained for weeks.", "weeks=PXW"),
        ("He was jailed for a decade.", "a decade=P1DE"),
        ("Prices rose over the past three years.", "the past three years=P3Y"),
        ("The choir meets every Monday.", "every Monday=XXXX-WXX-1"),
        ("The boiler is checked twice a week.", "twice a week=P1W"),
        ("The market opens on Saturdays.", "Saturdays=XXXX-WXX-6"),
        ("Each year two hundred ships dock there.", "Each year=P1Y"),
        ("The site costs $2 million a year.", "a year=P1Y"),
    ]);
}

#[test]
fn times_spoken_of_before() {
    check(&[
        (
            "The crash was on January 4, 2019. The pilot had been warned the day before.",
            "January 4, 2019=2019-01-04; the day before=2019-01-03",
        ),
        ("He was born in 1960. That year the mill burned down.", "1960=1960; That year=1960"),
        (
            "The boat left on May 2, 2020. Three days later it was found.",
            "May 2, 2020=2020-05-02; Three days later=2020-05-05",
        ),
        ("She was mayor at the time.", "the time=PAST_REF"),
        ("The road is now closed.", "now=PRESENT_REF"),
        ("Rents have risen in recent years.", "recent years=PAST_REF"),
    ]);
}

#[test]
fn words_of_time_that_date_nothing() {
    check(&[
        ("Officials may march to the second house.", ""),
        ("April Jones and August Orr spoke for the Daily Echo.", ""),
        ("The 1,200 workers and 2000 sailors went home.", ""),
        ("A quarter of voters stayed away.", ""),
    ]);
}

#[test]
fn without_a_day_of_publication_values_stay_open() {
    assert_eq!(read("", "The board met on Thursday."), "Thursday=XXXX-WXX-4");
    assert_eq!(read("", "The board met in March."), "March=XXXX-03");
    assert_eq!(read("", "The board met on 5 June 2017."), "5 June 2017=2017-06-05");
}

#[test]
fn intervals_say_which_days() {
    let text = "Prices rose over the past three weeks. The board met last month.";
    let parse = PIPELINE.parse_batch(&[Job::whole(text)]).pop().expect("one parse a job");
    let days: Vec<_> = times_in(text, day_of(TUESDAY), &parse).into_iter().filter_map(|when| when.interval).collect();
    let days: Vec<_> = days.iter().map(|(first, last)| format!("{first}..{last}")).collect();
    assert_eq!(days, ["2021-02-23..2021-03-16", "2021-02-01..2021-02-28"]);
}
