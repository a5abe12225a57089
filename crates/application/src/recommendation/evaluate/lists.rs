use std::collections::{HashMap, HashSet};

use reelmark_domain::{
    MovieId, Neighbour, Opinion, Recommender, Similarities, Suggestion, Taste, TasteMatrixBuilder,
    suggest,
};

/// The neighbours of all movies, computed as the worker does.
pub(super) struct Lists {
    recommender: Recommender,
    neighbours: HashMap<MovieId, Vec<Neighbour>>,
}

impl Lists {
    pub(super) fn of(known: &[(Taste, Opinion)], recommender: Recommender) -> Self {
        let ratings = known.iter().map(|(taste, _)| taste.opinions().len()).sum();
        let mut builder = TasteMatrixBuilder::new(ratings);
        for (taste, _) in known {
            builder.add(&latest(taste));
        }
        let similarities = Similarities::new(builder.build(), recommender);
        let lists = similarities.lists(0..similarities.matrix().movies().len());
        let neighbours = lists.into_iter().map(|list| (list.movie, list.neighbours)).collect();
        Self { recommender, neighbours }
    }

    /// What somebody may like, without what they have seen.
    pub(super) fn suggest(&self, taste: &Taste, seen: &HashSet<MovieId>) -> Vec<Suggestion> {
        let of = |movie| self.neighbours.get(&movie).map_or(&[][..], Vec::as_slice);
        let mut suggestions = suggest(&latest(taste), of, &self.recommender);
        suggestions.retain(|suggestion| !seen.contains(&suggestion.movie));
        suggestions
    }
}

/// No more than counts.
fn latest(taste: &Taste) -> Taste {
    Taste::new(taste.opinions().iter().take(Recommender::LATEST).copied().collect())
}
