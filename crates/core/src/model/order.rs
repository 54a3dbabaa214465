//! The order in which reports were observed.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};

use crate::HealthReport;
use crate::model::place::{PlaceKey, PoolIdentity};

/// What two reports can have in common: a listener, or a pool.
#[derive(PartialEq, Eq, Hash)]
enum Common<'r> {
    Listener(&'r str),
    Pool(PoolIdentity<'r>),
}

impl<'r> Common<'r> {
    fn of(place: PlaceKey<'r>) -> [Option<Self>; 2] {
        [Some(Self::Pool(place.pool())), place.listener_id.map(Self::Listener)]
    }
}

/// Puts reports into the order in which they were observed, where all of those say when that was that are about the same: whether one of
/// something else does is nothing to them. Where one of them does not, they are in the order in which they were given.
pub(crate) fn by_time<'a, R: Borrow<HealthReport<'a>>>(reports: &mut [R]) {
    let is_timed = |report: &R| report.borrow().observed_at.is_some();
    if reports.iter().all(is_timed) {
        reports.sort_by_key(|report| report.borrow().observed_at);
    } else if reports.iter().any(is_timed) {
        let mut ranks = ranks(reports);
        for number in 0..reports.len() {
            while let Some(rank) = ranks.get(number).copied().filter(|rank| *rank != number) {
                reports.swap(number, rank);
                ranks.swap(number, rank);
            }
        }
    }
}

/// Which number each report gets: those about the same share out the numbers that they have.
fn ranks<'a, R: Borrow<HealthReport<'a>>>(reports: &[R]) -> Vec<usize> {
    let mut ranks: Vec<usize> = (0..reports.len()).collect();
    for numbers in about_the_same(reports) {
        let time = |number: &usize| reports.get(*number).and_then(|report| report.borrow().observed_at);
        if numbers.iter().any(|number| time(number).is_none()) {
            continue;
        }
        let mut sorted = numbers.clone();
        sorted.sort_by_key(time);
        for (number, rank) in sorted.into_iter().zip(numbers) {
            ranks.get_mut(number).into_iter().for_each(|slot| *slot = rank);
        }
    }
    ranks
}

/// The numbers of the reports, those together that are about the same: directly, or by others that are about what both are about.
fn about_the_same<'a, R: Borrow<HealthReport<'a>>>(reports: &[R]) -> impl Iterator<Item = Vec<usize>> {
    // A report before it that is about the same; the first of all leads to itself.
    let mut links: Vec<usize> = (0..reports.len()).collect();
    let mut first_about: HashMap<(&str, Common<'_>), usize> = HashMap::new();
    for (number, report) in reports.iter().enumerate() {
        let report: &HealthReport<'_> = report.borrow();
        let mut common = report.places().flat_map(Common::of).flatten().peekable();
        // One that tells of no place may be about one that nobody names.
        let nameless = common.peek().is_none().then_some(Common::Pool(PoolIdentity::Nothing));
        for one in common.chain(nameless) {
            let first = *first_about.entry((&*report.adapter, one)).or_insert(number);
            let (first, own) = (first_of(&mut links, first), first_of(&mut links, number));
            links.get_mut(first.max(own)).into_iter().for_each(|link| *link = first.min(own));
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in 0..links.len() {
        groups.entry(first_of(&mut links, number)).or_default().push(number);
    }
    groups.into_values()
}

/// The first of all that the number leads to. The way there is made shorter.
fn first_of(links: &mut [usize], mut number: usize) -> usize {
    while let Some(link) = links.get(number).copied().filter(|link| *link != number) {
        let next = links.get(link).copied().unwrap_or(link);
        links.get_mut(number).into_iter().for_each(|link| *link = next);
        number = next;
    }
    number
}
