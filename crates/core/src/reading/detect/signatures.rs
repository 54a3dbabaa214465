//! The signatures of many operations, held against one payload.

use std::cell::RefCell;

use super::keys::{Key, Keys, Root};
use super::unknown::Fields;
use super::{AdapterTables, Signature, unknown};
use crate::error::list;
use crate::model::document::Head;
use crate::reading::error_reply;
use crate::wire::Names;
use crate::{Error, ErrorKind, Operation, Pointer};

/// Of how many sets of adapters a thread keeps the signatures.
const MOST_KNOWN: usize = 32;

thread_local! {
    /// Signatures that were put together before: a call that reads one reply takes longer to do that than to read it.
    static KNOWN: RefCell<Vec<Signatures>> = const { RefCell::new(Vec::new()) };
}

/// The signatures of all operations of some adapters.
#[derive(Debug)]
pub(crate) struct Signatures {
    adapters: Vec<AdapterTables>,
    keys: Keys,
    /// Those of each adapter.
    rules: Vec<Vec<Rule>>,
    /// Keys that make a reply of an operation worth a second look.
    error_keys: Vec<Key>,
    /// The keys that make it so too if they do not hold `true`.
    success_keys: Vec<Key>,
    /// The key that documents of ours have.
    own_key: Key,
}

/// The signature of one operation.
#[derive(Debug)]
struct Rule {
    operation: &'static Operation,
    alone: SignatureKeys,
    /// The same keys in the first element of a list, where a list of replies is one too.
    listed: Option<SignatureKeys>,
}

/// The keys of one signature.
#[derive(Debug)]
struct SignatureKeys {
    any: Vec<Key>,
    with: Vec<Key>,
    decisive: Vec<Key>,
    never: Vec<Key>,
}

impl SignatureKeys {
    fn of(signature: &Signature, keys: &mut Keys, root: Key) -> Self {
        let mut ask = |pointers: &[&'static str]| pointers.iter().map(|pointer| keys.ask_below(root, pointer)).collect();
        Self { any: ask(signature.any), with: ask(signature.with), decisive: ask(signature.decisive), never: ask(signature.never) }
    }
}

/// The operation whose reply a payload is, and its adapter as the caller handed it in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match<A> {
    pub(crate) adapter: A,
    pub(crate) operation: &'static Operation,
    /// Whether every payload with the same keys is a reply of this operation. Some keys ask for a look at what they hold.
    pub(crate) is_by_keys_alone: bool,
}

/// A rule that a payload fits, and the adapter that it is of.
#[derive(Clone, Copy)]
struct Candidate<'s, A> {
    adapter: A,
    tables: &'s AdapterTables,
    rule: &'s Rule,
}

/// The rules that a payload fits, by what speaks for and against each.
struct Candidates<'s, A> {
    /// A key rules it out.
    ruled_out: Vec<Candidate<'s, A>>,
    /// Nothing tells it from other operations of the adapter.
    untold: Vec<Candidate<'s, A>>,
    /// Look-alikes fit as well.
    unsure: Vec<Candidate<'s, A>>,
    sure: Vec<Candidate<'s, A>>,
}

impl Signatures {
    pub(crate) fn of(adapters: Vec<AdapterTables>) -> Self {
        let mut keys = Keys::new();
        let mut rules = Vec::new();
        let (mut error_keys, mut success_keys) = (Vec::new(), Vec::new());
        for adapter in &adapters {
            let mut own_rules = Vec::new();
            for operation in adapter.operations {
                let alone = SignatureKeys::of(&operation.signature, &mut keys, Keys::ROOT);
                let first = operation.listed.then(|| keys.ask("/#"));
                let listed = first.map(|first| SignatureKeys::of(&operation.signature, &mut keys, first));
                own_rules.push(Rule { operation, alone, listed });
            }
            rules.push(own_rules);
            let replies = adapter.error_replies;
            let holder = keys.ask(replies.within.unwrap_or_default());
            error_keys.extend(replies.code.iter().map(|name| keys.ask_below(holder, name)));
            success_keys.extend(replies.success.map(|name| keys.ask(name)));
        }
        let own_key = keys.ask("/schema_id");
        Self { adapters, keys, rules, error_keys, success_keys, own_key }
    }

    /// Looks at the signatures of these adapters, which a thread keeps from the last time.
    pub(crate) fn cached<T>(adapters: Vec<AdapterTables>, look: impl FnOnce(&mut Self) -> T) -> T {
        let mut known = KNOWN.take();
        let place = known.iter().position(|known| known.adapters == adapters);
        let mut signatures = place.map_or_else(|| Self::of(adapters), |place| known.swap_remove(place));
        let outcome = look(&mut signatures);
        if known.len() < MOST_KNOWN {
            known.push(signatures);
        }
        KNOWN.set(known);
        outcome
    }

