//! Builds the map from a text back to the bytes it was read from.

use onrecord_model::OriginMap;

/// A text that grows piece by piece, each piece with the bytes it came from.
///
/// Keeps the promise of [`OriginMap`]: a run of equal lengths has equal bytes. A decoded unit that happens to be as long as
/// its input (an "é" of UTF-16) is joined with what follows it until the lengths differ.
#[derive(Default)]
pub(crate) struct Mapped {
    pub text: String,
    runs: Vec<Run>,
}

#[derive(Clone, Copy)]
struct Run {
    text: usize,
    input: usize,
    text_len: usize,
    input_len: usize,
    /// The bytes are the same one to one.
    exact: bool,
}

impl Mapped {
    /// Appends text that no input made (a line break between blocks).
    pub fn push_made(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends characters that stand at `input` byte for byte.
    pub fn push_exact(&mut self, text: &str, input: usize) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(text);
        let run = Run { text: at, input, text_len: text.len(), input_len: text.len(), exact: true };
        match self.runs.last_mut() {
            Some(last) if last.adjoins(&run) && last.exact => {
                last.text_len += run.text_len;
                last.input_len += run.input_len;
            }
            _ => self.runs.push(run),
        }
    }

    /// Appends one decoded unit: `text` stands for `input_len` bytes at `input`.
    pub fn push_unit(&mut self, text: &str, input: usize, input_len: usize) {
        if text.is_empty() {
            return;
        }
        let run = Run { text: self.text.len(), input, text_len: text.len(), input_len, exact: false };
        self.text.push_str(text);
        match self.runs.last_mut() {
            Some(last) if last.adjoins(&run) && last.is_ambiguous() => {
                last.text_len += run.text_len;
                last.input_len += run.input_len;
            }
            _ => self.runs.push(run),
        }
    }

    /// The text and its map.
    pub fn finish(self) -> (String, OriginMap) {
        let mut runs: Vec<Run> = Vec::with_capacity(self.runs.len());
        for mut run in self.runs {
            if run.is_ambiguous() {
                let before = runs.last().map_or(0, |last| last.input + last.input_len);
                if run.input > before {
                    // Give the unit one byte of what stands before it (a mark, a tag), so that its lengths differ.
                    run.input -= 1;
                    run.input_len += 1;
                } else if run.input_len > 1 {
                    run.input_len -= 1;
                } else {
                    // One byte for another (a lone carriage return read as a line feed): made by the reader.
                    continue;
                }
            }
            runs.push(run);
        }
        let runs = runs
            .iter()
            .map(|run| [run.text as u32, run.input as u32, run.text_len as u32, run.input_len as u32])
            .collect();
        (self.text, OriginMap { runs })
    }
}

impl Run {
    fn adjoins(&self, next: &Run) -> bool {
        self.text + self.text_len == next.text && self.input + self.input_len == next.input
    }

    fn is_ambiguous(&self) -> bool {
        !self.exact && self.text_len == self.input_len
    }
}

/// Walks an [`OriginMap`] forwards and copies pieces of its text into a new [`Mapped`], so that maps can be chained.
pub(crate) struct Copier<'a> {
    text: &'a str,
    runs: &'a [[u32; 4]],
    at: usize,
}

impl<'a> Copier<'a> {
    pub fn new(text: &'a str, origin: &'a OriginMap) -> Copier<'a> {
        Copier { text, runs: &origin.runs, at: 0 }
    }

    /// Appends `self.text[start..end]` to `into`, mapped as in the old map. Pieces must be asked for in order.
    pub fn copy(&mut self, start: usize, end: usize, into: &mut Mapped) {
        self.copy_shifted(start, end, 0, into);
    }

    /// As [`Copier::copy`], with places of the input counted from its byte `zero`.
    pub fn copy_shifted(&mut self, start: usize, end: usize, zero: usize, into: &mut Mapped) {
        let mut start = start;
        self.forward(start);
        while start < end {
            let Some((from, input, text_len, input_len)) = self.run() else {
                into.push_made(&self.text[start..end]);
                return;
            };
            if start < from {
                let stop = end.min(from);
                into.push_made(&self.text[start..stop]);
                start = stop;
                continue;
            }
            let stop = end.min(from + text_len);
            if text_len == input_len {
                into.push_exact(&self.text[start..stop], input + (start - from) - zero);
            } else {
                into.push_unit(&self.text[start..stop], input - zero, input_len);
            }
            start = stop;
            self.forward(start);
        }
    }

    /// The input bytes that `start..end` of the text came from: first and one past the last.
    pub fn input_of(&mut self, start: usize, end: usize) -> Option<(usize, usize)> {
        let mut whole: Option<(usize, usize)> = None;
        self.forward(start);
        for run in &self.runs[self.at..] {
            let [from, input, text_len, input_len] = run.map(|n| n as usize);
            if from >= end {
                break;
            }
            let (mut first, mut last) = (input, input + input_len);
            if text_len == input_len {
                first = input + start.max(from) - from;
                last = input + end.min(from + text_len) - from;
            }
            whole = Some(whole.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
        }
        whole
    }

    fn run(&self) -> Option<(usize, usize, usize, usize)> {
        self.runs.get(self.at).map(|r| (r[0] as usize, r[1] as usize, r[2] as usize, r[3] as usize))
    }

    fn forward(&mut self, to: usize) {
        while self.run().is_some_and(|(from, _, len, _)| from + len <= to) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Mapped;

    #[test]
    fn a_unit_as_long_as_its_input_is_never_taken_for_the_same_bytes() {
        let mut mapped = Mapped::default();
        mapped.push_unit("\n", 0, 1);
        mapped.push_exact("x", 1);
        mapped.push_unit("é", 4, 2);
        let (text, origin) = mapped.finish();
        assert_eq!(text, "\nxé");
        assert_eq!(origin.runs, [[1, 1, 1, 1], [2, 3, 2, 3]]);
    }
}
