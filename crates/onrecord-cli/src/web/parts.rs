//! Small parts that several pages share.

use super::links;
use maud::{Markup, html};
use onrecord::views::{Citation, Counts, LedgerLine, ReportHead, Wording};

/// Day of a publication date ("2024-10-08").
pub fn day(published: &str) -> &str {
    published.get(..10).unwrap_or(published)
}

/// A date as people read it: "8 Oct 2024", with the time where it is known and asked for.
pub fn date(published: Option<&str>, with_time: bool) -> Markup {
    let Some(published) = published else { return html! { span.soft { "undated" } } };
    html! { time datetime=(published) { (spelled(published, with_time)) } }
}

/// "8 Oct 2024" or "8 Oct 2024, 07:55"; what is no date stays as it is.
pub fn spelled(published: &str, with_time: bool) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut parts = day(published).split('-');
    let (Some(year), Some(month)) = (parts.next(), parts.next()) else { return published.to_owned() };
    let of_month = parts.next();
    let Some(month) = month.parse::<usize>().ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))) else {
        return published.to_owned();
    };
    let time = published.get(11..16).filter(|_| with_time).map(|t| format!(", {t}")).unwrap_or_default();
    match of_month {
        Some(day) => format!("{} {month} {year}{time}", day.trim_start_matches('0')),
        None => format!("{month} {year}"),
    }
}

/// "1 report", "3 reports".
pub fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// "2", or "2 to 3".
pub fn range(min: u32, max: u32) -> String {
    if min == max { min.to_string() } else { format!("{min} to {max}") }
}

/// Origins as a bar, filled where certain and hollow where possible, with the same in figures.
pub fn origin_bar(min: u32, max: u32) -> Markup {
    const SHOWN_MAX: u32 = 9;
    let shown = max.min(SHOWN_MAX);
    let width = shown * 11 + 1;
    let words = format!("{} origin{}", range(min, max), if max == 1 { "" } else { "s" });
    html! {
        span.origins title={ (min) " certain, " (max) " possible" } {
            svg width=(width) height="11" viewBox={ "0 0 " (width) " 11" } aria-hidden="true" focusable="false" {
                @for square in 0..shown {
                    rect class=(if square < min { "certain" } else { "possible" }) x=(f64::from(square * 11) + 1.0) y="1.5" width="8" height="8" stroke-width="1.3" {}
                }
            }
            @if max > SHOWN_MAX { "+" }
            span { (words) }
        }
    }
}

/// "16 reports → 13 texts → 6 to 9 origins", each a link.
pub fn funnel(numbers: &Counts, reports: &str, texts: &str, origins: &str) -> Markup {
    html! {
        p.funnel {
            a href=(reports) { b { (numbers.reports) } (if numbers.reports == 1 { " report" } else { " reports" }) }
            span.arrow aria-hidden="true" { "→" }
            a href=(texts) { b { (numbers.texts) } (if numbers.texts == 1 { " text" } else { " texts" }) }
            span.arrow aria-hidden="true" { "→" }
            a href=(origins) { b { (range(numbers.origins_min, numbers.origins_max)) } (if numbers.origins_max == 1 { " origin" } else { " origins" }) }
        }
    }
}

/// The word for a basis.
pub fn basis_word(basis: &str) -> &str {
    match basis {
        "anonymous" => "unnamed",
        "own-voice" => "own voice",
        "unspecified" => "no source given",
        other => other,
    }
}

/// A basis as a badge: a word, a line style, a colour.
pub fn badge(basis: &str) -> Markup {
    let class = match basis {
        "named" | "organisation" | "anonymous" | "document" | "outlet" => basis,
        _ => "plain",
    };
    html! { span.badge.(class) { (basis_word(basis)) } }
}

/// The basis of one utterance, with the number of unnamed people where it is known.
pub fn basis(utterance: &Wording) -> Markup {
    match utterance.anonymity.as_ref().and_then(|a| a.count) {
        Some(people) if utterance.basis == "anonymous" && people > 1 => {
            html! { span.badge.anonymous { "unnamed × " (people) } }
        }
        _ => badge(&utterance.basis),
    }
}

/// A kind of conflict in words.
pub fn conflict_word(kind: &str) -> &str {
    match kind {
        "number" => "numbers differ",
        "polarity" => "disputed",
        "date" => "dates differ",
        "changed" => "changed",
        "hedge-dropped" => "hedge dropped",
        "source-upgraded" => "source upgraded",
        other => other,
    }
}

