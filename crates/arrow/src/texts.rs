//! Texts of which few stand in many rows.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::Int32Builder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, StringArray};
use arrow_schema::ArrowError;

/// A dictionary that grows with the texts it is given, and a key per row.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    keys: Int32Builder,
    dictionary: Vec<Arc<str>>,
    places: HashMap<Arc<str>, i32>,
    /// The text of the last row, which is most often that of the next.
    last: Option<(Arc<str>, i32)>,
}

impl Texts {
    pub(crate) fn append(&mut self, text: &str) {
        let key = match &self.last {
            Some((last, key)) if **last == *text => *key,
            _ => self.find(text),
        };
        self.keys.append_value(key);
    }

    pub(crate) fn append_null(&mut self) {
        self.keys.append_null();
    }

    /// The rows so far, which are then forgotten together with the dictionary.
    pub(crate) fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        let texts = StringArray::from_iter_values(std::mem::take(&mut self.dictionary));
        self.places.clear();
        self.last = None;
        Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(self.keys.finish(), Arc::new(texts))?))
    }

    #[cold]
    fn find(&mut self, text: &str) -> i32 {
        let known = self.places.get_key_value(text).map(|(text, key)| (Arc::clone(text), *key));
        let (text, key) = known.unwrap_or_else(|| self.add(text.into()));
        self.last = Some((text, key));
        key
    }

    fn add(&mut self, text: Arc<str>) -> (Arc<str>, i32) {
        // There are no more texts than rows.
        let key = i32::try_from(self.dictionary.len()).unwrap_or(i32::MAX);
        self.dictionary.push(Arc::clone(&text));
        self.places.insert(Arc::clone(&text), key);
        (text, key)
    }
}
