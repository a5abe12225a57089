//! Parameters as serde reads them, of which some may be given several times: those make a list.

use std::fmt::Display;
use std::str::FromStr;
use std::vec::IntoIter;

use serde::Deserializer;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// All values of one parameter, at least one.
pub(super) struct Values {
    name: String,
    values: Vec<String>,
}

/// Reads parameters in the order in which each was given first.
pub(super) fn parameters(query: &str) -> MapDeserializer<'_, IntoIter<(String, Values)>, Error> {
    let mut parameters: Vec<(String, Values)> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match parameters.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.values.push(value.into_owned()),
            None => {
                let values = Values { name: name.to_string(), values: vec![value.into_owned()] };
                parameters.push((name.into_owned(), values));
            }
        }
    }
    MapDeserializer::new(parameters.into_iter())
}

impl Values {
    /// The one value of a parameter that is no list.
    fn single(mut self) -> Result<String, Error> {
        match (self.values.pop(), self.values.is_empty()) {
            (Some(value), true) => Ok(value),
            _ => Err(Error::custom(format_args!("duplicate field `{}`", self.name))),
        }
    }

    fn parsed<T: FromStr<Err: Display>>(self) -> Result<T, Error> {
        self.single()?.parse().map_err(Error::custom)
    }
}

impl IntoDeserializer<'_, Error> for Values {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Values {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.single()?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.parsed()?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.parsed()?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(self.parsed()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.values.into_iter()))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map struct enum identifier ignored_any
    }
}
