/// What tells that a movie is the one that a file names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatchBasis {
    /// A title, where at least one side doesn't know the year.
    TitleAlone,
    /// An original or alternative title, and a year that differs by one.
    OtherTitleAndNearYear,
    /// Both main titles, and a year that differs by one.
    TitleAndNearYear,
    /// An original or alternative title, and the year.
    OtherTitleAndYear,
    /// Both main titles and the year.
    TitleAndYear,
    /// One id agrees, and another one doesn't.
    DisputedId,
    /// An id of another catalogue.
    ExternalId,
}

impl MatchBasis {
    /// How sure one may be of it.
    pub fn confidence(self) -> Confidence {
        Confidence(match self {
            Self::ExternalId => 100,
            Self::TitleAndYear => 95,
            Self::OtherTitleAndYear => 90,
            Self::TitleAndNearYear => 80,
            Self::OtherTitleAndNearYear => 70,
            Self::DisputedId | Self::TitleAlone => 50,
        })
    }

    /// Whether it is enough to act on when no other movie is as likely.
    pub fn suffices(self) -> bool {
        !matches!(self, Self::TitleAlone | Self::DisputedId)
    }

    /// Its stable name, in snake case.
    pub fn name(self) -> &'static str {
        match self {
            Self::TitleAlone => "title_alone",
            Self::OtherTitleAndNearYear => "other_title_and_near_year",
            Self::TitleAndNearYear => "title_and_near_year",
            Self::OtherTitleAndYear => "other_title_and_year",
            Self::TitleAndYear => "title_and_year",
            Self::DisputedId => "disputed_id",
            Self::ExternalId => "external_id",
        }
    }
}

/// How sure a match is, in per cent: 100 for an id, at least 70 for what is acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// 0 to 100.
    pub fn percent(self) -> u8 {
        self.0
    }

    /// The same in a word: `high` from 90 on, `medium` from 70 on, else `low`.
    pub fn level(self) -> &'static str {
        match self.0 {
            90.. => "high",
            70.. => "medium",
            _ => "low",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_suffices_is_surer_than_what_does_not() {
        use MatchBasis::*;
        let all = [
            TitleAlone,
            OtherTitleAndNearYear,
            TitleAndNearYear,
            OtherTitleAndYear,
            TitleAndYear,
            DisputedId,
            ExternalId,
        ];
        for basis in all {
            assert_eq!(basis.suffices(), basis.confidence().percent() >= 70, "{basis:?}");
        }
    }
}
