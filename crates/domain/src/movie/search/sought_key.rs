use super::search_key;
use crate::movie::upright_title;

/// The [`search_key`] of a title, with the article in front of it: what a movie is found by, and what
/// somebody searches for who types it.
///
/// ```
/// use reelmark_domain::sought_key;
/// assert_eq!(sought_key("Matrix, The"), sought_key("the matrix"));
/// ```
pub fn sought_key(title: &str) -> String {
    search_key(&upright_title(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_does_not_matter_where_the_article_stands() {
        assert_eq!(sought_key("Enfer, L'"), sought_key("L\u{2019}ENFER"));
        assert_eq!(sought_key("Good, the Bad and the Ugly, The"), "the good the bad and the ugly");
        assert_eq!(sought_key("Paris, Texas"), "paris texas");
    }
}
