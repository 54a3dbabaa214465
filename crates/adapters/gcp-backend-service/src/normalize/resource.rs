//! Names of resources.

use std::borrow::Cow;

use lbhealth_core::wire::Text;

/// The name of a resource without host and version of the API, which differ from call to call: `projects/p/zones/z/instances/i`. Text that
/// does not name a project stays as it is.
pub(super) fn path(url: Text<'_>) -> Text<'_> {
    let start = url.find("/projects/").map_or(0, |slash| slash + 1);
    match url {
        Cow::Borrowed(url) => Cow::Borrowed(url.get(start..).unwrap_or(url)),
        Cow::Owned(url) => Cow::Owned(url.get(start..).map(str::to_owned).unwrap_or(url)),
    }
}

/// What stands behind the name of a collection in the name of a resource: `z` behind `zones`.
pub(super) fn part<'t>(path: &'t str, collection: &str) -> Option<&'t str> {
    let mut parts = path.split('/');
    parts.find(|part| *part == collection)?;
    parts.next().filter(|part| !part.is_empty())
}

/// The last part of the name.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
