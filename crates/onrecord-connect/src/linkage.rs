//! Groups by average linkage (Sokal and Michener 1958), in time that follows the number of pairs.

use crate::hashed::Hashed;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Two of a list, by index, the first before the second, and how alike they are: above zero.
pub(crate) type Alike = (u32, u32, f32);

/// Groups of `count` things, each sorted, by first member. The two groups that are most alike on average are merged as long as they are
/// at least `least` alike; pairs that are not told are not alike at all; ties go to the earlier pair.
///
/// The smaller list of links goes into the larger, and only sums that grew are asked for again at once: where the sum stays and the group
/// grows, the average falls, and what waits in the queue is put back when its turn comes. O(p · log² p) for p pairs.
pub(crate) fn groups(count: usize, pairs: &[Alike], least: f32) -> Vec<Vec<usize>> {
    counted(count, pairs, least).0
}

/// The same, with how many entries of the queue and how many links were looked at.
fn counted(count: usize, pairs: &[Alike], least: f32) -> (Vec<Vec<usize>>, usize) {
    let mut looked_at = 0;
    let mut linkage = Linkage::new(count, pairs, least);
    // Averages are positive, so their bits have their order.
    let strong = pairs.iter().filter(|pair| pair.2 >= least);
    let mut queue: BinaryHeap<Waiting> = strong.map(|&(a, b, s)| (s.to_bits(), Reverse(a), Reverse(b))).collect();
    while let Some((bits, Reverse(one), Reverse(other))) = queue.pop() {
        looked_at += 1;
        let (one, other) = (linkage.group(one), linkage.group(other));
        if one == other {
            continue;
        }
        let Some(waiting) = linkage.waiting(one, other) else { continue };
        if waiting.0 == bits {
            looked_at += linkage.merge(one, other, &mut queue);
        } else if waiting.0 < bits {
            queue.push(waiting);
        }
    }
    let mut made: Vec<Vec<usize>> = linkage.members.into_iter().filter(|members| !members.is_empty()).collect();
    for group in &mut made {
        group.sort_unstable();
    }
    made.sort_unstable();
    (made, looked_at)
}

/// A pair of groups in the queue: the bits of its average, and the first members of both. The greatest average comes first, then the
/// earlier pair.
type Waiting = (u32, Reverse<u32>, Reverse<u32>);

struct Linkage {
    least: f32,
    /// The group in which a thing is, or one that went into it.
    into: Vec<u32>,
    /// The first member of each group.
    first: Vec<u32>,
    members: Vec<Vec<usize>>,
    /// Sums of likeness over pairs of members, told by both groups. Links to groups that are no more stay and say nothing.
    links: Vec<Hashed<u32, f32>>,
}

impl Linkage {
    fn new(count: usize, pairs: &[Alike], least: f32) -> Linkage {
        let islands = Islands::new(count, pairs, least);
        let mut degrees = vec![0; count];
        let inside = || pairs.iter().filter(|&&(a, b, _)| islands.0[a as usize] == islands.0[b as usize]);
        for &(a, b, _) in inside() {
            degrees[a as usize] += 1;
            degrees[b as usize] += 1;
        }
        let sized = |degree: usize| Hashed::with_capacity_and_hasher(degree, Default::default());
        let mut links: Vec<Hashed<u32, f32>> = degrees.into_iter().map(sized).collect();
        for &(a, b, s) in inside() {
            links[a as usize].insert(b, s);
            links[b as usize].insert(a, s);
        }
        Linkage {
            least,
            into: (0..count as u32).collect(),
            first: (0..count as u32).collect(),
            members: (0..count).map(|ix| vec![ix]).collect(),
            links,
        }
    }

    fn group(&mut self, mut at: u32) -> u32 {
        while self.into[at as usize] != at {
            self.into[at as usize] = self.into[self.into[at as usize] as usize];
            at = self.into[at as usize];
        }
        at
    }

    /// The entry of two groups in the queue, where they are alike enough.
    fn waiting(&self, one: u32, other: u32) -> Option<Waiting> {
        let sum = self.links[one as usize].get(&other)?;
        let average = sum / (self.members[one as usize].len() * self.members[other as usize].len()) as f32;
        let (a, b) = (self.first[one as usize], self.first[other as usize]);
        (average >= self.least).then(|| (average.to_bits(), Reverse(a.min(b)), Reverse(a.max(b))))
    }

