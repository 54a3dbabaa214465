//! Comparisons: what changed, and what the vendor's replies leave open. The expected values follow from docs/roll-up.md.

#![expect(clippy::indexing_slicing, reason = "helpers of tests fail like tests")]

use anyhow::{Context as _, Result};
use lbhealth::{
    BackendHealth, Certainty, Change, ChangeKind, ComparisonWarningCode, Diff, Document, FailureReason, HealthReport,
    PoolChangeKind, Traffic,
};
use lbhealth_tests::report::{nameless, pool, record, report, report_of, with};
use lbhealth_tests::{Fixture, assert_valid, validator};
use serde_json::{Value, json};

use BackendHealth::{Degraded, Draining, Healthy, Initializing, Unhealthy, Unmonitored};
use Certainty::{Ambiguous, Exact, Inferred};
use ChangeKind::{Appeared, Gone, HealthChanged, ReasonChanged, Recovered, TrafficChanged};

fn all(records: &[Value]) -> Result<HealthReport<'static>> {
    report("ALL", "COMPLETE", &[], records)
}

fn abnormal(pools: &[Value], records: &[Value]) -> Result<HealthReport<'static>> {
    report("NON_HEALTHY_ONLY", "COMPLETE", pools, records)
}

fn between(old: HealthReport<'static>, new: HealthReport<'static>) -> Diff {
    Diff::between(&[old], &[new])
}

fn only(diff: &Diff) -> &Change {
    assert_eq!(diff.changes.len(), 1, "{:#?}", diff.changes);
    &diff.changes[0]
}

fn failing(backend: &str) -> Value {
    record("l", "p", backend, "UNHEALTHY", "EXCLUDED")
}

#[test]
fn the_same_is_the_same() -> Result<()> {
    for fixture in Fixture::all()? {
        let Ok(Document::Health(report)) = fixture.outcome()? else { continue };
        let diff = Diff::between(std::slice::from_ref(&report), std::slice::from_ref(&report));
        assert!(diff.is_same(), "{}: {diff:#?}", fixture.folder.display());
    }
    Ok(())
}

#[test]
fn health_changes_and_only_a_failure_recovers() -> Result<()> {
    for (before, after, kind) in [
        ("HEALTHY", "UNHEALTHY", HealthChanged),
        ("UNHEALTHY", "HEALTHY", Recovered),
        ("DEGRADED", "HEALTHY", Recovered),
        ("INITIALIZING", "HEALTHY", HealthChanged),
        ("UNKNOWN", "HEALTHY", HealthChanged),
        ("DRAINING", "HEALTHY", HealthChanged),
        ("UNHEALTHY", "DEGRADED", HealthChanged),
        ("UNHEALTHY", "UNMONITORED", HealthChanged),
    ] {
        let of = |health| all(&[record("l", "p", "b", health, "UNKNOWN")]);
        let diff = between(of(before)?, of(after)?);
        let change = only(&diff);
        assert_eq!((&*change.kinds, change.certainty), (&[kind][..], Exact), "{before} {after}");
        let healths = (change.health_before.context("none")?.as_str(), change.health_after.context("none")?.as_str());
        assert_eq!(healths, (before, after));
    }
    Ok(())
}

#[test]
fn traffic_and_reasons_change() -> Result<()> {
    let cause = |reason: &str, phase: &str| json!({ "cause": { "reason": reason, "phase": phase, "certainty": "EXACT" } });
    let refused = with(failing("b"), cause("CONNECT_REFUSED", "CONNECT"));
    let diff = between(all(std::slice::from_ref(&refused))?, all(&[with(failing("b"), cause("TIMEOUT", "UNSPECIFIED"))])?);
    let change = only(&diff);
    assert_eq!(change.kinds, [ReasonChanged]);
    assert_eq!((change.reason_before, change.reason_after), (Some(FailureReason::ConnectRefused), Some(FailureReason::Timeout)));
    let open = with(refused.clone(), json!({ "traffic": "ELIGIBLE", "traffic_reason": "FAIL_OPEN" }));
    let diff = between(all(std::slice::from_ref(&refused))?, all(&[open])?);
    assert_eq!(only(&diff).kinds, [TrafficChanged]);
    assert_eq!((only(&diff).traffic_before, only(&diff).traffic_after), (Some(Traffic::Excluded), Some(Traffic::Eligible)));
    let diff = between(all(&[refused])?, all(&[record("l", "p", "b", "HEALTHY", "ELIGIBLE")])?);
    assert_eq!(only(&diff).kinds, [Recovered, TrafficChanged, ReasonChanged]);
    // Two words that this version does not know are two reasons.
    let word = |word: &str| {
        with(with(failing("b"), cause("UNRECOGNIZED", "UNSPECIFIED")), json!({ "evidence": { "reason": word, "path": "" } }))
    };
    let diff = between(all(&[word("NEW_ONE")])?, all(&[word("NEWER_ONE")])?);
    assert_eq!(only(&diff).kinds, [ReasonChanged]);
    assert_eq!(only(&diff).vendor_reason_after.as_deref(), Some("NEWER_ONE"));
    assert!(between(all(&[word("NEW_ONE")])?, all(&[word("NEW_ONE")])?).is_same());
    Ok(())
}

