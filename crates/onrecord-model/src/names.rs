//! Printed names of the kinds that formats and pages show.

use crate::{Basis, BlockKind, Change, Direction, EntityKind, Form, Label, MentionKind, PersonKind, Stance, TimeType};

macro_rules! printed {
    ($($set:ident { $($variant:ident = $name:literal),* $(,)? })*) => {$(
        impl Label for $set {
            const ALL: &'static [Self] = &[$($set::$variant),*];
            fn name(self) -> &'static str {
                match self { $($set::$variant => $name),* }
            }
        }
    )*};
}

printed! {
    BlockKind {
        Title = "title", Standfirst = "standfirst", Byline = "byline", Dateline = "dateline", Body = "body",
        Caption = "caption", List = "list", Furniture = "furniture",
    }
    EntityKind {
        Person = "person", Organisation = "organisation", Place = "place", Work = "work", Group = "group",
        Event = "event", Other = "other",
    }
    MentionKind { Name = "name", Nominal = "nominal", Pronoun = "pronoun" }
    PersonKind {
        Official = "official", Politician = "politician", Spokesperson = "spokesperson", Expert = "expert",
        Witness = "witness", Lawyer = "lawyer", Company = "company", Document = "document",
    }
    TimeType { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
    Form { Direct = "direct", Mixed = "mixed", Indirect = "indirect" }
    Stance {
        Asserts = "asserts", Denies = "denies", Declines = "declines", Asks = "asks", Orders = "orders",
        Promises = "promises", Believes = "believes", Expects = "expects",
    }
    Basis {
        Named = "named", Organisation = "organisation", Anonymous = "anonymous", Document = "document",
        Outlet = "outlet", Unspecified = "unspecified", OwnVoice = "own-voice",
    }
    Direction { Credit = "credit", Time = "time", Containment = "containment", Unknown = "unknown" }
    Change {
        Number = "number", Polarity = "polarity", Date = "date", Changed = "changed",
        HedgeDropped = "hedge-dropped", SourceUpgraded = "source-upgraded",
    }
}
