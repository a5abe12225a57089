use serde_path_to_error::Path;

use crate::problem::ApiError;

/// What serde has against a request, told as a broken rule of one field.
///
/// Serde gives its reasons as text alone; the field of an unknown, missing or doubled one stands
/// there between backticks.
pub(super) fn field_error(path: &Path, message: &str) -> ApiError {
    let reason = message.split(" at line ").next().unwrap_or(message);
    let quoted = reason.split('`').nth(1);
    let parent = path.to_string();
    let (code, rule) = match reason {
        r if r.starts_with("unknown field") => ("unknown_field", "is not a known field".to_owned()),
        r if r.starts_with("missing field") => ("required", "is required".to_owned()),
        r if r.starts_with("duplicate field") => ("repeated", "must be given once".to_owned()),
        other => ("invalid_type", format!("has the wrong type: {other}")),
    };
    let names_field = code != "invalid_type";
    let field = match quoted.filter(|_| names_field) {
        Some(name) if parent == "." || parent == name || parent.ends_with(&format!(".{name}")) => {
            if parent == "." {
                name.to_owned()
            } else {
                parent
            }
        }
        Some(name) => format!("{parent}.{name}"),
        None if parent == "." => "body".to_owned(),
        None => parent,
    };
    ApiError::field(&field, code, &rule)
}
