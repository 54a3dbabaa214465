//! Every fixture with one thing wrong, in every place: nothing panics, nothing is lost in silence, and nobody becomes healthy by it.

mod accounting;
mod allowances;
mod healthier;
mod mutant;

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use anyhow::{Context as _, Result, ensure};
use lbhealth::{ADAPTERS, Adapter, Completeness, Document, Error, ErrorKind, WarningCode};
use lbhealth_tests::Fixture;
use serde_json::Value;

use crate::accounting::{Lists, lost, template};
use crate::allowances::Allowances;
use crate::healthier::healthier;
use crate::mutant::{Mutant, Mutation};

const NOT_LAST: &str = "the last of two equal keys does not win";

/// What has to hold of every mutant, and the findings where it does not.
struct Suite {
    lists: Lists,
    allowances: BTreeMap<&'static str, Allowances>,
}

/// What one fixture gave.
#[derive(Default)]
struct Findings {
    /// What does not hold, with an example.
    broken: BTreeMap<String, String>,
    /// Adapter, number and mutation of the allowances that were needed.
    used: BTreeSet<(&'static str, usize, &'static str)>,
    mutants: usize,
}

impl Suite {
    fn new(fixtures: &[Fixture]) -> Result<Self> {
        let mut lists = Lists::default();
        for fixture in fixtures {
            let context = fixture.context()?;
            for payload in std::iter::once(&fixture.input).chain(&fixture.with) {
                if let Ok(document) = fixture.adapter()?.normalize(payload, &context) {
                    lists.learn(&fixture.adapter, &document);
                }
            }
        }
        let of = |adapter: &&dyn Adapter| Ok((adapter.id(), Allowances::of(adapter.id())?));
        Ok(Self { lists, allowances: ADAPTERS.iter().map(of).collect::<Result<_>>()? })
    }

    /// Mutates the input of the fixture, and then each of the inventories it is completed with.
    fn run(&self, fixture: &Fixture, findings: &mut Findings) -> Result<()> {
        let with: Vec<&[u8]> = fixture.with.iter().map(Vec::as_slice).collect();
        self.mutate(fixture, &fixture.input, None, findings, |mutant| owned(fixture.outcome_of(mutant, &with)))?;
        let alone = fixture.outcome_of(&fixture.input, &[])?.ok();
        for (number, inventory) in fixture.with.iter().enumerate() {
            self.mutate(fixture, inventory, alone.as_ref(), findings, |mutant| {
                let others = fixture.with.iter().map(Vec::as_slice).enumerate();
                let with: Vec<&[u8]> = others.map(|(other, payload)| if other == number { mutant } else { payload }).collect();
                // An inventory that cannot be read is an outcome too.
                owned(fixture.outcome_of(&fixture.input, &with)).or_else(|error| Ok(Err(error.downcast::<Error>()?)))
            })?;
        }
        Ok(())
    }

    /// `alone` is the document that is completed, where the payload is an inventory: a lesser inventory contradicts less of it.
    fn mutate(
        &self,
        fixture: &Fixture,
        payload: &[u8],
        alone: Option<&Document<'_>>,
        findings: &mut Findings,
        outcome: impl Fn(&[u8]) -> Result<Result<Document<'static>, Error>>,
    ) -> Result<()> {
        let Ok(value) = serde_json::from_slice::<Value>(payload.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(payload)) else {
            return Ok(());
        };
        let before = outcome(payload)?.ok();
        let (adapter, context) = (fixture.adapter()?, fixture.context()?);
        let read = adapter.normalize(payload, &context);
        let operation = read.as_ref().map_or("", Document::operation);
        let warnings = read.as_ref().map_or(&[][..], Document::warnings);
        // What was lost with the first of two equal keys is not forgotten.
        let is_clean =
            !warnings.iter().any(|warning| matches!(warning.code, WarningCode::ElementSkipped | WarningCode::FieldUnreadable));
        let mut of_null = None;
        for mutant in Mutant::all(&value) {
            findings.mutants += 1;
            let after = outcome(mutant.text.as_bytes())?.ok();
            let place = template(&mutant.place);
            let mut broken = |what: String| {
                let name = format!("{} {operation} {place} {}", fixture.adapter, mutant.mutation.name());
                findings.broken.entry(name).or_insert_with(|| format!("{}: {what}\n{}", fixture.folder.display(), mutant.text));
            };
            match mutant.mutation {
                Mutation::Null => of_null.clone_from(&after),
                // The keys below the first can tell of another operation.
                Mutation::Duplicate if is_clean && is_of_one_operation(after.as_ref(), of_null.as_ref()) && after != of_null => {
                    broken(NOT_LAST.to_owned());
                }
                Mutation::Repeat if after.is_some() && after != before => broken(NOT_LAST.to_owned()),
                _ => {}
            }
            let Some(after) = &after else { continue };
            let (id, allowances) = self.allowances.get_key_value(&*fixture.adapter).context("an adapter")?;
            let healthy = healthier(before.as_ref(), alone, after, &mutant);
            if !healthy.is_empty() {
                let allowed = allowances.healthier.iter().position(|entry| entry.fits(operation, &place, mutant.mutation));
                match allowed {
                    Some(number) => drop(findings.used.insert((id, number, mutant.mutation.name()))),
                    None => broken(format!("{} became healthy", healthy.join(" "))),
                }
            }
            let Ok(changed) = serde_json::from_str::<Value>(&mutant.text) else { continue };
            // A completed report has warnings about several payloads.
            let read = (!fixture.with.is_empty()).then(|| adapter.normalize(mutant.text.as_bytes(), &context)).transpose();
            let document = read.as_ref().ok().map(|read| read.as_ref().unwrap_or(after));
            if document.is_some_and(|document| {
                let is_skipped = |warning: &lbhealth::Warning<'_>| warning.code == WarningCode::ElementSkipped;
                let lists_backends = !matches!(document, Document::HealthChecks(_));
                lists_backends && document.completeness() == Completeness::Complete && document.warnings().iter().any(is_skipped)
            }) {
                broken("elements were skipped, and it is said to be complete".to_owned());
            }
            let elements = document.map(|document| self.lists.elements(&fixture.adapter, document.operation(), &changed));
            let lost = document.zip(elements).map(|(document, elements)| lost(&elements, &changed, document, &allowances.repeats));
            if let Some(lost) = lost.filter(|lost| !lost.is_empty()) {
                broken(format!("nothing tells of {}", lost.join(" ")));
            }
        }
        Ok(())
    }
}

