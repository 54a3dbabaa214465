//! Going through a tree, from the load balancer down to the members.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use lbhealth_core::wire::{self, Id, List, Value, Wire};
use lbhealth_core::{
    BackendHealth, BackendKind, BackendRecord, Certainty, Context, Parent, ParentKind, Place, Pointer, ReportBuilder, Scope,
    Traffic, TrafficReason, Vocabulary, Warning, WarningCode, Words, prefer_payload,
};

use super::{POOL_STATUS, PROVISIONING, Places, TreeLoadBalancer, TreeMember, TreePool};
use crate::status::{STATUS, left_by_status};

/// Notes what the tree says of wholes, and adds its members to the report.
///
/// The tree can repeat a pool below every listener that uses it and below the load balancer. A member is observed at its listeners; only
/// one that stands below none of them is observed in its pool. `kind` is what all members are, where the product has but one kind.
pub fn walk<'a>(
    mut balancer: TreeLoadBalancer<'a>,
    places: &'static Places,
    vocabulary: &'static Vocabulary,
    kind: Option<BackendKind>,
    context: &Context<'a>,
    report: &mut ReportBuilder<'a>,
) {
    let at = Pointer::at(places.load_balancer, []);
    report.warnings.unread(&balancer, &at);
    // A list that is not there is noted below.
    let has_lost_listeners = balancer.listeners.as_ref().is_some_and(|listeners| listeners.reading().has_lost_elements());
    let mut parent = Parent::new(ParentKind::LoadBalancer, at.clone());
    parent.id = balancer.id.take().map(Id::into_text);
    parent.name = balancer.name.take();
    let mut place = Place::new(Scope::Pool);
    let path = || at.join("id");
    place.load_balancer_id =
        prefer_payload(parent.id.clone(), context.load_balancer_id.as_ref(), "load balancer", path, &mut report.warnings);

    let everywhere = everywhere(&balancer, vocabulary, report.operation());
    let mut walk = Walk {
        vocabulary,
        kind,
        report,
        everywhere,
        observed: HashMap::new(),
        empty_at_listeners: HashSet::new(),
        has_lost_listeners,
    };
    walk.missing_list(&balancer, "listeners", balancer.listeners.as_ref(), &at, true);
    let lost = Lost::of(&balancer);
    parent.status = balancer.operating_status;
    parent.provisioning_status = balancer.provisioning_status;
    let in_service = walk.above(parent, lost, Some(true));
    for (index, mut listener) in balancer.listeners.into_iter().flat_map(List::into_iter_indexed) {
        let at = Pointer::at(places.listener, [index]);
        walk.report.warnings.unread(&listener, &at);
        walk.missing_list(&listener, "pools", listener.pools.as_ref(), &at, true);
        let mut parent = Parent::new(ParentKind::Listener, at);
        parent.id = listener.id.take().map(Id::into_text);
        parent.name = listener.name.take();
        let mut place = place.clone();
        place.scope = Scope::Listener;
        place.listener_id.clone_from(&parent.id);
        let lost = Lost::of(&listener);
        parent.status = listener.operating_status;
        parent.provisioning_status = listener.provisioning_status;
        let in_service = walk.above(parent, lost, in_service);
        for (number, pool) in listener.pools.into_iter().flat_map(List::into_iter_indexed) {
            let pool_at = Pointer::at(places.listeners_pool, [index, number]);
            let member_at = |member| Pointer::at(places.listeners_member, [index, number, member]);
            walk.pool(pool, &place, &pool_at, member_at, in_service);
        }
    }
    for (number, pool) in balancer.pools.into_iter().flat_map(List::into_iter_indexed) {
        let pool_at = Pointer::at(places.pool, [number]);
        let member_at = |member| Pointer::at(places.member, [number, member]);
        walk.pool(pool, &place, &pool_at, member_at, in_service);
    }
}

/// What is said of a pool at all of its places.
#[derive(Clone, Copy, Default)]
struct Everywhere {
    is_somewhere_in_service: bool,
    /// Somewhere it is switched off, or what is said there is not known.
    is_somewhere_not: bool,
}

fn everywhere(balancer: &TreeLoadBalancer<'_>, vocabulary: &Vocabulary, operation: &str) -> HashMap<String, Everywhere> {
    let of_listeners = balancer.listeners.iter().flat_map(List::iter).filter_map(|(_, listener)| listener.pools.as_ref());
    let mut pools: HashMap<String, Everywhere> = HashMap::new();
    for (_, pool) in of_listeners.chain(&balancer.pools).flat_map(List::iter) {
        let Some(id) = &pool.id else { continue };
        let word = pool.operating_status.as_deref().unwrap_or_default();
        let is_in_service = vocabulary.traffic_below(operation, STATUS, word).is_some_and(|traffic| traffic != Traffic::Excluded);
        let said = pools.entry(id.to_string()).or_default();
        said.is_somewhere_in_service |= is_in_service;
        said.is_somewhere_not |= !is_in_service;
    }
    pools
}

