//! Publication dates in the forms that pages, feeds and tables write them.

use jiff::civil;

/// `YYYY-MM-DD`, or RFC 3339 where the words give a time and its zone; `None` where they give no whole date or an ambiguous
/// one ("04/05/2024" is April in Boston and May in London).
pub(crate) fn parse_date(words: &str) -> Option<String> {
    let words = words.trim();
    if words.len() < 6 || words.len() > 120 {
        return None;
    }
    rfc3339(words).or_else(|| rfc2822(words)).or_else(|| written(words))
}

/// Whether a line consists of a date, a time and the words that go with them ("Updated 3 May 2024, 14:05 BST") and nothing else.
pub(crate) fn is_date_line(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 80
        && parse_date(line).is_some()
        && pieces(line).iter().all(|p| is_date_word(p))
        && !line.ends_with('?')
}

/// Whether the words are a day or a day and month without need of a year: "Jan 13", "3 May", "Monday", "May 3, 2024".
pub(crate) fn is_partial_date(words: &str) -> bool {
    let all = pieces(words);
    let named = all.iter().any(|p| month(&p.word.to_lowercase()).is_some() || is_weekday(&p.word.to_lowercase()));
    named && all.len() <= 4 && all.iter().all(|p| p.day().is_some() || p.year().is_some() || is_date_word(p))
}

fn is_date_word(piece: &Piece<'_>) -> bool {
    const WORDS: &[&str] = &[
        "published",
        "updated",
        "posted",
        "on",
        "at",
        "of",
        "the",
        "last",
        "first",
        "modified",
        "date",
        "created",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "noon",
        "midnight",
        "gmt",
        "utc",
        "bst",
        "est",
        "edt",
        "et",
        "cst",
        "cdt",
        "ct",
        "mst",
        "mdt",
        "mt",
        "pst",
        "pdt",
        "pt",
        "cet",
        "cest",
        "ist",
        "aest",
        "aedt",
        "nzst",
        "nzdt",
        "wat",
        "eat",
        "sast",
        "hrs",
        "uhr",
        "z",
        "t",
        "local",
        "time",
        "st",
        "nd",
        "rd",
        "th",
        "issued",
        "filed",
        "and",
    ];
    let lower = piece.word.trim_start_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
    lower.is_empty() || month(&lower).is_some() || is_weekday(&lower) || WORDS.contains(&lower.as_str())
}

fn rfc3339(words: &str) -> Option<String> {
    let bytes = words.as_bytes();
    let dashed = bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-';
    if !dashed || !words.is_char_boundary(10) {
        return None;
    }
    let date: civil::Date = words[..10].parse().ok()?;
    let rest = words[10..].trim_start_matches(['T', 't', ' ']);
    if rest.is_empty() {
        return Some(date.to_string());
    }
    // A clock with its zone makes a moment; a clock alone is dropped, since it tells no moment.
    let (clock, zone) = split_zone(rest);
    let zone = zone.and_then(offset);
    Some(match (civil_time(clock), zone) {
        (Some(time), Some(zone)) => format!("{date}T{:02}:{:02}:{:02}{zone}", time.0, time.1, time.2),
        _ => date.to_string(),
    })
}

fn split_zone(clock: &str) -> (&str, Option<&str>) {
    match clock.find(['Z', 'z', '+', '-', ' ']) {
        Some(at) => (&clock[..at], Some(clock[at..].trim())),
        None => (clock, None),
    }
}

/// `Z`, `+hh:mm` of "Z", "+0200", "+02:00", "-05".
fn offset(zone: &str) -> Option<String> {
    if matches!(zone, "Z" | "z" | "UTC" | "GMT" | "UT") {
        return Some("Z".into());
    }
    let sign = zone.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = zone[1..].chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "00"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let in_range = hours.parse::<u8>().ok()? <= 14 && minutes.parse::<u8>().ok()? < 60;
    if !in_range || zone.len() > 6 {
        return None;
    }
    Some(if hours == "00" && minutes == "00" { "Z".into() } else { format!("{sign}{hours}:{minutes}") })
}

