//! What all lists of movies, and the count of a list, have in common.
//!
//! Their statements are put together from what a filter asks for, with nothing in them for what it
//! doesn't: that lets the planner start from a rare genre, where `$1 IS NULL OR …` would make it walk
//! through the whole order in search of its few movies. They are planned anew for each request,
//! because what they ask for decides what the best plan is.

use reelmark_application::ports::{MovieFilter, RatedFilter};
use tokio_postgres::types::{ToSql, Type};

/// The movies and their summaries.
const FROM: &str = "
    FROM movies
    JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id";

pub(super) type TypedParameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// Some movies, in SQL.
pub(super) struct Selection<'a> {
    joins: String,
    conditions: Vec<String>,
    parameters: Vec<TypedParameter<'a>>,
}

impl<'a> Selection<'a> {
    /// The movies that pass all filters but the search.
    pub(super) fn of(filter: &'a MovieFilter) -> Self {
        let mut these = Self { joins: String::new(), conditions: vec![], parameters: vec![] };
        these.in_genres(&filter.genre_keys);
        these.of_country(&filter.country);
        these.of_years(&filter.year_from, &filter.year_to);
        these.when(&filter.runtime_from, "movies.runtime_minutes >= ", Type::INT4);
        these.when(&filter.runtime_to, "movies.runtime_minutes <= ", Type::INT4);
        these.when(&filter.language, "movies.original_language = ", Type::TEXT);
        if filter.min_ratings > 0 {
            these.require("summaries.rating_count >= ", &filter.min_ratings, Type::INT8);
        }
        these.when(&filter.min_trend, "summaries.trend >= ", Type::FLOAT8);
        if let Some(rated) = &filter.rated {
            these.rated(rated);
        }
        these
    }

    /// These movies, which a search found.
    pub(super) fn of_found(ids: &'a Vec<i64>) -> Self {
        let parameters: Vec<TypedParameter<'_>> = vec![(ids, Type::INT8_ARRAY)];
        let conditions = vec!["movies.id = ANY ($1)".to_owned()];
        Self { joins: String::new(), conditions, parameters }
    }

    /// Only the movies whose `$key` and `$id` compare so with these values.
    pub(super) fn behind(
        &mut self,
        [key, id, comparison]: [&str; 3],
        (key_value, kind): TypedParameter<'a>,
        id_value: &'a i64,
    ) {
        let key_value = self.bind(key_value, kind);
        let id_value = self.bind(id_value, Type::INT8);
        self.conditions.push(format!("({key}, {id}) {comparison} ({key_value}, {id_value})"));
    }

    /// Binds a value and returns how SQL calls it.
    pub(super) fn bind(&mut self, value: &'a (dyn ToSql + Sync), kind: Type) -> String {
        self.parameters.push((value, kind));
        format!("${}", self.parameters.len())
    }

    /// Selects `columns` of the movies, and of these what `rest` says.
    pub(super) fn sql(&self, columns: &str, rest: &str) -> String {
        let all = if self.conditions.is_empty() { "true" } else { "" };
        let conditions = self.conditions.join("\n        AND ");
        ["\n    SELECT ", columns, FROM, &self.joins, "\n    WHERE ", all, &conditions, rest]
            .concat()
    }

    pub(super) fn parameters(&self) -> &[TypedParameter<'a>] {
        &self.parameters
    }

    fn in_genres(&mut self, keys: &'a [String]) {
        for (n, key) in keys.iter().enumerate() {
            let key = self.bind(key, Type::TEXT);
            self.joins += &format!(
                "
    JOIN movie_genres AS genre{n} ON genre{n}.movie_id = movies.id AND genre{n}.genre_key = {key}"
            );
        }
    }

    fn of_country(&mut self, country: &'a Option<String>) {
        if let Some(code) = country {
            let code = self.bind(code, Type::TEXT);
            self.joins += &format!(
                "
    JOIN movie_countries AS country ON country.movie_id = movies.id AND country.country = {code}"
            );
        }
    }

    /// Years are compared in the form in which they are indexed, in which a movie without a year has
    /// one.
    fn of_years(&mut self, from: &'a Option<i32>, to: &'a Option<i32>) {
        self.when(from, "coalesce(movies.release_year, 0) >= ", Type::INT4);
        self.when(to, "coalesce(movies.release_year, 0) <= ", Type::INT4);
        if from.is_some() || to.is_some() {
            self.conditions.push("movies.release_year IS NOT NULL".to_owned());
        }
    }

    fn rated(&mut self, RatedFilter { user_id, has_rated }: &'a RatedFilter) {
        let user = self.bind(user_id, Type::INT8);
        if *has_rated {
            self.joins += &format!(
                "
    JOIN ratings AS rated ON rated.movie_id = movies.id AND rated.user_id = {user}"
            );
        } else {
            let of_user = format!("user_id = {user} AND movie_id = movies.id");
            self.conditions.push(format!("NOT EXISTS (SELECT FROM ratings WHERE {of_user})"));
        }
    }

    fn when<T: ToSql + Sync>(&mut self, value: &'a Option<T>, condition: &str, kind: Type) {
        if let Some(value) = value {
            self.require(condition, value, kind);
        }
    }

    fn require(&mut self, condition: &str, value: &'a (dyn ToSql + Sync), kind: Type) {
        let value = self.bind(value, kind);
        self.conditions.push(format!("{condition}{value}"));
    }
}