#[test]
fn where_the_vendor_lists_all_what_is_missing_is_not_registered() -> Result<()> {
    let (one, two) = (all(&[failing("b-1")])?, all(&[failing("b-1"), failing("b-2")])?);
    let diff = between(two.clone(), one.clone());
    assert_eq!(
        (&*only(&diff).kinds, only(&diff).certainty, only(&diff).health_before, only(&diff).health_after),
        (&[Gone][..], Exact, Some(Unhealthy), None)
    );
    let diff = between(one.clone(), two.clone());
    assert_eq!(
        (&*only(&diff).kinds, only(&diff).certainty, only(&diff).health_before, only(&diff).health_after),
        (&[Appeared][..], Exact, None, Some(Unhealthy))
    );
    for (coverage, completeness) in
        [("ALL", "INCOMPLETE"), ("ALL", "UNDETERMINED"), ("SELECTED", "COMPLETE"), ("OF_A_NEWER_VERSION", "COMPLETE")]
    {
        let part = report(coverage, completeness, &[], &[failing("b-1")])?;
        let diff = between(two.clone(), part.clone());
        assert_eq!((&*only(&diff).kinds, only(&diff).certainty), (&[Gone][..], Ambiguous), "{coverage} {completeness}");
        assert!(only(&diff).message.is_some());
        assert_eq!(diff.counts.undetermined_count, 1);
        assert_eq!(only(&between(part, two.clone())).certainty, Ambiguous);
    }
    Ok(())
}

#[test]
fn where_the_vendor_lists_only_failures_a_missing_one_recovered_if_the_count_stands() -> Result<()> {
    let old = abnormal(&[pool("l", "p", 3, 2, "HEALTHY")], &[failing("b-1"), record("l", "p", "b-2", "INITIALIZING", "UNKNOWN")])?;
    let new = abnormal(&[pool("l", "p", 3, 0, "HEALTHY")], &[])?;
    let diff = between(old.clone(), new.clone());
    let seen: Vec<_> = diff
        .changes
        .iter()
        .map(|change| (change.kinds.clone(), change.certainty, change.health_before, change.health_after))
        .collect();
    assert_eq!(
        seen,
        [
            (vec![Recovered, TrafficChanged], Inferred, Some(Unhealthy), Some(Healthy)),
            (vec![HealthChanged, TrafficChanged], Inferred, Some(Initializing), Some(Healthy)),
        ]
    );
    assert_eq!(diff.changes[0].traffic_after, Some(Traffic::Eligible));
    // The way back: it was there, and well.
    let diff = between(new, old);
    assert_eq!((only_first(&diff).health_before, only_first(&diff).health_after), (Some(Healthy), Some(Unhealthy)));
    assert_eq!((&*only_first(&diff).kinds, only_first(&diff).certainty), (&[HealthChanged, TrafficChanged][..], Inferred));
    Ok(())
}

fn only_first(diff: &Diff) -> &Change {
    &diff.changes[0]
}

