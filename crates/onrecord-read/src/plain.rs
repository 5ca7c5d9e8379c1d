//! Plain text files.

use crate::assemble::Draft;
use crate::runs::{Copier, Mapped};
use crate::text::{Hint, Piece, paragraphs::paragraphs, sort_blocks};
use crate::{Trouble, charset};
use onrecord_model::OriginMap;

/// Reads a text file. `as_is` keeps every character (a byte order mark is no character); else line ends become `\n`.
pub(crate) fn read(file: &str, bytes: &[u8], as_is: bool) -> Result<Draft, Trouble> {
    let decoded = decode(file, bytes, None)?;
    let (text, origin) =
        if as_is { (decoded.text, decoded.origin) } else { normal_line_ends(decoded.text, decoded.origin) };
    Ok(Draft { notes: decoded.note.into_iter().collect(), ..draft(text, origin) })
}

/// The draft of a text that is a report of its own.
pub(crate) fn draft(text: String, origin: OriginMap) -> Draft {
    let pieces: Vec<Piece> =
        paragraphs(&text).iter().map(|p| Piece { start: p.start, end: p.end, gap: p.gap, hint: Hint::None }).collect();
    let found = sort_blocks(&text, &pieces);
    Draft { found, text, origin, ..Draft::default() }
}

/// Characters of the bytes, or the trouble with them.
pub(crate) fn decode(file: &str, bytes: &[u8], declared: Option<&str>) -> Result<charset::Decoded, Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::new(file, "is empty; remove it or save the report again"));
    }
    let decoded = charset::decode(bytes, declared).ok_or_else(|| {
        Trouble::new(file, "is not UTF-8 and no other charset fits; save it as UTF-8 text and read it again")
    })?;
    if decoded.text.trim().is_empty() {
        return Err(Trouble::new(file, "holds nothing but white space; remove it or save the report again"));
    }
    Ok(decoded)
}

/// `\r\n` and lone `\r` become `\n`.
pub(crate) fn normal_line_ends(text: String, origin: OriginMap) -> (String, OriginMap) {
    if !text.contains('\r') {
        return (text, origin);
    }
    let mut copier = Copier::new(&text, &origin);
    let mut mapped = Mapped::default();
    let mut from = 0;
    for (at, _) in text.match_indices('\r') {
        copier.copy(from, at, &mut mapped);
        from = at + 1;
        if !text[from..].starts_with('\n') {
            match copier.input_of(at, from) {
                Some((first, last)) => mapped.push_unit("\n", first, last - first),
                None => mapped.push_made("\n"),
            }
        }
    }
    copier.copy(from, text.len(), &mut mapped);
    mapped.finish()
}