/// Which words of something are there and could not be read.
#[derive(Clone, Copy)]
struct Lost {
    status: bool,
    provisioning: bool,
}

impl Lost {
    fn of<'a>(object: &impl Wire<'a>) -> Self {
        Self { status: object.is_unreadable(STATUS), provisioning: object.is_unreadable(PROVISIONING) }
    }
}

/// What a member is told by: its id, or else its address.
#[derive(PartialEq, Eq, Hash)]
enum Name {
    Id(String),
    Address(String),
    /// It can be any that has no id.
    Nothing,
}

impl Name {
    fn of(member: &TreeMember<'_>) -> Self {
        match (&member.id, &member.address) {
            (Some(id), _) => Self::Id(id.to_string()),
            (None, Some(address)) => Self::Address(address.to_string()),
            (None, None) => Self::Nothing,
        }
    }
}

/// What is said of a member's pool.
#[derive(Clone, Copy)]
struct PoolState<'p> {
    /// Whether it and all above it are in service.
    in_service: Option<bool>,
    status: Option<&'p str>,
}

struct Walk<'r, 'a> {
    vocabulary: &'static Vocabulary,
    kind: Option<BackendKind>,
    report: &'r mut ReportBuilder<'a>,
    /// Pools by id.
    everywhere: HashMap<String, Everywhere>,
    /// Pools and members that were observed at a listener, with the numbers of their records.
    observed: HashMap<(Option<String>, Name), Vec<usize>>,
    /// Pools that have no members at a listener.
    empty_at_listeners: HashSet<Option<Cow<'a, str>>>,
    /// Whether something at the listeners could not be read.
    has_lost_listeners: bool,
}