#[test]
fn where_the_vendor_lists_only_failures_anything_else_is_left_open() -> Result<()> {
    let old = abnormal(&[pool("l", "p", 3, 1, "HEALTHY")], &[failing("b-1")])?;
    let uncounted = with(pool("l", "p", 3, 0, "HEALTHY"), json!({ "server_count": null, "unlisted_count": null }));
    for (pools, why) in [
        (vec![pool("l", "p", 2, 0, "HEALTHY")], "fewer are counted: removed, or another was"),
        (vec![pool("l", "p", 4, 0, "HEALTHY")], "more are counted"),
        (vec![pool("l", "p", 3, 0, "UNKNOWN")], "nothing may be said of what is not listed"),
        (vec![uncounted], "nobody counts"),
        (vec![], "the pool is not there"),
        (vec![pool("l-2", "p", 3, 0, "HEALTHY")], "the pool is at another listener"),
    ] {
        let diff = between(old.clone(), abnormal(&pools, &[])?);
        assert_eq!((&*only(&diff).kinds, only(&diff).certainty, only(&diff).health_after), (&[Gone][..], Ambiguous, None), "{why}");
    }
    // Everybody that is counted has a name, and it is not among them.
    let new = abnormal(&[pool("l", "p", 1, 1, "HEALTHY")], &[failing("b-2")])?;
    let diff = between(abnormal(&[pool("l", "p", 1, 1, "HEALTHY")], &[failing("b-1")])?, new);
    let seen: Vec<_> = diff.changes.iter().map(|change| (&*change.kinds, change.certainty)).collect();
    assert_eq!(seen, [(&[Gone][..], Inferred), (&[Appeared][..], Inferred)]);
    // More are missing than are unlisted.
    let old = abnormal(&[pool("l", "p", 2, 2, "HEALTHY")], &[failing("b-1"), failing("b-2")])?;
    let new = abnormal(&[pool("l", "p", 2, 1, "HEALTHY")], &[failing("b-3")])?;
    let diff = between(old, new);
    let gone: Vec<_> = diff.changes.iter().filter(|change| change.kinds == [Gone]).map(|change| change.certainty).collect();
    assert_eq!(gone, [Ambiguous, Ambiguous]);
    // A page is missing.
    let old = abnormal(&[pool("l", "p", 3, 1, "HEALTHY")], &[failing("b-1")])?;
    let diff = between(old, report("NON_HEALTHY_ONLY", "INCOMPLETE", &[pool("l", "p", 3, 0, "HEALTHY")], &[])?);
    assert_eq!(only(&diff).certainty, Ambiguous);
    Ok(())
}

#[test]
fn a_check_that_was_switched_off_is_no_recovery() -> Result<()> {
    let old = abnormal(&[with(pool("l", "p", 2, 1, "HEALTHY"), json!({ "check_enabled": true }))], &[failing("b-1")])?;
    let new = abnormal(&[with(pool("l", "p", 2, 0, "UNMONITORED"), json!({ "check_enabled": false }))], &[])?;
    let diff = between(old, new);
    assert_eq!(
        (only(&diff).kinds[0], only(&diff).health_after, only(&diff).certainty),
        (HealthChanged, Some(Unmonitored), Inferred)
    );
    assert_eq!(diff.pool_changes[0].kinds, [PoolChangeKind::CheckChanged, PoolChangeKind::UnlistedHealthChanged]);
    Ok(())
}

#[test]
fn completing_a_report_changes_nothing() -> Result<()> {
    let fixture = Fixture::named("completed-unlisted-servers-are-healthy")?;
    let plain = fixture.adapter()?.normalize(&fixture.input, &fixture.context()?)?.into_health()?;
    let completed = fixture.outcome()??.into_health()?;
    assert!(completed.records.len() > plain.records.len());
    for diff in [
        Diff::between(std::slice::from_ref(&plain), std::slice::from_ref(&completed)),
        Diff::between(std::slice::from_ref(&completed), std::slice::from_ref(&plain)),
    ] {
        assert!(diff.changes.is_empty(), "{:#?}", diff.changes);
    }
    Ok(())
}

#[test]
fn replies_that_name_no_pool_prove_something_only_where_they_share_a_backend() -> Result<()> {
    let unnamed = |backend: &str| {
        let keys = json!({ "pool_id": null, "pool_key": "vendor-lb|LISTENER|l|", "backend_key": format!("vendor-lb||{backend}|80"),
            "record_key": format!("vendor-lb|LISTENER|l||{backend}|80") });
        with(failing(backend), keys)
    };
    let old = all(&[unnamed("b-1"), unnamed("b-2")])?;
    let diff = between(old.clone(), all(&[unnamed("b-1")])?);
    assert_eq!((&*only(&diff).kinds, only(&diff).certainty), (&[Gone][..], Inferred));
    let diff = between(old, all(&[unnamed("b-3")])?);
    assert!(diff.changes.iter().all(|change| change.certainty == Ambiguous), "{:#?}", diff.changes);
    assert_eq!((diff.counts.gone_count, diff.counts.appeared_count, diff.counts.undetermined_count), (2, 1, 3));
    Ok(())
}

