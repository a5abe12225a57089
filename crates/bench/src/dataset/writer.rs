//! Writes a data set as the CSV files that MovieLens publishes.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, Result};
use csv::Writer;

use super::{Dataset, Movie};

const ARTICLES: [&str; 2] = ["The ", "A "];

/// Writes `movies.csv` and `ratings.csv` into a folder, and says now and then how many ratings are
/// written.
pub fn write(dataset: &Dataset, folder: &Path, progress: impl Fn(u64)) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    write_movies(dataset, folder)?;
    write_ratings(dataset, folder, progress)
}

fn write_movies(dataset: &Dataset, folder: &Path) -> Result<()> {
    let mut file = open(&folder.join("movies.csv"))?;
    file.write_record(["movieId", "title", "genres"])?;
    for movie in dataset.movies() {
        let id = movie.id.to_string();
        file.write_record([&id, &listed_title(&movie), &listed_genres(&movie)])?;
    }
    Ok(file.flush()?)
}

fn write_ratings(dataset: &Dataset, folder: &Path, progress: impl Fn(u64)) -> Result<()> {
    const STARS: [&str; 10] =
        ["0.5", "1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0", "4.5", "5.0"];
    let mut file = open(&folder.join("ratings.csv"))?;
    file.write_record(["userId", "movieId", "rating", "timestamp"])?;
    for (written, rating) in (1..).zip(dataset.ratings()) {
        let (user, movie) = (rating.user.to_string(), rating.movie.to_string());
        let stars = STARS[usize::from(rating.score) - 1];
        file.write_record([&user, &movie, stars, &rating.at.to_string()])?;
        if written % 10_000 == 0 {
            progress(written);
        }
    }
    Ok(file.flush()?)
}

fn open(path: &Path) -> Result<Writer<BufWriter<File>>> {
    let file = File::create(path).with_context(|| format!("{} can't be made", path.display()))?;
    Ok(Writer::from_writer(BufWriter::new(file)))
}

/// "Matrix, The (1999)": the year belongs to the title, and an article comes last.
fn listed_title(Movie { title, year, .. }: &Movie) -> String {
    let article = ARTICLES.iter().find_map(|article| Some((title.strip_prefix(article)?, article)));
    match article {
        Some((rest, article)) => format!("{rest}, {} ({year})", article.trim()),
        None => format!("{title} ({year})"),
    }
}

fn listed_genres(movie: &Movie) -> String {
    if movie.genres.is_empty() { "(no genres listed)".into() } else { movie.genres.join("|") }
}
