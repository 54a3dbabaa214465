//! Which documents are pages of one answer, and whether the answer is whole.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::rc::Rc;

use crate::model::count;
use crate::{Completeness, HealthReport, Inventory, PoolSummary, Timestamp, Warning, WarningCode};

/// The answers that documents of one adapter are pages of.
///
/// A document is a page of an answer of its operation, unless both say what they are about, and it is something else: the rest of one
/// listener's answer is not made good by the answer of another. Lists that say how many members the whole has are pages of one where they
/// add up to it.
#[derive(Debug, Default)]
pub(crate) struct Answers<'a> {
    /// The pages of each.
    pages: Vec<Vec<Page<'a>>>,
    /// What they say, each with the number of its answer, but for those that nothing tells from others.
    said: HashSet<(usize, Rc<Content<'a>>)>,
    /// The answer of each operation that is about this.
    about: HashMap<(Cow<'a, str>, String), usize>,
    /// The answer of each operation that a page about anything can be of, and whether that is so whatever its pages are about.
    open: HashMap<Cow<'a, str>, (usize, bool)>,
    /// The answer of each operation that the last page was of.
    latest: HashMap<Cow<'a, str>, usize>,
}

/// What a document is about.
#[derive(Debug)]
enum About {
    /// It does not say.
    Unknown,
    /// It is empty. That is the end of a list whose pages name the last element, and of no other: a page that a token leads to goes on.
    Nothing,
    /// These listeners, or this pool.
    Only(BTreeSet<String>),
    /// Several pools: whichever there are.
    All,
}

/// How a document ends.
#[derive(Debug)]
struct Page<'a> {
    content: Rc<Content<'a>>,
    /// When it was observed.
    observed_at: Option<Timestamp>,
    /// Whether it goes on from another, as far as the vendor tells.
    goes_on: bool,
}

/// What a page says, by which it is known where it is there once more.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Content<'a> {
    completeness: Completeness,
    token: Option<Cow<'a, str>>,
    /// Whether something of it was lost, token or not.
    has_lost: bool,
    /// What each of its members is a member of, with its key, and how many the whole list has by the vendor's figure.
    members: Vec<(String, Cow<'a, str>)>,
    counted: Option<u32>,
    /// The ids of its pools, where it is a list of them; of those without one, of their load balancers.
    pools: Vec<Cow<'a, str>>,
}

/// Whether documents hold everything, and the token to go on with where they do not.
type Ending<'a> = (Completeness, Option<Cow<'a, str>>);

impl<'a> Answers<'a> {
    /// Adds a report, and gives the number of its answer. Where pools are told of as wholes, an answer is about listeners; else it can be
    /// about one pool.
    pub(crate) fn add_report(&mut self, report: &HealthReport<'a>) -> usize {
        let about = if report.pools.is_empty() && report.records.is_empty() {
            About::Nothing
        } else if report.pools.iter().all(PoolSummary::is_bare) {
            About::pools(report.places().map(|place| place.pool_id))
        } else {
            About::listeners(report.places().map(|place| place.listener_id))
        };
        let content = Content::new(report.completeness, report.next_page.as_ref(), &report.warnings);
        self.add(report.operation.clone(), &about, Page::new(content, report.observed_at, &report.warnings)).0
    }

    /// Adds an inventory, and says whether it is no page once more. A list of members can be about one pool.
    pub(crate) fn add_inventory(&mut self, inventory: &Inventory<'a>) -> bool {
        let about = if inventory.pools.is_empty() && inventory.members.is_empty() {
            About::Nothing
        } else {
            About::pools(inventory.members.iter().map(|member| member.pool_id.as_deref()))
        };
        let mut content = Content::new(inventory.completeness, inventory.next_page.as_ref(), &inventory.warnings);
        content.members =
            inventory.members.iter().map(|member| (member.member_of().to_owned(), member.backend_key.clone())).collect();
        content.counted = inventory.member_count;
        content.pools =
            inventory.pools.iter().filter_map(|pool| pool.pool_id.as_ref().or(pool.load_balancer_ids.first()).cloned()).collect();
        self.add(inventory.operation.clone(), &about, Page::new(content, inventory.observed_at, &inventory.warnings)).1
    }