#[test]
fn several_replies_that_name_no_pool_prove_nothing_of_one_another() -> Result<()> {
    let (up, down) = (|backend| nameless(backend, "HEALTHY", "ELIGIBLE"), |backend| nameless(backend, "UNHEALTHY", "EXCLUDED"));
    // The call for one of the two pools failed: its backends are not gone, though the replies share one.
    let both = [all(&[up("b-1"), up("b-2")])?, all(&[up("b-2"), up("b-3")])?];
    let diff = Diff::between(&both, &[all(&[up("b-2"), up("b-3")])?]);
    assert_eq!(diff.changes.iter().filter(|change| change.certainty != Ambiguous).count(), 0, "{:#?}", diff.changes);
    assert!(diff.counts.gone_count > 0);
    assert_eq!(diff.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [ComparisonWarningCode::NotToldApart]);
    // One fails where another failed before: nothing shows, so it has to be said that it would not.
    let diff = Diff::between(&[all(&[down("b-1")])?, all(&[up("b-1")])?], &[all(&[up("b-1")])?, all(&[down("b-1")])?]);
    assert_eq!(diff.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [ComparisonWarningCode::NotToldApart]);
    Ok(())
}

#[test]
fn one_pool_id_for_several_replies_proves_nothing_of_one_another() -> Result<()> {
    let (first, second) = (all(&[failing("i-1")])?, all(&[failing("i-2")])?);
    let diff = Diff::between(&[first.clone(), second.clone()], std::slice::from_ref(&first));
    assert_eq!((&only(&diff).kinds[..], only(&diff).certainty), (&[Gone][..], Ambiguous));
    assert_eq!(diff.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [ComparisonWarningCode::NotToldApart]);
    // A reply by itself is about the pool.
    let diff = between(first, second);
    assert_eq!(diff.changes.iter().map(|change| change.certainty).collect::<Vec<_>>(), [Exact, Exact]);
    Ok(())
}

#[test]
fn a_backend_that_is_listed_at_another_place_of_its_pool_is_not_gone() -> Result<()> {
    let in_pool = |backend: &str, health: &str, traffic: &str| {
        let keys = json!({ "scope": "POOL", "listener_id": null, "pool_key": "vendor-lb|POOL||p",
            "record_key": format!("vendor-lb|POOL||p|{backend}|80") });
        with(record("l", "p", backend, health, traffic), keys)
    };
    // The vendor told of the member as a whole before, and of one listener now.
    let old = all(&[in_pool("b-1", "UNHEALTHY", "EXCLUDED"), in_pool("b-2", "HEALTHY", "ELIGIBLE")])?;
    let new = all(&[failing("b-1"), in_pool("b-2", "HEALTHY", "ELIGIBLE")])?;
    for (old, new) in [(old.clone(), new.clone()), (new, old)] {
        let diff = between(old, new);
        let seen: Vec<_> = diff.changes.iter().map(|change| (&*change.kinds, change.certainty)).collect();
        assert_eq!(seen.len(), 2, "{seen:?}");
        assert!(seen.contains(&(&[Gone][..], Ambiguous)) && seen.contains(&(&[Appeared][..], Ambiguous)), "{seen:?}");
    }
    // The same where nobody says which pool it is, and the places share another backend.
    let placed = |record: Value, place: &str, backend: &str| {
        let keys = json!({ "pool_id": null, "pool_key": format!("vendor-lb|{place}|"), "backend_key": format!("vendor-lb||{backend}|80"),
            "record_key": format!("vendor-lb|{place}||{backend}|80") });
        with(record, keys)
    };
    let in_pool = |backend: &str| placed(in_pool(backend, "HEALTHY", "ELIGIBLE"), "POOL|", backend);
    let mut old = all(&[in_pool("b-1"), in_pool("b-2")])?;
    let mut new = all(&[placed(failing("b-1"), "LISTENER|l", "b-1"), in_pool("b-2")])?;
    // Where nobody says that they are of one pool, it has left the one place.
    let diff = between(old.clone(), new.clone());
    assert!(diff.changes.iter().any(|change| change.kinds == [Gone] && change.certainty == Inferred), "{:#?}", diff.changes);
    (old.of_one_pool, new.of_one_pool) = (true, true);
    for diff in [between(old.clone(), new.clone()), between(new, old)] {
        assert_eq!(diff.changes.len(), 2, "{:#?}", diff.changes);
        assert!(diff.changes.iter().all(|change| change.certainty == Ambiguous), "{:#?}", diff.changes);
    }
    Ok(())
}

