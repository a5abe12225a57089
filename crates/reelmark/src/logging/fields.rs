use log::Record;
use log::kv::{Error, Key, Value, VisitSource};
use serde_json::Value as Json;

use crate::failure::cause_chain;

/// The key-values of a record, in their order; errors with all that caused them.
pub fn fields(record: &Record<'_>) -> Vec<(String, Json)> {
    let mut fields = Fields::default();
    // A value that can't be formatted is left out: the line itself matters more.
    let _ = record.key_values().visit(&mut fields);
    fields.0
}

#[derive(Default)]
struct Fields(Vec<(String, Json)>);

impl<'kvs> VisitSource<'kvs> for Fields {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
        self.0.push((key.to_string(), json(&value)));
        Ok(())
    }
}

fn json(value: &Value<'_>) -> Json {
    if let Some(error) = value.to_borrowed_error() {
        return cause_chain(error).into();
    }
    let number = || {
        let whole = value.to_i64().map(Json::from);
        whole.or_else(|| value.to_u64().map(Json::from)).or_else(|| value.to_f64().map(Json::from))
    };
    let plain = value.to_bool().map(Json::from).or_else(number);
    plain.unwrap_or_else(|| value.to_string().into())
}