/// Who is credited, as well as the record knows.
pub fn speaker(utterance: &Wording) -> Markup {
    match (&utterance.speaker, &utterance.source) {
        (Some(speaker), _) => match &speaker.entity {
            Some(entity) => html! { a href=(links::person(entity)) { (speaker.name) } },
            None => html! { (speaker.name) },
        },
        (None, Some(source)) => html! { (source.exact) },
        (None, None) if utterance.basis == "own-voice" => html! { "the report itself" },
        (None, None) => html! { "no one named" },
    }
}

/// A passage with the words and the way to them.
pub fn passage(place: &Citation) -> Markup {
    html! {
        div.passage {
            q { (place.exact) }
            (whereabouts(place))
        }
    }
}

/// "Outlet, 8 Oct 2024: Headline", as a link to exactly these words.
pub fn whereabouts(place: &Citation) -> Markup {
    html! {
        a.place href=(links::citation(place)) {
            (place.outlet) @if place.outlet.is_empty() { "Unknown outlet" }
            @if let Some(published) = &place.published { ", " (spelled(published, false)) }
            ": " (place.title)
        }
    }
}

/// A citation as one line of text, to copy.
pub fn citation(place: &Citation) -> String {
    let outlet = if place.outlet.is_empty() { "unknown outlet" } else { &place.outlet };
    let when = place.published.as_deref().map_or_else(|| "undated".to_owned(), |p| spelled(p, false));
    format!("“{}” — “{}”, {outlet}, {when} [{} {}–{}]", place.exact, place.title, place.report, place.start, place.end)
}

/// A report as a link with outlet and date.
pub fn report_link(report: &ReportHead) -> Markup {
    html! {
        a href=(links::report(&report.id)) { (report.title) @if report.title.is_empty() { "(no headline)" } }
        " " span.soft { (report.outlet) ", " (date(report.published.as_deref(), false)) }
    }
}

/// Statements as a ledger; `open` is the one whose evidence is shown.
pub fn ledger(lines: &[LedgerLine], open: Option<&str>) -> Markup {
    html! { ol.ledger { @for line in lines { (ledger_line(line, open == Some(line.statement.id.as_str()))) } } }
}

fn ledger_line(line: &LedgerLine, open: bool) -> Markup {
    const SPEAKERS_MAX: usize = 3;
    let statement = &line.statement;
    let more = line.speakers.len().saturating_sub(SPEAKERS_MAX);
    html! {
        li data-line=(statement.id) data-evidence=(links::evidence(&statement.id)) data-cite=(citation(&line.first)) aria-current=[open.then_some("true")] {
            div {
                a.gist href=(links::statement(&statement.id)) { (statement.gist) }
                div.who {
                    span { (line.speakers.iter().take(SPEAKERS_MAX).cloned().collect::<Vec<_>>().join(", ")) @if more > 0 { " and " (more) " more" } }
                    @for kind in &statement.bases { (badge(kind)) }
                    @for kind in &statement.conflicts { span.badge.conflict { (conflict_word(kind)) } }
                }
            }
            div.right {
                div { (origin_bar(statement.origins_min, statement.origins_max)) }
                div { (count(statement.reports, "report", "reports")) }
                div { a href=(links::citation(&line.first)) title={ "First seen: " (line.first.outlet) } {
                    @match &statement.first_reported { Some(first) => (spelled(first, false)), None => "first seen" } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_spelled() {
        assert_eq!(spelled("2024-10-08T07:55:00Z", true), "8 Oct 2024, 07:55");
        assert_eq!(spelled("2024-10-08", true), "8 Oct 2024");
        assert_eq!(spelled("2024-03", true), "Mar 2024");
        assert_eq!((spelled("<b>", false), spelled("2024", false)), ("<b>".to_owned(), "2024".to_owned()));
        assert_eq!(spelled("2024-13-99", false), "2024-13-99");
    }

    #[test]
    fn origins_are_never_a_bare_number_when_they_are_a_range() {
        assert_eq!(range(1, 2), "1 to 2");
        let bar = origin_bar(1, 2).into_string();
        assert!(bar.contains("1 certain, 2 possible") && bar.contains("1 to 2 origins"));
        assert_eq!(bar.matches("class=\"certain\"").count(), 1);
        assert_eq!(bar.matches("class=\"possible\"").count(), 1);
    }
}
