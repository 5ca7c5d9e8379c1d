//! Links between readings: copies, entities, statements, origins, stories.
//!
//! Everything here is a pure function of the **set** of reports and the user's judgements: no input or output, no clock,
//! no randomness, and no dependence on the order in which reports arrived. A [`Reading`](onrecord_model::Reading) is
//! boiled down to a small [`Digest`]; digests are found again through [`keys`](digest::Digest::keys) in a [`Pile`].
//!
//! Two ways lead to the same answer. [`connect`] takes all digests at once. A store that already holds a hundred
//! thousand reports implements [`Pile`] over its own tables and asks, for the few reports that came or went, which others
//! are [`copies::affected`], and recomputes [`copies::edges_into`] for these alone.

pub mod align;
mod called;
mod claims;
mod clauses;
mod conflicts;
mod contrasts;
pub mod copies;
pub mod credit;
pub mod digest;
mod direction;
pub mod entities;
mod events;
pub mod facts;
pub mod figures;
pub mod fingerprint;
#[cfg(test)]
mod fixture;
mod ground;
mod hashed;
mod judgements;
mod likeness;
mod linkage;
mod links;
mod meaning;
mod numbers;
mod numerals;
mod opposites;
mod origins;
mod other_names;
pub mod passages;
pub mod pile;
mod polarity;
mod propositions;
pub mod quoted;
mod speakers;
mod statements;
pub mod stories;
mod story;
mod strangers;
pub mod terms;
mod weighing;
pub mod whole;
pub mod words;

pub use digest::{Digest, Points, digest};
pub use entities::entities;
pub use judgements::{Judgement, Judgements};
pub use links::{Links, Told, connect, told, weighed};
pub use pile::{MemoryPile, Pile, Place};
pub use story::{Context, Weighed, WeighedItem, story_groups, story_links, with_story};
