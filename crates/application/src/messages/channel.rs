use super::RatingChangedV2;

/// A stream of messages with a relay, a queue and consumers of its own, so that what is slow there,
/// such as a mail server, holds up nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// What summaries and cached copies follow; and every kind that nobody knows, so that its
    /// consumer puts it to the dead letters.
    Ratings,
    /// The same of ratings that tell when they were given. Workers of versions that can't read that
    /// have no such channel, so they leave it to those that can; and a long file that is imported
    /// keeps no other rating waiting.
    DatedRatings,
    /// Mail to be sent.
    Mail,
    /// Reports to be made.
    Reports,
    /// Files to be imported.
    Imports,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 5] =
        [Self::Ratings, Self::DatedRatings, Self::Mail, Self::Reports, Self::Imports];

    /// The channel that messages of this kind travel in.
    pub fn of(kind: &str) -> Self {
        if kind == RatingChangedV2::KIND {
            return Self::DatedRatings;
        }
        let area = kind.split_once('_').map_or(kind, |(area, _)| area);
        match area {
            "mail" => Self::Mail,
            "report" => Self::Reports,
            "import" => Self::Imports,
            _ => Self::Ratings,
        }
    }

    /// Its name in stores, queues and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ratings => "ratings",
            Self::DatedRatings => "dated_ratings",
            Self::Mail => "mail",
            Self::Reports => "reports",
            Self::Imports => "imports",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_channel() {
        let table = [
            ("rating_changed.v1", Channel::Ratings),
            ("rating_changed.v2", Channel::DatedRatings),
            ("rating_changed.v9", Channel::Ratings),
            ("movie_changed.v1", Channel::Ratings),
            ("mail_requested.v1", Channel::Mail),
            ("report_requested.v1", Channel::Reports),
            ("import_requested.v1", Channel::Imports),
            ("nobody_knows.v9", Channel::Ratings),
            ("", Channel::Ratings),
        ];
        for (kind, channel) in table {
            assert_eq!(Channel::of(kind), channel, "{kind}");
        }
    }
}