#[test]
fn a_pool_without_backends_has_none_at_any_place() -> Result<()> {
    let nobody = json!({ "pool_key": "vendor-lb|POOL||p", "scope": "POOL", "pool_id": "p", "listed_count": 0, "path": "" });
    let empty = report("ALL", "COMPLETE", std::slice::from_ref(&nobody), &[])?;
    let diff = between(all(&[failing("b-1")])?, empty.clone());
    assert_eq!((&*only(&diff).kinds, only(&diff).certainty), (&[Gone][..], Exact));
    let diff = between(empty, all(&[failing("b-1")])?);
    assert_eq!((&*only(&diff).kinds, only(&diff).certainty), (&[Appeared][..], Exact));
    // A page that holds nothing is no such proof.
    let page = report("ALL", "INCOMPLETE", &[nobody], &[])?;
    assert_eq!(only(&between(all(&[failing("b-1")])?, page)).certainty, Ambiguous);
    Ok(())
}

#[test]
fn pools_change_too() -> Result<()> {
    let diff = between(abnormal(&[pool("l", "p", 5, 0, "HEALTHY")], &[])?, abnormal(&[pool("l", "p", 6, 0, "HEALTHY")], &[])?);
    assert!(diff.changes.is_empty() && !diff.is_same());
    assert_eq!(diff.pool_changes[0].kinds, [PoolChangeKind::ServerCountChanged]);
    assert_eq!((diff.pool_changes[0].server_count_before, diff.pool_changes[0].server_count_after), (Some(5), Some(6)));
    let diff = between(abnormal(&[pool("l", "p", 5, 0, "HEALTHY")], &[])?, abnormal(&[pool("l", "q", 5, 0, "HEALTHY")], &[])?);
    let seen: Vec<_> = diff.pool_changes.iter().map(|change| (change.kinds[0], change.pool_id.as_deref())).collect();
    assert_eq!(seen, [(PoolChangeKind::Gone, Some("p")), (PoolChangeKind::Appeared, Some("q"))]);
    // What the pool gets is copies now: it serves nobody any more.
    let mirrored = with(pool("l", "p", 5, 0, "HEALTHY"), json!({ "unlisted_traffic": "MIRRORED" }));
    let diff = between(abnormal(&[pool("l", "p", 5, 0, "HEALTHY")], &[])?, abnormal(&[mirrored], &[])?);
    assert_eq!(diff.pool_changes[0].kinds, [PoolChangeKind::UnlistedTrafficChanged]);
    assert_eq!(
        (diff.pool_changes[0].unlisted_traffic_before, diff.pool_changes[0].unlisted_traffic_after),
        (None, Some(Traffic::Mirrored))
    );
    Ok(())
}

#[test]
fn weak_comparisons_are_said_to_be() -> Result<()> {
    let head = |fields: Value| {
        let report = json!({ "schema_id": "urn:lbhealth:v1:health-report", "adapter": "vendor-lb", "operation": "ListHealth", "coverage": "ALL",
            "completeness": "COMPLETE", "pools": [], "records": [failing("b-1")], "warnings": [] });
        report_of(&with(report, fields))
    };
    let codes = |old: Value, new: Value| -> Result<Vec<ComparisonWarningCode>> {
        Ok(between(head(old)?, head(new)?).warnings.iter().map(|warning| warning.code).collect())
    };
    assert_eq!(codes(json!({}), json!({}))?, []);
    assert_eq!(codes(json!({}), json!({ "adapter": "other-lb" }))?, [ComparisonWarningCode::AdaptersDiffer]);
    assert_eq!(codes(json!({}), json!({ "operation": "Other" }))?, [ComparisonWarningCode::OperationsDiffer]);
    assert_eq!(codes(json!({}), json!({ "completeness": "INCOMPLETE" }))?, [ComparisonWarningCode::NotComplete]);
    assert_eq!(codes(json!({}), json!({ "coverage": "SELECTED" }))?, [ComparisonWarningCode::CoverageDiffers]);
    assert_eq!(
        codes(json!({ "producer": "lbhealth 0.1.0" }), json!({ "producer": "lbhealth 0.2.0" }))?,
        [ComparisonWarningCode::ProducersDiffer]
    );
    assert_eq!(codes(json!({ "producer": "lbhealth 0.1.0" }), json!({}))?, []);
    let (early, late) =
        (json!({ "observed_at": "2026-03-01T09:00:00.000Z" }), json!({ "observed_at": "2026-03-01T10:00:00.000Z" }));
    assert_eq!(codes(early.clone(), late.clone())?, []);
    assert_eq!(codes(late, early)?, [ComparisonWarningCode::OrderReversed]);
    let other = json!({ "records": [record("l", "q", "b", "UNHEALTHY", "EXCLUDED")] });
    assert_eq!(codes(json!({}), other)?, [ComparisonWarningCode::NothingInCommon]);
    Ok(())
}

