//! Bytes to characters, each character mapped to its bytes.

use crate::runs::Mapped;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use onrecord_model::OriginMap;

/// Characters and where they came from.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub text: String,
    pub origin: OriginMap,
    /// One sentence, when the charset was guessed or bytes were unreadable.
    pub note: Option<String>,
}

/// Decodes a whole input. `declared` is the label the input gives for itself (a `<meta charset>`, an HTTP header).
///
/// The order is: byte order mark, valid UTF-8, the declared charset, UTF-8 with a few broken bytes, a guess. `None` when
/// the bytes are no text in any of them.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding == UTF_8
            && let Ok(text) = std::str::from_utf8(&bytes[mark..])
        {
            return Some(plain_utf8(text, mark));
        }
        return decode_as(encoding, bytes, mark).map(|(decoded, _)| decoded);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(plain_utf8(text, 0));
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(encoding) = declared
        && encoding != UTF_8
        && encoding != UTF_16LE
        && encoding != UTF_16BE
        && let Some((decoded, broken)) = decode_as(encoding, bytes, 0)
        && broken * 50 <= bytes.len()
    {
        return Some(decoded);
    }
    if looks_binary(bytes) {
        return None;
    }
    if mostly_utf8(bytes) {
        return decode_as(UTF_8, bytes, 0).map(|(decoded, _)| decoded);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let (mut decoded, broken) = decode_as(guess, bytes, 0)?;
    if broken > 0 || decoded.text.chars().any(|c| ('\u{80}'..'\u{A0}').contains(&c)) {
        return None;
    }
    decoded.note = Some(format!("the file does not name its charset and is not UTF-8; read as {}", guess.name()));
    Some(decoded)
}

fn plain_utf8(text: &str, mark: usize) -> Decoded {
    let mut mapped = Mapped::default();
    mapped.push_exact(text, mark);
    let (text, origin) = mapped.finish();
    Decoded { text, origin, note: None }
}

/// Control characters that no text has.
fn looks_binary(bytes: &[u8]) -> bool {
    bytes.contains(&0) || bytes.iter().filter(|&&b| b < 9 || (14..27).contains(&b)).count() * 100 > bytes.len()
}

/// Whether broken sequences are few beside whole ones of more than one byte.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 10 * broken
}

/// Decodes from byte `from` on, one byte at a time so that every character knows its bytes. Gives the number of broken places.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], from: usize) -> Option<(Decoded, usize)> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut mapped = Mapped::default();
    // One input byte can complete one character, or close a broken one and begin another.
    let mut out = [0u8; 64];
    let (mut unit, mut broken) = (from, 0usize);
    for at in from..=bytes.len() {
        let last = at == bytes.len();
        let mut input: &[u8] = if last { &[] } else { &bytes[at..=at] };
        loop {
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(input, &mut out, last);
            input = &input[read..];
            let done = at + usize::from(!last) - input.len();
            let text = std::str::from_utf8(&out[..written]).ok()?;
            if !text.is_empty() {
                push(&mut mapped, text, bytes, unit, done);
                unit = done;
            }
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => return None,
                DecoderResult::Malformed(..) => {
                    broken += 1;
                    push(&mut mapped, "\u{FFFD}", bytes, unit, done.max(unit));
                    unit = done.max(unit);
                }
            }
        }
    }
    let (text, origin) = mapped.finish();
    let note =
        (broken > 0).then(|| format!("{broken} places are not valid {} and were read as \u{FFFD}", encoding.name()));
    Some((Decoded { text, origin, note }, broken))
}

fn push(mapped: &mut Mapped, text: &str, bytes: &[u8], start: usize, end: usize) {
    if bytes[start..end] == *text.as_bytes() {
        mapped.push_exact(text, start);
    } else if start < end {
        mapped.push_unit(text, start, end - start);
    } else {
        mapped.push_made(text);
    }
}