fn civil_time(clock: &str) -> Option<(u8, u8, u8)> {
    let clock = clock.split('.').next()?;
    let mut parts = clock.split(':');
    let hour: u8 = parts.next()?.parse().ok()?;
    let minute: u8 = parts.next()?.parse().ok()?;
    let second: u8 = parts.next().map_or(Some(0), |s| s.parse().ok())?;
    (hour < 24 && minute < 60 && second < 60).then_some((hour, minute, second))
}

/// "Fri, 03 May 2024 14:05:00 +0200", as feeds and mail headers have it.
fn rfc2822(words: &str) -> Option<String> {
    let words =
        words.split_once(", ").filter(|(day, _)| is_weekday(&day.to_ascii_lowercase())).map_or(words, |(_, rest)| rest);
    let parts: Vec<&str> = words.split_whitespace().collect();
    let [day, month_word, year, clock, zone] = parts[..] else { return None };
    let date = ymd(year.parse().ok()?, month(&month_word.to_ascii_lowercase())?, day.parse().ok()?)?;
    let (time, zone) = (civil_time(clock)?, offset(zone)?);
    Some(format!("{date}T{:02}:{:02}:{:02}{zone}", time.0, time.1, time.2))
}

struct Piece<'a> {
    word: &'a str,
    /// The character after the word, `' '` at the end.
    after: char,
}

impl Piece<'_> {
    fn is_number(&self) -> bool {
        self.word.bytes().all(|b| b.is_ascii_digit())
    }

    fn number(&self) -> Option<u32> {
        if self.is_number() { self.word.parse().ok() } else { None }
    }

    /// "3", "3rd", "21st".
    fn day(&self) -> Option<u32> {
        let digits = self.word.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &self.word[digits..];
        let ordinal = ["", "st", "nd", "rd", "th"].iter().any(|end| rest.eq_ignore_ascii_case(end));
        (ordinal && (1..=2).contains(&digits))
            .then(|| self.word[..digits].parse().ok())?
            .filter(|d| (1..=31).contains(d))
    }

    fn year(&self) -> Option<u32> {
        self.number().filter(|y| self.word.len() == 4 && (1700..=2100).contains(y))
    }
}