#[test]
fn several_snapshots_give_flaps() -> Result<()> {
    let of = |flapping: &str, steady: &str| {
        let records = [record("l", "p", "b-1", flapping, "UNKNOWN"), record("l", "p", "b-2", steady, "UNKNOWN")];
        Ok::<_, anyhow::Error>(vec![all(&records)?])
    };
    let snapshots =
        [of("HEALTHY", "HEALTHY")?, of("UNHEALTHY", "HEALTHY")?, of("HEALTHY", "HEALTHY")?, of("DEGRADED", "DRAINING")?];
    let diff = Diff::across(&snapshots);
    assert_eq!(diff.changes.iter().map(|change| change.snapshot).collect::<Vec<_>>(), [1, 2, 3, 3]);
    assert_eq!(diff.flaps.len(), 1, "once is no flap");
    assert_eq!((&*diff.flaps[0].record_key, diff.flaps[0].change_count), ("vendor-lb|LISTENER|l|p|b-1|80", 3));
    assert_eq!(diff.flaps[0].healths, [Healthy, Unhealthy, Healthy, Degraded]);
    assert_eq!(diff.changes.last().and_then(|change| change.health_after), Some(Draining), "the worst first");
    Ok(())
}

#[test]
fn a_flap_through_the_unlisted_is_seen() -> Result<()> {
    let ill = || abnormal(&[pool("l", "p", 2, 1, "HEALTHY")], &[failing("b-1")]);
    let well = || abnormal(&[pool("l", "p", 2, 0, "HEALTHY")], &[]);
    let diff = Diff::across(&[vec![ill()?], vec![well()?], vec![ill()?]]);
    assert_eq!(diff.flaps[0].healths, [Unhealthy, Healthy, Unhealthy]);
    assert_eq!(diff.counts.recovered_count, 1);
    Ok(())
}

#[test]
fn one_snapshot_or_none_has_nothing_to_compare() {
    assert!(Diff::across::<HealthReport<'static>, Vec<_>>(&[]).is_same());
    assert!(Diff::across(&[Vec::<HealthReport<'static>>::new()]).is_same());
}

#[test]
fn every_comparison_of_golden_reports_is_a_valid_document_that_is_read_back() -> Result<()> {
    let validator = validator("diff")?;
    let fixtures = Fixture::all()?;
    let mut reports = Vec::new();
    for fixture in &fixtures {
        if let Ok(Document::Health(report)) = fixture.outcome()? {
            reports.push(report.into_owned());
        }
    }
    let mut changes = 0;
    for pair in reports.windows(2) {
        let diff = Diff::between(&pair[..1], &pair[1..]);
        let document = serde_json::to_value(&diff)?;
        assert_valid(&validator, &document, "a comparison")?;
        assert_eq!(serde_json::from_value::<Diff>(document)?, diff);
        // Whatever one has alone is told as gone or appeared, and the way back mirrors it.
        let back = Diff::between(&pair[1..], &pair[..1]);
        assert_eq!((diff.counts.gone_count, diff.counts.appeared_count), (back.counts.appeared_count, back.counts.gone_count));
        assert_eq!(diff.changes.len(), back.changes.len());
        changes += diff.changes.len();
    }
    assert!(changes > 200, "only {changes} changes");
    Ok(())
}
