use super::search_key;
use crate::movie::upright_title;

/// All that a movie with these titles is found by: of each title its [`search_key`], and the one
/// with its article in front where it stands behind. None is empty or twice there.
///
/// ```
/// use reelmark_domain::search_keys;
/// assert_eq!(search_keys(["Matrix, The", "Матрица"]), ["matrix the", "the matrix", "матрица"]);
/// ```
pub fn search_keys<'a>(titles: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut keys = Vec::new();
    for title in titles {
        for key in [search_key(title), sought_key(title)] {
            if !key.is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// What somebody searches for who types `text`: its [`search_key`], with the article in front.
///
/// ```
/// use reelmark_domain::sought_key;
/// assert_eq!(sought_key("Matrix, The"), sought_key("the matrix"));
/// ```
pub fn sought_key(text: &str) -> String {
    search_key(&upright_title(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_sought_for_a_title_is_one_of_its_keys(title in "\\PC{1,20}|[A-Z][a-z]{1,5}, The") {
            let sought = sought_key(&title);
            let keys = search_keys([title.as_str()]);
            prop_assert!(sought.is_empty() || keys.contains(&sought));
            prop_assert!(keys.iter().all(|key| !key.is_empty()));
        }
    }

    #[test]
    fn a_key_is_there_once() {
        assert_eq!(search_keys(["Up", "UP!", "…"]), ["up"]);
        assert_eq!(search_keys(["L'Enfer", "Enfer, L'"]), ["lenfer", "enfer l"]);
    }
}