    /// The keys that are asked for.
    pub(crate) fn names(&self) -> Names<'static> {
        self.keys.names()
    }

    /// The operation whose reply this is. `adapters`: those whose signatures these are. `asked`: only operations of this name. `doubt`:
    /// whether look-alikes count.
    pub(crate) fn find<A: Copy>(
        &mut self,
        adapters: &[A],
        payload: &str,
        asked: Option<&str>,
        doubt: bool,
    ) -> Result<Match<A>, Error> {
        let root = self.keys.scan(payload)?;
        let may_be_own = self.keys.has_any(&[self.own_key]);
        if may_be_own && let Some(own) = own_document(payload) {
            return Err(own);
        }
        let Candidates { ruled_out, untold, unsure, sure } = self.candidates(adapters, payload, root, asked, doubt);
        let is_of_operation = !sure.is_empty() || !unsure.is_empty();
        if root != Root::Object && !is_of_operation && ruled_out.is_empty() {
            return Err(Error::unexpected_shape(Pointer::ROOT, "the reply of one call, an object", root.advice()));
        }
        let has_error_key = self.keys.has_any(&self.error_keys);
        let may_have_failed = !is_of_operation || has_error_key || self.keys.has_any_untrue(&self.success_keys);
        if may_have_failed && let Some(error) = error_reply::error(&self.adapters, payload, is_of_operation) {
            return Err(error);
        }
        match (sure.as_slice(), unsure.as_slice()) {
            ([first, others @ ..], _) if others.iter().all(|other| std::ptr::eq(other.tables, first.tables)) => Ok(Match {
                adapter: first.adapter,
                operation: first.rule.operation,
                is_by_keys_alone: !has_error_key
                    && !self.keys.has_any(&self.success_keys)
                    && !may_be_own
                    && !self.keys.has_told_text(),
            }),
            ([], []) => Err(match (ruled_out.first(), untold.is_empty()) {
                (_, false) => several(&untold, doubt),
                (Some(candidate), true) => self.look_alike(candidate, doubt),
                (None, true) => self.unknown(payload, asked),
            }),
            ([], doubtful) => Err(self.ambiguous(doubtful)),
            (several, _) => Err(self.ambiguous(several)),
        }
    }

    /// The rules that the payload last scanned fits.
    fn candidates<A: Copy>(
        &self,
        adapters: &[A],
        payload: &str,
        root: Root,
        asked: Option<&str>,
        doubt: bool,
    ) -> Candidates<'_, A> {
        let is_list = root == Root::Array;
        let has = |Candidate { rule, .. }: &Candidate<'_, A>, keys: fn(&SignatureKeys) -> &[Key]| {
            let signature = if is_list { rule.listed.as_ref() } else { Some(&rule.alone) };
            signature.is_some_and(|signature| self.keys.has_any(keys(signature)))
        };
        let is_asked = |rule: &&Rule| asked.is_none_or(|name| rule.operation.is_called(name));
        // A list of no replies has no keys, so that only the caller can say of which operation it is.
        let is_named_list = asked.is_some() && is_list && is_empty_list(payload);
        let is_alike = |one: &Candidate<'_, A>| has(one, |keys| &keys.any) || (is_named_list && one.rule.listed.is_some());
        let is_ruled_out = |one: &Candidate<'_, A>| has(one, |keys| &keys.never);
        let is_told = |one: &Candidate<'_, A>| asked.is_some() || one.rule.alone.with.is_empty() || has(one, |keys| &keys.with);
        let is_sure =
            |one: &Candidate<'_, A>| !doubt || !one.rule.operation.signature.has_look_alikes() || has(one, |keys| &keys.decisive);
        let all = adapters.iter().zip(&self.adapters).zip(&self.rules).flat_map(|((adapter, tables), rules)| {
            rules.iter().filter(is_asked).map(move |rule| Candidate { adapter: *adapter, tables, rule })
        });
        let (mut ruled_out, fitting): (Vec<_>, Vec<_>) = all.filter(is_alike).partition(is_ruled_out);
        // It looks most like one of which it has all that tells.
        ruled_out.sort_by_key(|one| !is_told(one));
        let (told, untold): (Vec<_>, Vec<_>) = fitting.into_iter().partition(is_told);
        let (sure, unsure) = told.into_iter().partition(is_sure);
        Candidates { ruled_out, untold, unsure, sure }
    }

    fn ambiguous<A>(&self, found: &[Candidate<'_, A>]) -> Error {
        let mut candidates: Vec<&'static str> = Vec::new();
        for Candidate { tables, rule, .. } in found {
            let signature = &rule.operation.signature;
            candidates.push(tables.id);
            candidates.extend(signature.look_alikes);
            let is_relative = |other: &Operation| signature.family.is_some() && other.signature.family == signature.family;
            let relatives = self.adapters.iter().filter(|adapter| adapter.operations.iter().any(is_relative));
            candidates.extend(relatives.map(|adapter| adapter.id));
        }
        candidates.sort_unstable();
        candidates.dedup();
        Error::from(ErrorKind::AmbiguousAdapter { candidates })
    }

    fn unknown(&self, payload: &str, asked: Option<&str>) -> Error {
        let is_it = |operation: &&Operation| asked.is_some_and(|name| operation.is_called(name));
        let operations = || self.adapters.iter().flat_map(|adapter| adapter.operations);
        let fields = Fields::of(payload);
        let advice = fields.advice(operations());
        if let (Some(asked), Some(operation)) = (asked, operations().find(is_it)) {
            let keys: Vec<String> =
                operation.signature.any.iter().map(|key| format!("`{}`", key.trim_start_matches('/'))).collect();
            let expected = format!("the reply of `{}`, an object with {}", asked.trim(), keys.join(" or "));
            let advice = advice.map(|advice| format!("; {advice}")).unwrap_or_default();
            return Error::unexpected_shape(Pointer::ROOT, expected, format!("an object without{advice}"));
        }
        let found = fields.shown();
        if found.is_empty() && asked.is_none() {
            return Error::unexpected_shape(Pointer::ROOT, "the reply of one call", "an empty object");
        }
        let known = match self.adapters.as_slice() {
            [only] => only.operations.iter().map(|operation| operation.name).collect(),
            several => several.iter().map(|adapter| adapter.id).collect(),
        };
        Error::from(ErrorKind::UnknownOperation { found, known, asked: asked.map(str::to_owned) }).with_advice(advice)
    }

    /// A key rules the operation out whose reply this looks like. `doubt`: whether the adapter is not named.
    fn look_alike<A>(&self, Candidate { tables, rule, .. }: &Candidate<'_, A>, doubt: bool) -> Error {
        let operation = rule.operation;
        let of = if doubt { format!(" of `{}`", tables.id) } else { String::new() };
        let expected = format!("the reply of `{}`{of}", operation.name);
        let never = || operation.signature.never.iter().copied();
        let asked = [Some(&rule.alone), rule.listed.as_ref()].into_iter().flatten().flat_map(|asked| never().zip(&asked.never));
        let ruling: Vec<&str> = asked.filter(|(_, key)| self.keys.has_any(&[**key])).map(|(pointer, _)| pointer).collect();
        let found = if let Some((name, key)) = ruling.iter().find_map(|pointer| unknown::respelled(operation, pointer)) {
            format!("an object with `{name}`; {}", unknown::instead_of_renamed(key))
        } else {
            let whole = ruling.iter().find_map(|pointer| self.around(operation, pointer));
            let whole = whole.map(|key| format!(", such as an object with `{key}`")).unwrap_or_default();
            format!(
                "a reply of another product or operation, which looks alike and means something else; pass the whole reply{whole}, or \
                 name the adapter whose reply it is"
            )
        };
        Error::unexpected_shape(Pointer::ROOT, expected, found)
    }

    /// The field in which whole replies of a relative have what rules this operation out.
    fn around(&self, operation: &Operation, ruling: &str) -> Option<&'static str> {
        let family = operation.signature.family?;
        let relatives =
            self.adapters.iter().flat_map(|adapter| adapter.operations).filter(|other| other.signature.family == Some(family));
        let around = relatives.flat_map(|other| other.signature.decisive).find_map(|pointer| pointer.strip_suffix(ruling))?;
        around.strip_prefix('/')?.split('/').next()
    }
}

/// Whether the array that a payload is has no elements.
fn is_empty_list(payload: &str) -> bool {
    payload.trim_ascii_start().strip_prefix('[').is_some_and(|rest| rest.trim_ascii_start().starts_with(']'))
}

/// What is wrong with a document of ours as a payload: its pools and members would pass for a vendor's.
fn own_document(payload: &str) -> Option<Error> {
    let Head { schema_id } = serde_json::from_str(payload).ok()?;
    let schema_id = schema_id.filter(|id| id.starts_with("urn:lbhealth:"))?;
    Some(Error::from(ErrorKind::OwnDocument { schema_id }).with_path(Pointer::ROOT.join("schema_id")))
}

/// The reply has what those of these operations have in common, and nothing that only one of them has.
fn several<A>(candidates: &[Candidate<'_, A>], doubt: bool) -> Error {
    let names = list(candidates.iter().map(|candidate| candidate.rule.operation.name), " or ");
    let expected = format!("a key that tells which operation replies so, {names}");
    let found = if doubt { "none; name the adapter and the operation" } else { "none; name the operation" };
    Error::unexpected_shape(Pointer::ROOT, expected, found)
}