    /// Adds a page. Gives the number of its answer, and whether it is new.
    fn add(&mut self, operation: Cow<'a, str>, about: &About, page: Page<'a>) -> (usize, bool) {
        let of = |id: &String| (operation.clone(), id.clone());
        let open = self.open.get(&operation).copied();
        let latest = || self.latest.get(&operation).copied().filter(|number| self.agrees(*number, &page));
        let number = match about {
            About::Only(ids) => self
                .about_any(ids.iter().map(of))
                .or(open.map(|(number, _)| number).filter(|number| self.agrees(*number, &page)))
                .or_else(|| self.counted_with(&operation, &page)),
            // It goes on from the page before it.
            About::Unknown | About::All => latest(),
            // One that says it is all there is ends no other.
            About::Nothing if page.content.completeness != Completeness::Undetermined => None,
            About::Nothing => latest().filter(|number| !self.waits_for_a_page(*number)),
        };
        match (about, open) {
            (About::All, _) => drop(self.open.insert(operation.clone(), (number.unwrap_or(self.pages.len()), true))),
            (About::Unknown, _) if number.is_none() => drop(self.open.insert(operation.clone(), (self.pages.len(), false))),
            (About::Only(_), Some((open, false))) if number == Some(open) => drop(self.open.remove(&operation)),
            _ => {}
        }
        let number = number.unwrap_or(self.pages.len());
        if let About::Only(ids) = about {
            self.about.extend(ids.iter().map(|id| (of(id), number)));
        }
        // What tells nothing is not what later pages go on from.
        if !matches!(about, About::Nothing) || number < self.pages.len() {
            self.latest.insert(operation, number);
        }
        if !page.content.is_bare() && !self.said.insert((number, Rc::clone(&page.content))) {
            return (number, false);
        }
        match self.pages.get_mut(number) {
            Some(pages) => pages.push(page),
            None => self.pages.push(vec![page]),
        }
        (number, true)
    }

    /// The answer about one of these: of several, one that waits for a page.
    fn about_any(&self, ids: impl Iterator<Item = (Cow<'a, str>, String)>) -> Option<usize> {
        let known: BTreeSet<usize> = ids.filter_map(|id| self.about.get(&id).copied()).collect();
        known.iter().find(|number| self.waits_for_a_page(**number)).or(known.first()).copied()
    }

    /// Whether the vendor counts as many members in the whole list on this page as on the others of the answer, wherever it does.
    fn agrees(&self, number: usize, page: &Page<'a>) -> bool {
        let mut counts = self.pages.get(number).into_iter().flatten().filter_map(|page| page.content.counted);
        page.content.counted.is_none_or(|counted| counts.all(|other| other == counted))
    }

    /// The answer before this page that it is of by the vendor's figure: each of the pages says how many members the whole list has, all say
    /// the same, none has as many, and no more than that are on all of them together.
    fn counted_with(&self, operation: &str, page: &Page<'a>) -> Option<usize> {
        let number = *self.latest.get(operation)?;
        let counted = page.content.counted?;
        let pages = || self.pages.get(number).into_iter().flatten().chain([page]);
        let is_short = |page: &Page<'a>| page.content.counted == Some(counted) && page.content.listed() < counted;
        let members = Together::of(pages().map(|page| &page.content.members));
        (pages().all(is_short) && !members.repeat && members.count <= counted).then_some(number)
    }

    /// Whether the last page of an answer has a token that leads to another.
    fn waits_for_a_page(&self, number: usize) -> bool {
        let last = self.pages.get(number).and_then(|pages| pages.last());
        last.is_some_and(|page| page.content.completeness == Completeness::Incomplete && page.content.token.is_some())
    }

    /// How each of them ends, by number.
    pub(crate) fn endings(&self) -> Vec<Ending<'a>> {
        self.pages.iter().map(|pages| ending(pages)).collect()
    }
}

/// How answers with these endings end together: as the worst of them does.
pub(crate) fn worst<'n, 'a: 'n>(endings: impl IntoIterator<Item = &'n Ending<'a>>) -> Ending<'a> {
    endings.into_iter().max_by_key(|(completeness, _)| *completeness).cloned().unwrap_or((Completeness::Complete, None))
}

