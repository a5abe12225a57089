use reelmark_domain::PageLimit;
use serde_json::{Value, json};

/// Keywords that the document states about one place of it.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    place: Place,
    keywords: Value,
}

#[derive(Clone, Debug)]
enum Place {
    /// A property of a named schema; a dot leads into a nested one.
    Property(&'static str, &'static str),
    /// A property that must be sent.
    Required(&'static str, &'static str),
    /// A parameter of an operation.
    Parameter(&'static str, &'static str),
    /// Another media type that the 200 of an operation comes in.
    Content(&'static str, &'static str),
    /// The body of an operation, of which paperclip knows nothing.
    RequestBody(&'static str),
}

impl Rule {
    /// States `keywords` of a property of a named schema. A dot in `property` leads into a nested
    /// one.
    pub(crate) fn property(schema: &'static str, property: &'static str, keywords: Value) -> Self {
        Self { place: Place::Property(schema, property), keywords }
    }

    /// States that a property must be sent, although its type lets it be absent: the handler
    /// reports missing fields together with all others.
    pub(crate) fn required(schema: &'static str, property: &'static str) -> Self {
        Self { place: Place::Required(schema, property), keywords: Value::Null }
    }

    /// States `keywords` of a path or query parameter.
    pub(crate) fn parameter(
        operation: &'static str,
        parameter: &'static str,
        keywords: Value,
    ) -> Self {
        Self { place: Place::Parameter(operation, parameter), keywords }
    }

    /// States that an operation answers with text of this media type, too.
    pub(crate) fn content(operation: &'static str, media_type: &'static str) -> Self {
        let keywords = json!({"schema": {"type": "string"}});
        Self { place: Place::Content(operation, media_type), keywords }
    }

    /// States what the body of an operation is.
    pub(crate) fn request_body(operation: &'static str, body: Value) -> Self {
        Self { place: Place::RequestBody(operation), keywords: body }
    }

    /// Writes the rule into the document.
    ///
    /// # Errors
    /// The place, when the document has none such.
    pub(super) fn apply(&self, document: &mut Value) -> Result<(), String> {
        let target = match self.place {
            Place::Property(schema, property) => find_property(document, schema, property),
            Place::Parameter(operation, name) => find_parameter(document, operation, name),
            Place::Required(schema, property) => return require(document, schema, property),
            Place::Content(operation, kind) => find_content(document, operation, kind),
            Place::RequestBody(operation) => find_body(document, operation),
        };
        let target = target.ok_or_else(|| format!("{:?}", self.place))?;
        if let (Some(target), Some(keywords)) = (target.as_object_mut(), self.keywords.as_object())
        {
            target.extend(keywords.clone());
        }
        Ok(())
    }
}

/// What the document says of the parameters that every list understands.
pub(crate) fn page_rules(operation: &'static str) -> Vec<Rule> {
    let limit =
        json!({"minimum": 1, "maximum": PageLimit::MAX, "default": PageLimit::DEFAULT.get()});
    vec![
        Rule::parameter(operation, "limit", limit),
        Rule::parameter(operation, "count", json!({"enum": ["exact"]})),
    ]
}

fn find_property<'a>(
    document: &'a mut Value,
    schema: &str,
    property: &str,
) -> Option<&'a mut Value> {
    let mut found = document.pointer_mut(&format!("/components/schemas/{schema}"))?;
    for name in property.split('.') {
        found = found.get_mut("properties")?.get_mut(name)?;
    }
    Some(found)
}

fn require(document: &mut Value, schema: &str, property: &str) -> Result<(), String> {
    let missing = || format!("{schema}.{property}");
    find_property(document, schema, property).ok_or_else(missing)?;
    let schema = document.pointer_mut(&format!("/components/schemas/{schema}"));
    let required = schema.and_then(Value::as_object_mut).ok_or_else(missing)?;
    let required = required.entry("required").or_insert_with(|| json!([]));
    required.as_array_mut().ok_or_else(missing)?.push(property.into());
    Ok(())
}

/// The content of this type in the 200 of an operation, empty at first.
fn find_content<'a>(
    document: &'a mut Value,
    operation: &str,
    media_type: &str,
) -> Option<&'a mut Value> {
    let operation = find_operation(document, operation)?;
    let content = operation.pointer_mut("/responses/200/content")?.as_object_mut()?;
    Some(content.entry(media_type).or_insert_with(|| json!({})))
}

fn find_body<'a>(document: &'a mut Value, operation: &str) -> Option<&'a mut Value> {
    let operation = find_operation(document, operation)?.as_object_mut()?;
    Some(operation.entry("requestBody").or_insert_with(|| json!({})))
}

fn find_operation<'a>(document: &'a mut Value, operation: &str) -> Option<&'a mut Value> {
    let paths = document.get_mut("paths")?.as_object_mut()?;
    let operations = paths.values_mut().filter_map(Value::as_object_mut);
    let mut operations = operations.flat_map(|path| path.values_mut());
    operations.find(|found| found["operationId"] == operation)
}

fn find_parameter<'a>(
    document: &'a mut Value,
    operation: &str,
    name: &str,
) -> Option<&'a mut Value> {
    let operation = find_operation(document, operation)?;
    let parameters = operation.get_mut("parameters")?.as_array_mut()?;
    parameters.iter_mut().find(|found| found["name"] == name)?.get_mut("schema")
}
