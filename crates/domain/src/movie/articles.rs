/// The articles that catalogues put behind a title, in lower case. Those with an apostrophe or a
/// hyphen are written together with what follows.
const ARTICLES: [&str; 55] = [
    "the", "a", "an", // English
    "le", "la", "les", "l'", "un", "une", "des", // French
    "der", "die", "das", "dem", "den", "ein", "eine", // German
    "el", "los", "las", "lo", "una", "unos", "unas", // Spanish
    "il", "i", "gli", "uno", // Italian
    "o", "os", "as", "um", "uma", // Portuguese
    "de", "het", "een", "'t", // Dutch
    "det", "en", "et", "ett", // Danish, Norwegian, Swedish
    "els", "az", "egy", // Catalan, Hungarian
    "al-", "el-", // Arabic
    "ha-", "di", // Hebrew, Yiddish
    "ο", "η", "το", "οι", "τα", "ένας", "μια", // Greek
];

/// Puts an article that stands behind a title in front of it: "Matrix, The" becomes "The Matrix"
/// and "Enfer, L'" becomes "L'Enfer". A title without one stays as it is.
///
/// ```
/// use reelmark_domain::upright_title;
/// assert_eq!(upright_title("Usual Suspects, The"), "The Usual Suspects");
/// assert_eq!(upright_title("Me, Myself & Irene"), "Me, Myself & Irene");
/// ```
pub fn upright_title(title: &str) -> String {
    if let Some(upright) = turned(title) {
        return upright;
    }
    // Some put it before the subtitle: "Matrix, The: Reloaded".
    let subtitled = title.split_once(": ");
    let turned_head = subtitled.and_then(|(head, tail)| Some((turned(head)?, tail)));
    turned_head.map_or_else(|| title.to_owned(), |(head, tail)| format!("{head}: {tail}"))
}

fn turned(title: &str) -> Option<String> {
    let (rest, article) = title.rsplit_once(',')?;
    let (rest, article) = (rest.trim(), article.trim());
    if rest.is_empty() || !is_article(article) {
        return None;
    }
    let joint = if article.ends_with(['\'', '\u{2019}', '-']) { "" } else { " " };
    Some(format!("{article}{joint}{rest}"))
}

fn is_article(word: &str) -> bool {
    let word = word.to_lowercase().replace('\u{2019}', "'");
    ARTICLES.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_article_moved_behind_a_title_comes_back(
            title in "[A-Z][a-z]{1,8}( [a-z]{1,8}){0,3}",
            at in 0..ARTICLES.len(),
        ) {
            let article = ARTICLES[at];
            let joint = if article.ends_with(['\'', '-']) { "" } else { " " };
            let upright = upright_title(&format!("{title}, {article}"));
            prop_assert_eq!(upright, format!("{article}{joint}{title}"));
        }

        #[test]
        fn a_title_without_a_comma_stays_as_it_is(title in "[^,]{0,40}") {
            prop_assert_eq!(upright_title(&title), title);
        }
    }

    #[test]
    fn knows_the_articles_of_many_languages() {
        let titles = [
            ("Fabuleux destin d'Amélie Poulain, Le", "Le Fabuleux destin d'Amélie Poulain"),
            ("Blaue Engel, Der", "Der Blaue Engel"),
            ("Sjunde inseglet, Det", "Det Sjunde inseglet"),
            ("Laberinto del fauno, El", "El Laberinto del fauno"),
            ("Vitelloni, I", "I Vitelloni"),
            ("Enfer, L\u{2019}", "L\u{2019}Enfer"),
            ("Lord of the Rings: The Two Towers, The", "The Lord of the Rings: The Two Towers"),
            ("Good, the Bad and the Ugly, The", "The Good, the Bad and the Ugly"),
            ("Matrix, The: Reloaded", "The Matrix: Reloaded"),
        ];
        for (inverted, upright) in titles {
            assert_eq!(upright_title(inverted), upright);
        }
    }

    #[test]
    fn a_comma_alone_moves_nothing() {
        for title in ["Paris, Texas", ", The", "The", "Guess Who, He", "O, Brother"] {
            assert_eq!(upright_title(title), title);
        }
    }
}