fn pieces(words: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(Piece { word: &words[from..at], after: c });
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// "3 May 2024", "May 3rd, 2024", "Friday 3 May 2024 at 14:05", "2024/05/03", "03.05.2024", "20240503".
fn written(words: &str) -> Option<String> {
    let all = pieces(words);
    for (at, piece) in all.iter().enumerate() {
        let next = |n: usize| all.get(at + n);
        if let Some(month) = month(&piece.word.to_lowercase()) {
            let before = at.checked_sub(1).and_then(|i| all[i].day());
            // "3rd of May 2024", "3 de mayo de 2024"
            let before_of = at.checked_sub(2).filter(|_| is_of(all[at - 1].word)).and_then(|i| all[i].day());
            let year_next = next(1)
                .and_then(Piece::year)
                .or_else(|| next(1).filter(|p| is_of(p.word)).and_then(|_| next(2)?.year()));
            if let (Some(day), Some(year)) = (before.or(before_of), year_next) {
                return Some(ymd(year, month, day)?.to_string());
            }
            if let (Some(day), Some(year)) = (next(1).and_then(Piece::day), next(2).and_then(Piece::year)) {
                return Some(ymd(year, month, day)?.to_string());
            }
        }
        if let Some(date) = numeric(piece, next(1), next(2)) {
            return Some(date.to_string());
        }
    }
    None
}

fn is_of(word: &str) -> bool {
    matches!(word, "of" | "de" | "del")
}

fn numeric(first: &Piece<'_>, second: Option<&Piece<'_>>, third: Option<&Piece<'_>>) -> Option<civil::Date> {
    if first.is_number() && first.word.len() == 8 {
        let year = first.word[..4].parse().ok().filter(|y| (1900..=2100).contains(y))?;
        return ymd(year, first.word[4..6].parse().ok()?, first.word[6..].parse().ok()?);
    }
    let (second, third) = (second?, third?);
    let mark = first.after;
    if mark != second.after || !matches!(mark, '/' | '.' | '-') {
        return None;
    }
    if let Some(year) = first.year() {
        return ymd(year, second.number()?, third.day()?);
    }
    let (a, b, year) = (first.number()?, second.number()?, third.year()?);
    match mark {
        '.' => ymd(year, b, a),
        _ if a > 12 || a == b => ymd(year, b, a),
        _ if b > 12 => ymd(year, a, b),
        _ => None,
    }
}

fn ymd(year: u32, month: u32, day: u32) -> Option<civil::Date> {
    civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn is_weekday(word: &str) -> bool {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3
        && (DAYS.contains(&word)
            || DAYS.iter().any(|d| d[..3] == *word)
            || matches!(word, "tues" | "weds" | "thur" | "thurs"))
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "januar", "janvier", "enero", "gennaio", "januari"],
        &["february", "februar", "février", "febrero", "febbraio", "februari"],
        &["march", "märz", "mars", "marzo", "maart"],
        &["april", "avril", "abril", "aprile"],
        &["may", "mai", "mayo", "maggio", "mei"],
        &["june", "juni", "juin", "junio", "giugno"],
        &["july", "juli", "juillet", "julio", "luglio"],
        &["august", "août", "agosto", "augustus"],
        &["september", "septembre", "septiembre", "settembre"],
        &["october", "oktober", "octobre", "octubre", "ottobre"],
        &["november", "novembre", "noviembre"],
        &["december", "dezember", "décembre", "diciembre", "dicembre"],
    ];
    const SHORT: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let place = |found: usize| Some(found as u32 + 1);
    if let Some(at) = MONTHS.iter().position(|names| names.contains(&word)) {
        return place(at);
    }
    let word = if word == "sept" { "sep" } else { word };
    SHORT.iter().position(|short| *short == word).and_then(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_hands() {
        let cases = [
            ("2024-05-03", "2024-05-03"),
            ("2024-05-03T14:05:00Z", "2024-05-03T14:05:00Z"),
            ("2024-05-03T14:05:00+12:00", "2024-05-03T14:05:00+12:00"),
            ("2024-05-03 14:05:09.123 +0200", "2024-05-03T14:05:09+02:00"),
            ("2024-05-03T14:05", "2024-05-03"),
            ("Fri, 03 May 2024 14:05:00 GMT", "2024-05-03T14:05:00Z"),
            ("Published 3 May 2024 14:05", "2024-05-03"),
            ("Updated: May 3rd, 2024 at 2:05 p.m. ET", "2024-05-03"),
            ("Sept. 9, 2021", "2021-09-09"),
            ("Tuesday, February 6, 2024, 8.15am", "2024-02-06"),
            ("3. Mai 2024", "2024-05-03"),
            ("3 de mayo de 2024", "2024-05-03"),
            ("03.05.2024", "2024-05-03"),
            ("05/23/2024", "2024-05-23"),
            ("2024/5/3", "2024-05-03"),
            ("20240503", "2024-05-03"),
        ];
        for (words, date) in cases {
            assert_eq!(parse_date(words).as_deref(), Some(date), "{words}");
        }
        for words in ["04/05/2024", "30 February 2024", "yesterday", "May 2024", "", "2024-13-01", "no. 3 of 2024"] {
            assert_eq!(parse_date(words), None, "{words}");
        }
    }

    #[test]
    fn a_sentence_with_a_date_is_no_date_line() {
        assert!(is_date_line("Published 3 May 2024 14:05 BST"));
        assert!(is_date_line("Tuesday, February 6, 2024, 8.15am"));
        assert!(!is_date_line("The bridge closed on 3 May 2024"));
    }
}
