//! Reports merged without what later lists of the same backends took the place of.

use std::collections::HashSet;

use super::merge::in_order;
use crate::model::place::PoolIdentity;
use crate::roll_up::Latest;
use crate::{BackendRecord, Coverage, Error, HealthReport};

impl HealthReport<'_> {
    /// One report from several, as [`merge`](Self::merge) makes it, of what no later list of all backends took the place of: of several
    /// answers about one pool the latest stands, as in a [summary](crate::Summary), and a backend that it does not have any more is not there.
    /// What operations say that list only some is merged as it is: who is left out now and failed before is not known to be well.
    ///
    /// # Errors
    ///
    /// As [`merge`](Self::merge).
    pub fn merge_latest(reports: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        let reports: Vec<_> = reports.into_iter().collect();
        if reports.len() == 1 || reports.iter().all(|report| report.coverage != Coverage::All) {
            return Self::merge(reports);
        }
        let answers = Self::join_pages(reports.iter().cloned());
        // Pages that found no answer to belong to may be of one all the same.
        Self::merge(without_replaced(answers).unwrap_or(reports))
    }

    /// Leaves only these records, and what is said of pools that keep some.
    fn retain(&mut self, stands: &[bool]) {
        let mut stand = stands.iter();
        let (mut gone, mut emptied) = (HashSet::new(), HashSet::new());
        self.records.retain(|record| {
            let stands = stand.next() != Some(&false);
            if !stands {
                gone.insert(record.record_key.clone());
                emptied.insert(record.pool_key.clone());
            }
            stands
        });
        for record in &self.records {
            emptied.remove(&record.pool_key);
        }
        self.pools.retain(|pool| !emptied.contains(&pool.pool_key));
        self.warnings.retain(|warning| warning.record_key.as_ref().is_none_or(|key| !gone.contains(key)));
    }
}

/// The reports without records that later lists replaced; none where there are no such.
fn without_replaced<'a>(reports: Vec<HealthReport<'a>>) -> Option<Vec<HealthReport<'a>>> {
    let mut reports = in_order(reports);
    let standing = Latest::of_unreplaced(&reports).standing();
    let stands = |report: &HealthReport<'a>| -> Vec<bool> {
        let is_whole_list = report.coverage == Coverage::All;
        // Nothing takes the place of a record that says nothing of where it is observed.
        let is_nameless = |record: &BackendRecord<'_>| record.place_key().pool() == PoolIdentity::Nothing;
        let stands =
            |record: &BackendRecord<'a>| !is_whole_list || is_nameless(record) || standing.contains(&std::ptr::from_ref(record));
        report.records.iter().map(stands).collect()
    };
    let stands: Vec<_> = reports.iter().map(stands).collect();
    if stands.iter().flatten().all(|stands| *stands) {
        return None;
    }
    for (report, stands) in reports.iter_mut().zip(&stands) {
        report.retain(stands);
    }
    // One that was replaced whole says nothing any more, not even that it was not whole.
    let mut stood = stands.iter();
    reports.retain(|report| {
        let had_records = stood.next().is_some_and(|stands| !stands.is_empty());
        !had_records || !report.records.is_empty() || !report.pools.is_empty()
    });
    Some(reports)
}