    /// Merges two groups; gives how many links were looked at.
    fn merge(&mut self, one: u32, other: u32, queue: &mut BinaryHeap<Waiting>) -> usize {
        let fewer = self.links[one as usize].len() < self.links[other as usize].len();
        let (into, from) = if fewer { (other, one) } else { (one, other) };
        self.into[from as usize] = into;
        self.first[into as usize] = self.first[into as usize].min(self.first[from as usize]);
        let moved = std::mem::take(&mut self.members[from as usize]);
        self.members[into as usize].extend(moved);
        let taken = std::mem::take(&mut self.links[from as usize]);
        let looked_at = taken.len();
        #[allow(clippy::iter_over_hash_type)] // each sum grows by itself, and the queue has an order of its own
        for (far, sum) in taken {
            if far == into || self.into[far as usize] != far {
                continue;
            }
            let whole = *self.links[into as usize].entry(far).and_modify(|known| *known += sum).or_insert(sum);
            self.links[far as usize].insert(into, whole);
            queue.extend(self.waiting(into, far));
        }
        looked_at
    }
}

/// Which things any merging could bring together: those that a chain of pairs ties together of which each is alike enough by itself. A
/// group has no average that none of its pairs has.
struct Islands(Vec<u32>);

impl Islands {
    fn new(count: usize, pairs: &[Alike], least: f32) -> Islands {
        // Room for what rounding may add to an average.
        let least = least * 0.99;
        let mut islands: Vec<u32> = (0..count as u32).collect();
        fn root(islands: &mut [u32], mut at: u32) -> u32 {
            while islands[at as usize] != at {
                islands[at as usize] = islands[islands[at as usize] as usize];
                at = islands[at as usize];
            }
            at
        }
        for &(a, b, _) in pairs.iter().filter(|pair| pair.2 >= least) {
            let (a, b) = (root(&mut islands, a), root(&mut islands, b));
            islands[a.max(b) as usize] = a.min(b);
        }
        for at in 0..count as u32 {
            islands[at as usize] = root(&mut islands, at);
        }
        Islands(islands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEAST: f32 = 4.1;

    /// Average linkage as one would write it down: all groups looked at for every merge.
    fn written_down(count: usize, pairs: &[Alike]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = (0..count).map(|ix| vec![ix]).collect();
        let between = |one: &[usize], other: &[usize]| {
            let both = |&&(a, b, _): &&Alike| {
                let (a, b) = (a as usize, b as usize);
                one.contains(&a) && other.contains(&b) || one.contains(&b) && other.contains(&a)
            };
            pairs.iter().filter(both).map(|&(.., s)| s).sum::<f32>() / (one.len() * other.len()) as f32
        };
        loop {
            let mut best: Option<(f32, usize, usize)> = None;
            for a in 0..groups.len() {
                for b in a + 1..groups.len() {
                    let average = between(&groups[a], &groups[b]);
                    if average >= LEAST && best.is_none_or(|(most, ..)| average > most) {
                        best = Some((average, a, b));
                    }
                }
            }
            let Some((_, a, b)) = best else { break };
            let moved = groups.remove(b);
            groups[a].extend(moved);
            groups[a].sort_unstable();
            groups.sort();
        }
        groups
    }

    proptest! {
        /// Halves add up without rounding, so that both take the same of equals.
        #[test]
        fn groups_are_those_of_average_linkage(odds in prop::collection::vec(0u8..24, 45)) {
            let all = (0..10).flat_map(|a| (a + 1..10).map(move |b| (a, b)));
            let pairs: Vec<Alike> =
                all.zip(&odds).filter(|(_, s)| **s > 0).map(|((a, b), &s)| (a, b, f32::from(s) / 2.0)).collect();
            prop_assert_eq!(groups(10, &pairs, LEAST), written_down(10, &pairs));
        }
    }

    /// What is looked at a pair, where `size` things are one group, each a little like `tail` others that a chain ties to them.
    fn work(size: u32, tail: u32) -> f32 {
        let of = |a: u32| (0..tail).map(move |n| (a, size + a * tail + n, 3.0));
        let mut pairs: Vec<Alike> = (0..size).flat_map(|a| (a + 1..size).map(move |b| (a, b, 9.0))).collect();
        pairs.extend((0..size).flat_map(of));
        pairs.extend((size - 1..size + size * tail - 1).map(|a| (a, a + 1, 4.2)));
        pairs.sort_by_key(|&(a, b, _)| (a, b));
        pairs.dedup_by_key(|&mut (a, b, _)| (a, b));
        counted((size * (tail + 1)) as usize, &pairs, LEAST).1 as f32 / pairs.len() as f32
    }

    #[test]
    fn work_follows_the_number_of_pairs() {
        let (few, many) = (work(40, 60), work(320, 60));
        assert!(many < 2.0 * few && many < 8.0, "{few} looked at a pair in a group of 40, {many} in one of 320");
    }
}
