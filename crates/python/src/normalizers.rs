//! What payloads are read by: what was met is remembered, so that the next payload is not looked through for its operation first.

use lbhealth::{ADAPTERS, Adapter, Normalizer};

/// A normalizer for each adapter that was named, and one for payloads whose shape tells.
#[derive(Default)]
pub(crate) struct Normalizers(Vec<(Option<&'static str>, Normalizer<'static>)>);

impl Normalizers {
    /// The normalizer for payloads of this adapter; without one, for payloads whose shape tells.
    pub(crate) fn of(&mut self, adapter: Option<&'static dyn Adapter>) -> &mut Normalizer<'static> {
        let id = adapter.map(Adapter::id);
        let place = self.0.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
            self.0.push((id, adapter.map_or_else(|| Normalizer::new(ADAPTERS), Normalizer::of)));
            self.0.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "it was found or added there")]
        &mut self.0[place].1
    }
}
