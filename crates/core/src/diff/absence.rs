//! What it means that a snapshot does not have an observation.

use std::collections::HashSet;

use crate::roll_up::{Latest, Observation, PoolAt};
use crate::{BackendHealth, BackendRecord, Certainty, Completeness, Coverage};

/// What it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// The backend is not registered there. This says how certain that is, and why no more so.
    Absent(Certainty, Option<&'static str>),
    /// The backend is there, unlisted, and this may be said of it.
    Unlisted(Observation),
}

const UNLISTED: &str = "the vendor lists only what is not plainly normal, and what it says of the others is not enough to tell whether the \
                        backend is among them";

/// A backend in its pool, by its key. Where the pool has no name, that does not say which load balancer it is behind, which comes first.
pub(super) type InPool<'r> = (Option<&'r str>, &'r str);

/// The backends that a snapshot lists, wherever they are observed: in pools that have a name, and in such that an answer is about. Those
/// are told apart by their load balancer alone.
pub(super) fn listed<'r>(snapshot: &Latest<'r, '_>) -> HashSet<InPool<'r>> {
    let is_pool = |place: &&PoolAt<'_, '_>| place.pool.pool_id().is_some() || place.reports().any(|report| report.of_one_pool);
    snapshot.places.iter().filter(is_pool).flat_map(|place| &place.records).map(|record| of_pool(record)).collect()
}

fn of_pool<'r>(record: &'r BackendRecord<'_>) -> InPool<'r> {
    let load_balancer = record.load_balancer_id.as_deref().filter(|_| record.pool_id.is_none());
    (load_balancer, &record.backend_key)
}

impl Absence {
    /// It may be there, and this is why nobody knows.
    const fn undetermined(why: &'static str) -> Self {
        Self::Absent(Certainty::Ambiguous, Some(why))
    }

    /// What it means that `missing` observations of this place are in the other snapshot and not in this one. `is_shared`: some
    /// observations of the place are in both.
    pub(super) fn of(here: Option<&PoolAt<'_, '_>>, there: &PoolAt<'_, '_>, missing: u32, is_shared: bool) -> Self {
        let Some(here) = here else { return Self::undetermined("the other snapshot does not have its pool at this place") };
        let is_complete = here.completeness() == Completeness::Complete;
        match here.coverage() {
            Some(Coverage::All | Coverage::NonHealthyOnly) if !is_complete => {
                Self::undetermined("the other snapshot does not hold everything, so it may be in the part that is missing")
            }
            Some(Coverage::All) if here.may_be_several() || there.may_be_several() => Self::undetermined(
                "one of the snapshots has several replies that may be about several pools, so it is not known which of them would tell of it",
            ),
            Some(Coverage::All) if here.pool.pool_id().is_some() => Self::Absent(Certainty::Exact, None),
            Some(Coverage::All) if is_shared => {
                let why = "the replies name no pool; that they are about one pool is taken from the backends that they share";
                Self::Absent(Certainty::Inferred, Some(why))
            }
            Some(Coverage::All) => {
                Self::undetermined("the replies name no pool and share no backend, so they may be about two pools")
            }
            Some(Coverage::NonHealthyOnly) => Self::of_unlisted(here, there, missing),
            _ => Self::undetermined("the other snapshot only has the backends that were asked for"),
        }
    }

    /// What it means of this backend: `listed` are those that the other snapshot lists anywhere.
    pub(super) fn of_backend(self, record: &BackendRecord<'_>, listed: &HashSet<InPool<'_>>) -> Self {
        match self {
            Self::Absent(..) if listed.contains(&of_pool(record)) => {
                Self::undetermined("the other snapshot lists it at another place")
            }
            absence => absence,
        }
    }

    fn of_unlisted(here: &PoolAt<'_, '_>, there: &PoolAt<'_, '_>, missing: u32) -> Self {
        let Some(figures) = here.figures else { return Self::undetermined(UNLISTED) };
        if figures.unlisted_count == Some(0) {
            return Self::Absent(Certainty::Inferred, Some("every backend of the pool is named, and this is none of them"));
        }
        let server_count = |place: &PoolAt<'_, '_>| place.figures.and_then(|figures| figures.server_count);
        match here.unlisted().filter(|said| said.health != BackendHealth::Unknown) {
            None => Self::undetermined(UNLISTED),
            Some(_) if server_count(here).is_none() || server_count(there).is_none() => Self::undetermined(
                "the vendor lists only what is not plainly normal, and does not count how many there are, so it may be unlisted or not \
                 registered",
            ),
            Some(_) if server_count(here) != server_count(there) => Self::undetermined(
                "the vendor lists only what is not plainly normal, and counts another number of backends, so it may be unlisted or \
                 not registered",
            ),
            Some(_) if figures.unlisted_count.is_none_or(|unlisted| unlisted < missing) => Self::undetermined(
                "more backends are missing than the vendor leaves unlisted, so it may be unlisted or not registered",
            ),
            Some(said) => Self::Unlisted(said),
        }
    }
}