/// A page with a token is made good by the page that follows. So pages are whole if none of them has a token, or all but one.
///
/// Pages can be given in any order. Where one that has a token was observed after the one that has none, nothing followed it, and the other is of
/// an earlier answer. That pages of inventories are of one list shows in their elements and figures too.
fn ending<'a>(pages: &[Page<'a>]) -> Ending<'a> {
    if let [only] = pages {
        return (only.content.completeness, only.content.token.clone());
    }
    // The members that the last page has not stand on those before it.
    let is_short = |page: &Page<'_>| page.content.counted > Some(page.content.listed());
    let ends = |page: &&Page<'_>| page.content.token.is_none();
    let is_cut_off = |page: &Page<'_>| !page.goes_on && !is_short(page) && page.content.completeness == Completeness::Incomplete;
    let counted = pages.iter().filter_map(|page| page.content.counted).max().unwrap_or_default();
    let members = Together::of(pages.iter().map(|page| &page.content.members));
    let pending = pages.iter().filter(|page| page.content.token.is_some()).count();
    let lost = pages.iter().any(|page| page.content.has_lost || (pending == 0 && is_short(page)))
        || pages.iter().filter(ends).any(is_cut_off)
        || pages.iter().all(|page| page.goes_on)
        || members.count < counted;
    let is_open = pages.iter().filter(ends).any(|page| page.content.completeness == Completeness::Undetermined);
    let last_end = pages.iter().filter(ends).map(|page| page.observed_at).max().flatten();
    let is_later = |page: &Page<'_>| last_end.zip(page.observed_at).is_some_and(|(end, own)| own > end);
    let is_followed = !pages.iter().any(|page| page.content.token.is_some() && is_later(page));
    if pending == 0 || (pending + 1 == pages.len() && is_followed && are_parts(pages, members)) {
        let whole = if is_open { Completeness::Undetermined } else { Completeness::Complete };
        return (if lost { Completeness::Incomplete } else { whole }, None);
    }
    let latest = pages.iter().rev().find(|page| page.content.token.is_some());
    let completeness = latest.filter(|_| !lost).map_or(Completeness::Incomplete, |page| page.content.completeness);
    (completeness, latest.and_then(|page| page.content.token.clone()))
}

/// Whether pages with these members can be parts of one list: it does not repeat its elements, and has as many members on each as are counted.
fn are_parts(pages: &[Page<'_>], members: Together) -> bool {
    let mut counts = pages.iter().filter_map(|page| page.content.counted);
    let counted = counts.next();
    let repeat = members.repeat || Together::of(pages.iter().map(|page| &page.content.pools)).repeat;
    !repeat && counts.all(|other| Some(other) == counted) && counted.is_none_or(|counted| members.count <= counted)
}

/// What lists have together.
#[derive(Clone, Copy)]
struct Together {
    /// How many elements. Of one that a list has several times, as of an interface without its addresses, there are as many.
    count: u32,
    /// Whether two of the lists have one in common.
    repeat: bool,
}

impl Together {
    fn of<'l, T: Eq + Hash + 'l>(lists: impl Iterator<Item = &'l Vec<T>>) -> Self {
        let mut all: HashMap<&T, u32> = HashMap::new();
        let mut repeat = false;
        for list in lists {
            let mut own: HashMap<&T, u32> = HashMap::new();
            for element in list {
                *own.entry(element).or_default() += 1;
            }
            for (element, times) in own {
                match all.entry(element) {
                    Entry::Vacant(new) => drop(new.insert(times)),
                    Entry::Occupied(mut known) => {
                        repeat = true;
                        *known.get_mut() = times.max(*known.get());
                    }
                }
            }
        }
        Self { count: all.into_values().fold(0, u32::saturating_add), repeat }
    }
}

impl<'a> Page<'a> {
    fn new(content: Content<'a>, observed_at: Option<Timestamp>, warnings: &[Warning<'_>]) -> Self {
        let goes_on = warnings.iter().any(|warning| warning.code == WarningCode::PageNotFirst);
        Self { content: Rc::new(content), observed_at, goes_on }
    }
}

impl<'a> Content<'a> {
    fn new(completeness: Completeness, token: Option<&Cow<'a, str>>, warnings: &[Warning<'_>]) -> Self {
        let lost = [WarningCode::ElementSkipped, WarningCode::FieldUnreadable, WarningCode::ListMissing];
        let has_lost = warnings.iter().any(|warning| lost.contains(&warning.code));
        Self { completeness, token: token.cloned(), has_lost, members: Vec::new(), counted: None, pools: Vec::new() }
    }

    /// How many members it has.
    fn listed(&self) -> u32 {
        count(self.members.len())
    }

    /// Whether nothing tells it from other pages, as of a report.
    fn is_bare(&self) -> bool {
        self.members.is_empty() && self.pools.is_empty()
    }
}

impl About {
    fn listeners<'i>(ids: impl Iterator<Item = Option<&'i str>>) -> Self {
        let ids: BTreeSet<String> = ids.flatten().map(str::to_owned).collect();
        if ids.is_empty() { Self::Unknown } else { Self::Only(ids) }
    }

    fn pools<'i>(mut ids: impl Iterator<Item = Option<&'i str>>) -> Self {
        let Some(Some(first)) = ids.next() else { return Self::Unknown };
        if ids.all(|id| id == Some(first)) { Self::Only(BTreeSet::from([first.to_owned()])) } else { Self::All }
    }
}
