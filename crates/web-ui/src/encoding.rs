/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The smallest; offered by browsers over TLS and on localhost alone.
    Brotli,
    /// What everything else understands.
    Gzip,
    /// Not at all.
    Identity,
}

impl Encoding {
    /// The smallest that an `Accept-Encoding` admits.
    pub(crate) fn best_of(accepted: &str) -> Self {
        let admits = |name: &str| accepted.split(',').any(|offer| is_offer_of(offer, name));
        if admits("br") {
            Self::Brotli
        } else if admits("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    /// Its name in `Content-Encoding`, unless there is nothing to say.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// An offer with a weight of nothing is a refusal.
fn is_offer_of(offer: &str, name: &str) -> bool {
    let mut parts = offer.split(';').map(str::trim);
    let is_named = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
    let weight = parts.find_map(|part| part.strip_prefix("q="));
    is_named && weight.is_none_or(|weight| weight.parse().is_ok_and(|weight: f32| weight > 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_that_is_admitted_is_chosen() {
        for (accepted, best) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("BR;q=0.1, gzip", Encoding::Brotli),
            ("gzip;q=1.0, br;q=0", Encoding::Gzip),
            ("br;q=0.000", Encoding::Identity),
            ("deflate, brotli, gzipped", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            assert_eq!(Encoding::best_of(accepted), best, "{accepted}");
        }
    }
}
