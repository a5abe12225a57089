//! The contracts of `RatingSummaryRepository`: counting changes in.

mod counting;
mod order;
mod replays;

pub use counting::*;
pub use order::*;
pub use replays::*;

/// Declares one test per contract of `RatingSummaryRepository`: counting changes in.
#[macro_export]
macro_rules! rating_summary_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { rating_summary_repository, $fresh_stores,
            counts_ratings_by_score,
            mean_and_weighted_score_follow_from_what_is_stored,
            a_changed_score_moves_from_one_bucket_to_another,
            a_removed_rating_no_longer_counts,
            the_last_rating_of_all_takes_the_mean_with_it,
            each_batch_is_one_new_version_of_each_movie_in_it,
            the_catalogues_mean_is_that_of_all_ratings,
            every_movie_of_a_batch_gets_the_mean_after_all_of_it,
            a_replay_changes_nothing,
            a_replay_among_new_changes_is_left_out,
            a_replayed_removal_is_no_error,
            a_message_repeated_inside_a_batch_counts_once,
            the_order_inside_a_batch_does_not_matter,
            changes_of_a_movie_that_is_gone_move_the_catalogues_mean,
            a_replayed_change_of_a_movie_that_is_gone_counts_once,
            nothing_to_count_in_changes_nothing,
            a_removal_may_be_counted_before_what_it_removes,
            a_missing_change_hides_no_other,
            any_order_of_changes_gives_the_same_summary,
            a_score_off_the_scale_is_corrupt_and_changes_nothing,
            a_very_large_batch_is_counted_in,
            overlapping_batches_at_once_count_each_message_once,
            batches_at_once_lose_nothing,
        }
    };
}
