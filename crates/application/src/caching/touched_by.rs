use super::keys::{GENRES_KEY, MOVIE_LISTS_KEY, suggestions_key};
use super::movie_details_key;
use crate::messages::{Message, RatingChangedV1, RatingChangedV2};
use crate::ports::Cache;

/// The keys of every cached value that an event makes out of date. This is the only place that
/// knows. Numbers in lists of movies may be late by what a near copy lives, so a rating leaves
/// them alone: ratings come all the time.
pub fn touched_by(event: &Message) -> Vec<String> {
    match event {
        Message::RatingChanged(RatingChangedV1 { movie, user, .. })
        | Message::DatedRatingChanged(RatingChangedV2 { movie, user, .. }) => {
            vec![movie_details_key(*movie), suggestions_key(*user)]
        }
        Message::MovieChanged(change) => {
            let details = movie_details_key(change.movie);
            vec![details, MOVIE_LISTS_KEY.to_owned(), GENRES_KEY.to_owned()]
        }
        Message::MailRequested(_) | Message::ReportRequested(_) | Message::ImportRequested(_) => {
            vec![]
        }
    }
}

/// The same for new numbers of these movies.
pub(crate) fn touched_by_summaries(movies: &[i64]) -> Vec<String> {
    movies.iter().map(|movie| movie_details_key(*movie)).collect()
}

/// Forgets what `event` made out of date, right after the commit, so that whoever caused it reads
/// what they wrote. A cache that can't be reached makes up for it when it is back, and the message
/// stored with the commit invalidates once more.
pub(crate) async fn invalidate(cache: &dyn Cache, event: &Message) {
    if let Err(error) = cache.invalidate(&touched_by(event)).await {
        log::debug!(error:err = error; "could not invalidate after a commit");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::MovieChangedV1;

    #[test]
    fn a_rating_touches_its_movie_and_what_its_rater_may_like() {
        let event = RatingChangedV1 { movie: 42, user: 7, old: None, new: Some(9) };
        let touched = touched_by(&Message::RatingChanged(event));
        assert_eq!(touched, [movie_details_key(42), suggestions_key(7)]);
    }

    #[test]
    fn an_edit_touches_its_movie_all_lists_and_the_genres() {
        let event = Message::MovieChanged(MovieChangedV1 { movie: 42 });
        let details = movie_details_key(42);
        assert_eq!(touched_by(&event), [details.as_str(), MOVIE_LISTS_KEY, GENRES_KEY]);
    }
}
