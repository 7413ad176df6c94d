//! Objects whose compact form leaves out what says nothing.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::message::Form;

/// Writes an object field by field.
pub(crate) struct Fields<M> {
    map: M,
    form: Form,
}

impl<M: SerializeMap> Fields<M> {
    /// Begins the object.
    pub(crate) fn begin<S: Serializer<SerializeMap = M, Error = M::Error>>(
        serializer: S,
        form: Form,
    ) -> Result<Self, M::Error> {
        let map = serializer.serialize_map(None)?;
        Ok(Self { map, form })
    }

    /// A field of every form.
    pub(crate) fn put<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), M::Error> {
        self.map.serialize_entry(name, value)
    }

    /// A field that the compact form has not where it `says_nothing`.
    pub(crate) fn put_unless<T: Serialize + ?Sized>(
        &mut self,
        says_nothing: bool,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        if says_nothing && self.form == Form::Compact {
            return Ok(());
        }
        self.put(name, value)
    }

    /// A field that says nothing where it is null.
    pub(crate) fn put_option<T: Serialize>(&mut self, name: &'static str, value: Option<T>) -> Result<(), M::Error> {
        self.put_unless(value.is_none(), name, &value)
    }

    /// A field that says nothing where it is false.
    pub(crate) fn put_flag(&mut self, name: &'static str, value: bool) -> Result<(), M::Error> {
        self.put_unless(!value, name, &value)
    }

    /// Ends the object.
    pub(crate) fn end(self) -> Result<M::Ok, M::Error> {
        self.map.end()
    }
}
