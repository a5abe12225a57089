use crate::failure::{Failure, OrFail};
use crate::operator;

pub fn run() -> Result<(), Failure> {
    let document = serde_json::to_string_pretty(&reelmark_http::openapi());
    operator::say(document.or_fail("could not write the document")?);
    Ok(())
}