impl<'a> Walk<'_, 'a> {
    /// Warns of a list that is not there. What stands in it is not known; whether it stands at the listeners is for the caller to say.
    fn missing_list<L>(
        &mut self,
        object: &impl Wire<'a>,
        name: &'static str,
        list: Option<&L>,
        at: &Pointer,
        is_at_listeners: bool,
    ) {
        self.report.missing_list(object, name, list, at);
        self.has_lost_listeners |= list.is_none() && is_at_listeners;
    }

    /// What a whole with this word in this field leaves to what is below it.
    fn left_by(&self, field: &str, word: &str) -> Option<Traffic> {
        self.vocabulary.traffic_below(self.report.operation(), field, word)
    }

    /// Notes what is said of something above backends, and whether it and all above it are in service; of a word that is not
    /// known, was lost or is not there, nobody can say.
    fn above(&mut self, parent: Parent<'a>, lost: Lost, above_is_in_service: Option<bool>) -> Option<bool> {
        let operation = self.report.operation();
        let warnings = &mut self.report.warnings;
        let left = parent.status.clone().and_then(|word| left_by_status(self.vocabulary, operation, word, &parent.path, warnings));
        if parent.status.is_none() && !lost.status {
            let message = format!("`{STATUS}` is not given, so it is not known whether what is below is in service");
            self.report.warnings.push(WarningCode::StatusMissing, parent.path.join(STATUS), None, message);
        }
        let is_listener = parent.kind == ParentKind::Listener;
        // A state that the vocabulary does not have leaves everything to what is below.
        let provisioning_status = parent.provisioning_status.as_deref();
        let is_leaving = provisioning_status.and_then(|word| self.left_by(PROVISIONING, word)) == Some(Traffic::Unknown);
        let may_be_leaving = is_leaving || lost.provisioning;
        self.report.parent(parent);
        match (above_is_in_service, left) {
            (Some(false), _) | (_, Some(Traffic::Excluded)) => Some(false),
            (None, _) | (_, None) => None,
            _ if may_be_leaving => None,
            // A word that leaves it open does so of a listener. Load balancers and pools have theirs from what is below them.
            (_, Some(Traffic::Unknown)) if is_listener => None,
            _ => Some(true),
        }
    }

    fn pool(
        &mut self,
        mut pool: TreePool<'a>,
        place: &Place<'a>,
        at: &Pointer,
        member_at: impl Fn(u32) -> Pointer,
        above_is_in_service: Option<bool>,
    ) {
        self.report.warnings.unread(&pool, at);
        self.missing_list(&pool, "members", pool.members.as_ref(), at, place.scope == Scope::Listener);
        let mut parent = Parent::new(ParentKind::Pool, at.clone());
        parent.id = pool.id.take().map(Id::into_text);
        parent.name = pool.name.take();
        let mut place = place.clone();
        place.pool_id.clone_from(&parent.id);
        let lost = Lost::of(&pool);
        let status = pool.operating_status;
        parent.status.clone_from(&status);
        parent.provisioning_status = pool.provisioning_status;
        let mut in_service = self.above(parent, lost, above_is_in_service);
        let said = place.pool_id.as_deref().and_then(|id| self.everywhere.get(id)).copied().unwrap_or_default();
        if said.is_somewhere_not && in_service == Some(true) {
            in_service = None;
        }
        let word = status.as_deref().unwrap_or_default();
        if said.is_somewhere_in_service && self.left_by(STATUS, word) == Some(Traffic::Excluded) {
            let message = format!("the status `{}` that the pool has here is not the one that it has elsewhere", word.trim());
            self.report.warnings.push(WarningCode::OuterStatusUnplaced, at.join(STATUS), status.clone(), message);
        }
        let is_repeated = place.scope == Scope::Pool && self.empty_at_listeners.contains(&place.pool_id);
        if !is_repeated {
            self.report.note_empty(pool.members.as_ref(), &place, at);
        }
        if place.scope == Scope::Listener && pool.members.as_ref().is_some_and(List::is_empty) {
            self.empty_at_listeners.insert(place.pool_id.clone());
        }
        for (index, member) in pool.members.into_iter().flat_map(List::into_iter_indexed) {
            let key = |name| (place.pool_id.as_deref().map(str::to_owned), name);
            let name = Name::of(&member);
            if place.scope == Scope::Listener {
                let is_without_id = matches!(name, Name::Address(_));
                for name in [Some(name), is_without_id.then_some(Name::Nothing)].into_iter().flatten() {
                    self.observed.entry(key(name)).or_default().push(self.report.len());
                }
            } else {
                let is_told = matches!(name, Name::Id(_));
                let records = self.report.records_from(0);
                // Without ids, two ports of one address are two members.
                let port = |number: usize| records.get(number).and_then(|record| record.port);
                let is_it = |number: &&usize| is_told || port(**number).zip(member.port).is_none_or(|(one, other)| one == other);
                let observed = self.observed.get(&key(name)).into_iter().flatten().filter(is_it).copied().collect::<Vec<_>>();
                if !observed.is_empty() {
                    repeated(&member, &member_at(index), &observed, self.report);
                    continue;
                }
            }
            let pool = PoolState { in_service, status: status.as_deref() };
            self.member(member, &place, member_at(index), pool);
        }
    }

    fn member(&mut self, member: TreeMember<'a>, place: &Place<'a>, at: Pointer, pool: PoolState<'_>) {
        let report = &mut *self.report;
        let start = report.warnings.len();
        report.warnings.unread(&member, &at);
        let lost = Lost::of(&member);
        // What is wrong above the pool explains its members better than the pool does.
        let of_pool = pool.status.filter(|_| pool.in_service == Some(true)).unwrap_or_default();
        let facts = [(PROVISIONING, member.provisioning_status.as_deref().unwrap_or_default()), (POOL_STATUS, of_pool)];
        let words = Words::maybe(member.operating_status).operation(report.operation()).facts(&facts).at(at);
        let mut verdict = self.vocabulary.judge(words, &mut report.warnings);
        if self.has_lost_listeners && place.scope == Scope::Pool {
            // What could not be read may say otherwise of the member at a listener, or of the listener.
            verdict.traffic = verdict.traffic.narrowed_by(Traffic::Unknown);
            if verdict.health == BackendHealth::Healthy {
                verdict.health = BackendHealth::Unknown;
                verdict.certainty = Certainty::Ambiguous;
            }
        }
        if lost.provisioning {
            // It may be leaving.
            verdict.traffic = verdict.traffic.narrowed_by(Traffic::Unknown);
        }
        match pool.in_service {
            Some(true) => {}
            Some(false) => {
                verdict.traffic = Traffic::Excluded;
                verdict.traffic_reason = Some(TrafficReason::ParentNotInService);
            }
            None => verdict.traffic = verdict.traffic.narrowed_by(Traffic::Unknown),
        }
        report.record(place, verdict, start, |record| {
            record.backend_id = member.id.map(Id::into_text);
            record.backend_name = member.name;
            record.backend_kind = self.kind;
            record.address = member.address.map(Id::into_text);
            record.port = member.port;
        });
    }
}

/// Warns of a status in the pool that the member has at none of its listeners.
fn repeated<'a>(member: &TreeMember<'a>, at: &Pointer, observed: &[usize], report: &mut ReportBuilder<'a>) {
    report.warnings.unread(member, at);
    let Some(word) = &member.operating_status else { return };
    let is_said =
        |record: &BackendRecord<'_>| record.evidence.status.as_deref().is_some_and(|status| wire::is_word(status, word.trim()));
    let records = report.records_from(0);
    if observed.iter().filter_map(|number| records.get(*number)).any(is_said) {
        return;
    }
    let message = format!("the status `{}` that the member has in its pool is none of those at its listeners", word.trim());
    report.warn_about(observed, Warning::new(WarningCode::OuterStatusUnplaced, at.join(STATUS), Some(word.clone()), message));
}
