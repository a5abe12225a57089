use actix_web::web::Json;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::personal_import::{
    PersonalImportUseCases, RemoveImportError, UndoImportError, Undone,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::extract::{ImportIdInPath, Query, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode};

pub(super) const ERRORS: OperationErrors =
    OperationErrors("undoImport", &[ErrorCode::ImportNotFound, ErrorCode::ImportUnfinished]);

/// What to do with the ratings.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct UndoImportQuery {
    /// Whether to leave the ratings as they are, and only forget the import.
    keep_ratings: Option<bool>,
}

/// What became of the ratings of an import.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct UndoneResponse {
    /// How many are as they were before the import.
    reverted: i64,
    /// How many stay as they are.
    kept: i64,
}

/// Take an import back
///
/// Makes every rating what it was before the import, and removes those that were not there. Ratings
/// that were changed since stay. An import that is under way is stopped. With `keep_ratings=true`
/// nothing is taken back: an import that is over is forgotten, with what is known about its rows.
#[api_v2_operation(tags(Imports), operation_id = "undoImport")]
pub(super) async fn undo_import(
    imports: Uses<dyn PersonalImportUseCases>,
    caller: SignedIn,
    id: ImportIdInPath,
    query: Query<UndoImportQuery>,
) -> Result<Json<UndoneResponse>, ApiError> {
    let undone = match query.0.keep_ratings {
        Some(true) => imports.remove_import(caller.0, id.0).await?,
        _ => imports.undo_import(caller.0, id.0).await?,
    };
    let Undone { reverted, kept } = undone;
    Ok(Json(UndoneResponse { reverted, kept }))
}

impl From<UndoImportError> for ApiError {
    fn from(error: UndoImportError) -> Self {
        match error {
            UndoImportError::ImportNotFound => Self::new(ErrorCode::ImportNotFound),
            UndoImportError::Store(error) => error.into(),
        }
    }
}

impl From<RemoveImportError> for ApiError {
    fn from(error: RemoveImportError) -> Self {
        match error {
            RemoveImportError::ImportNotFound => Self::new(ErrorCode::ImportNotFound),
            RemoveImportError::Unfinished => Self::new(ErrorCode::ImportUnfinished),
            RemoveImportError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    vec![Rule::parameter("undoImport", "keep_ratings", json!({"default": false}))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Api, samples};
    use mockall::predicate::eq;
    use reelmark_domain::{ImportId, Role};

    const PATH: &str = "/api/v1/users/me/imports/5";

    #[actix_web::test]
    async fn tells_how_many_were_taken_back_and_how_many_stay() {
        let mut api = Api::new();
        let (me, id) = (samples::caller(Role::Member), ImportId::parse(5).unwrap());
        let undoing = api.imports.expect_undo_import().with(eq(me), eq(id));
        undoing.once().returning(|_, _| Ok(Undone { reverted: 30, kept: 2 }));
        let answer = api.delete(PATH).as_member().send().await;
        assert_eq!((answer.status, answer.json()), (200, json!({"reverted": 30, "kept": 2})));
    }

    #[actix_web::test]
    async fn forgets_an_import_and_leaves_its_ratings() {
        let mut api = Api::new();
        let removing = api.imports.expect_remove_import().once();
        removing.returning(|_, _| Ok(Undone { reverted: 0, kept: 32 }));
        let answer = api.delete(&format!("{PATH}?keep_ratings=true")).as_member().send().await;
        assert_eq!(answer.json(), json!({"reverted": 0, "kept": 32}));
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let mut api = Api::new();
        let missing = Err(UndoImportError::ImportNotFound);
        api.imports.expect_undo_import().return_once(|_, _| missing);
        api.delete(PATH).as_member().send().await.fails(404, "import_not_found");
        let mut api = Api::new();
        let unfinished = Err(RemoveImportError::Unfinished);
        api.imports.expect_remove_import().return_once(|_, _| unfinished);
        let answer = api.delete(&format!("{PATH}?keep_ratings=true")).as_member().send().await;
        answer.fails(409, "import_unfinished");
        Api::new().delete(PATH).send().await.fails(401, "unauthenticated");
    }
}
