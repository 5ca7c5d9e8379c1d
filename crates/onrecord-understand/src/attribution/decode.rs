//! From role scores to the best reading of a window: one run of cue that holds the anchor, at most one run of source, one
//! to three runs of content. Exact (Viterbi over a small automaton); ties go to the earlier role.

use super::spans::Candidate;
use super::tagger::ROLES;
use super::tree::Range;

/// Roles as the tagger numbers them.
const CUE: usize = 1;
const SOURCE: usize = 2;
const CONTENT: usize = 3;

/// How many runs of which role a reading has so far, the running one among them, is one number below this: runs of source,
/// and twice those of cue, and four times those of content. What is known for all of them stands in lanes beside one another.
const COUNTS: usize = 16;
/// What a run of each role adds to that number.
const RUN: [usize; ROLES] = [0, 2, 1, 4];
const IMPOSSIBLE: f32 = -1e9;
/// What it costs a reading that the role changes from one token to the next, as the logarithm of a probability: a reading of few runs is
/// likelier than the scores of its tokens tell, which know nothing of each other.
const BOUNDARY: f32 = 0.5;

type Lanes = [f32; COUNTS];

/// For each role the counts that no reading has whose running run is of that role: they would have no such run.
const BARRED: [Lanes; ROLES] = {
    let mut barred = [[0.0; COUNTS]; ROLES];
    let mut counts = 0;
    while counts < COUNTS {
        let has = [true, counts & RUN[CUE] != 0, counts & RUN[SOURCE] != 0, counts >= RUN[CONTENT]];
        let mut role = 0;
        while role < ROLES {
            barred[role][counts] = if has[role] { 0.0 } else { IMPOSSIBLE };
            role += 1;
        }
        counts += 1;
    }
    barred
};

/// Scores of the best readings up to a token, by the role of the token.
#[derive(Clone, Copy)]
struct Readings([Lanes; ROLES]);

impl Readings {
    /// Before the first token only runs that begin there are possible.
    fn begin() -> Readings {
        let mut readings = Readings([[IMPOSSIBLE; COUNTS]; ROLES]);
        for (lanes, run) in readings.0.iter_mut().zip(RUN) {
            lanes[run] = 0.0;
        }
        readings
    }

    /// The readings with one more token, still without its scores; `back` gets the role of the token before.
    fn follow(&self, back: &mut [[u8; COUNTS]; ROLES]) -> Readings {
        let mut next = *self;
        for role in 0..ROLES {
            let (mut other, mut from) = ([f32::MIN; COUNTS], [0u32; COUNTS]);
            for before in (0..ROLES).filter(|before| *before != role) {
                for ((best, from), score) in other.iter_mut().zip(&mut from).zip(&self.0[before]) {
                    (*best, *from) = if *score > *best { (*score, before as u32) } else { (*best, *from) };
                }
            }
            let (mut began, mut after) = ([IMPOSSIBLE; COUNTS], [0u32; COUNTS]);
            began[RUN[role]..].copy_from_slice(&other[..COUNTS - RUN[role]]);
            after[RUN[role]..].copy_from_slice(&from[..COUNTS - RUN[role]]);
            for counts in 0..COUNTS {
                let new = began[counts] + BARRED[role][counts] - BOUNDARY;
                let stays = next.0[role][counts] >= new;
                next.0[role][counts] = if stays { next.0[role][counts] } else { new };
                after[counts] = if stays { role as u32 } else { after[counts] };
            }
            back[role] = after.map(|role| role as u8);
        }
        next
    }
}

/// Room for decoding, kept between windows.
#[derive(Default)]
pub struct Decoder {
    /// The role of each token in the reading found last.
    pub roles: Vec<u8>,
    back: Vec<[[u8; COUNTS]; ROLES]>,
}

impl Decoder {
    /// The best parts for role scores of a window that begins at token `first`; `scores[t]` are natural logarithms.
    /// Nothing where no reading has the cue and `parts_min` parts of content. The roles are left in [`Decoder::roles`].
    pub fn decode(&mut self, scores: &[[f32; ROLES]], first: u32, anchor: u32, parts_min: u8) -> Option<Candidate> {
        let anchor_at = (anchor - first) as usize;
        self.back.clear();
        self.back.resize(scores.len(), [[0; COUNTS]; ROLES]);
        let mut now = Readings::begin();
        for (at, (scores, back)) in scores.iter().zip(&mut self.back).enumerate() {
            if at > 0 {
                now = now.follow(back);
            }
            for (role, (lanes, score)) in now.0.iter_mut().zip(scores).enumerate() {
                if at == anchor_at && role != CUE {
                    *lanes = [IMPOSSIBLE; COUNTS];
                } else {
                    lanes.iter_mut().for_each(|lane| *lane += score);
                }
            }
        }
        let (mut best, mut end) = (IMPOSSIBLE / 2.0, None);
        for (role, lanes) in now.0.iter().enumerate() {
            for (counts, score) in lanes.iter().enumerate() {
                let whole = counts & RUN[CUE] != 0 && counts >= usize::from(parts_min) * RUN[CONTENT];
                if whole && *score > best {
                    (best, end) = (*score, Some((role, counts)));
                }
            }
        }
        Some(self.parts(end?, first, anchor))
    }

    /// The reading that ends in a role and in counts.
    fn parts(&mut self, (mut role, mut counts): (usize, usize), first: u32, anchor: u32) -> Candidate {
        let mut found = Candidate { anchor, ..Candidate::default() };
        let mut end = self.back.len();
        self.roles.clear();
        self.roles.resize(end, 0);
        for at in (0..end).rev() {
            self.roles[at] = role as u8;
            let before = usize::from(self.back[at][role][counts]);
            if at > 0 && before == role {
                continue;
            }
            let range: Range = (first + at as u32, first + end as u32);
            match role {
                CUE => found.cue = range,
                SOURCE => found.source = Some(range),
                CONTENT => found.content.push(range),
                _ => {}
            }
            counts -= RUN[role];
            (role, end) = (before, at);
        }
        found.content.reverse();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that favour the letters: `.` none, `c` cue, `s` source, `x` content; capitals favour strongly.
    fn check(letters: &str, anchor: u32) -> String {
        let scores: Vec<[f32; ROLES]> = letters
            .chars()
            .map(|c| {
                let role = ".csx".find(c.to_ascii_lowercase()).expect("a known letter");
                let mut row = [-3.0; ROLES];
                row[role] = if c.is_ascii_uppercase() { 5.0 } else { -0.1 };
                row
            })
            .collect();
        let found = Decoder::default().decode(&scores, 0, anchor, 1).expect("a reading");
        let mut out = vec!['.'; letters.len()];
        let parts =
            found.content.iter().map(|r| (*r, 'x')).chain(found.source.map(|r| (r, 's'))).chain([(found.cue, 'c')]);
        for (range, letter) in parts {
            out[range.0 as usize..range.1 as usize].fill(letter);
        }
        out.into_iter().collect()
    }

    #[test]
    fn one_cue_one_source_and_parts_of_content() {
        assert_eq!(check("xxx.ssc.xxx", 6), "xxx.ssc.xxx");
        // A second source and a cue away from the anchor are not possible.
        assert_eq!(check("xxx.sSc.s.xxx", 6), "xxx.ssc...xxx");
        assert_eq!(check("c...xx", 3), "...cxx");
        // Content is needed.
        assert!(check("..sc.", 3).contains('x'));
    }
}