fn is_of_one_operation(one: Option<&Document<'_>>, other: Option<&Document<'_>>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.operation() == other.operation())
}

fn owned(outcome: Result<Result<Document<'_>, Error>>) -> Result<Result<Document<'static>, Error>> {
    outcome.map(|outcome| outcome.map(Document::into_owned))
}

#[test]
fn a_mutant_panics_nowhere_loses_nothing_in_silence_and_makes_nobody_healthy() -> Result<()> {
    let fixtures = Fixture::all()?;
    let suite = Suite::new(&fixtures)?;
    let shares = thread::available_parallelism()?.get().min(8);
    let found = thread::scope(|scope| {
        let share = |number: usize| {
            let (fixtures, suite) = (&fixtures, &suite);
            scope.spawn(move || {
                let mut findings = Findings::default();
                let mut share = fixtures.iter().skip(number).step_by(shares);
                share.try_for_each(|fixture| suite.run(fixture, &mut findings)).map(|()| findings)
            })
        };
        let running: Vec<_> = (0..shares).map(share).collect();
        running.into_iter().map(|thread| thread.join().map_err(|_| anyhow::anyhow!("a mutant panics"))?).collect::<Result<Vec<_>>>()
    })?;
    let broken: BTreeMap<_, _> = found.iter().flat_map(|findings| &findings.broken).collect();
    let broken: Vec<String> = broken.iter().map(|(name, example)| format!("{name}\n    {example}")).collect();
    ensure!(broken.is_empty(), "{}\n{} in all", broken.join("\n"), broken.len());
    ensure!(found.iter().map(|findings| findings.mutants).sum::<usize>() > 10_000, "too few mutants");
    let used: BTreeSet<_> = found.iter().flat_map(|findings| &findings.used).copied().collect();
    for (adapter, allowances) in &suite.allowances {
        for (number, entry) in allowances.healthier.iter().enumerate() {
            let unused = entry.mutations.iter().find(|mutation| !used.contains(&(*adapter, number, mutation)));
            ensure!(unused.is_none(), "{adapter} allows what never happens: {unused:?} in {entry:?}");
        }
    }
    Ok(())
}

#[test]
fn a_payload_that_is_cut_off_is_not_json() -> Result<()> {
    for fixture in Fixture::all()? {
        let payload = fixture.input.trim_ascii_end();
        if serde_json::from_slice::<Value>(payload).is_err() {
            continue;
        }
        let step = payload.len().div_ceil(128).max(1);
        for end in (0..payload.len()).step_by(step).chain(payload.len().saturating_sub(8)..payload.len()) {
            let outcome = fixture.adapter()?.normalize(&payload[..end], &fixture.context()?);
            let is_not_json = outcome.as_ref().is_err_and(|error| matches!(error.kind(), ErrorKind::NotJson { .. }));
            ensure!(is_not_json, "{} cut at {end}: {outcome:?}", fixture.folder.display());
        }
    }
    Ok(())
}

#[test]
fn a_reply_is_an_error_to_every_adapter_whose_it_is_not() -> Result<()> {
    for fixture in Fixture::all()? {
        let detected = lbhealth::detect(ADAPTERS, &fixture.input);
        let found = detected.as_ref().map(|found| vec![found.adapter.id()]);
        // Where nothing tells whose it is, who does not name the adapter is asked to, with the names of all whose it can be. A fixture can
        // be another product's reply, which its adapter has to refuse.
        let whose = found.unwrap_or_else(|error| match error.kind() {
            ErrorKind::AmbiguousAdapter { candidates, .. } => candidates.clone(),
            _ => vec![&*fixture.adapter],
        });
        for adapter in ADAPTERS.iter().filter(|adapter| !whose.contains(&adapter.id())) {
            let outcome = adapter.normalize(&fixture.input, &fixture.context()?);
            ensure!(outcome.is_err(), "{} is read by {}: {outcome:?}", fixture.folder.display(), adapter.id());
        }
    }
    Ok(())
}
