//! Summaries: what is counted, what decides, and what is left open. The expected values follow from docs/roll-up.md.

#![expect(clippy::indexing_slicing, reason = "helpers of tests fail like tests")]

use anyhow::{Context as _, Result};
use lbhealth::{
    BackendCounts, BackendHealth, Check, Diff, Document, HealthReport, Policy, Rating, Standing, Summary, SummaryPool, Traffic,
    VerdictReason,
};
use lbhealth_tests::report::{nameless, pool, record, report, report_of, with};
use lbhealth_tests::{Fixture, assert_valid, validator};
use proptest::prelude::*;
use serde_json::{Value, json};

fn halves(reports: &[HealthReport<'_>]) -> Summary {
    Summary::of(reports, Policy::Halves)
}

fn only(summary: &Summary) -> &SummaryPool {
    assert_eq!(summary.pools.len(), 1, "{summary:?}");
    &summary.pools[0]
}

/// The counts that are not 0, by name.
fn healths(counts: &BackendCounts) -> Vec<(&'static str, u32)> {
    let words = BackendHealth::ALL.iter().map(|health| (health.as_str(), counts.health.count(Some(*health))));
    words.chain([("mixed", counts.health.count(None))]).filter(|(_, count)| *count > 0).collect()
}

fn traffics(counts: &BackendCounts) -> Vec<(&'static str, u32)> {
    let words = Traffic::ALL.iter().map(|traffic| (traffic.as_str(), counts.traffic.count(Some(*traffic))));
    words.chain([("mixed", counts.traffic.count(None))]).filter(|(_, count)| *count > 0).collect()
}

#[test]
fn a_backend_that_several_listeners_observe_counts_once() -> Result<()> {
    let records = ["l-1", "l-2", "l-3"].map(|listener| record(listener, "p", "b-1", "HEALTHY", "ELIGIBLE"));
    let summary = halves(&[report("ALL", "COMPLETE", &[], &records)?]);
    let pool = only(&summary);
    assert_eq!(pool.counts.backend_count, Some(1));
    assert_eq!(healths(&pool.counts), [("HEALTHY", 1)]);
    assert_eq!((pool.verdict, pool.reason), (Rating::Ok, VerdictReason::AllUp));
    assert_eq!(pool.pool_keys, ["l-1", "l-2", "l-3"].map(|listener| format!("vendor-lb|LISTENER|{listener}|p")));
    Ok(())
}

#[test]
fn reports_may_be_borrowed_or_boxed() -> Result<()> {
    let records = [record("l", "p", "b-1", "HEALTHY", "ELIGIBLE"), record("l", "p", "b-2", "UNHEALTHY", "EXCLUDED")];
    let owned = [report("ALL", "COMPLETE", &[], &records)?];
    let expected = (halves(&owned), Check::new().of(&owned), Diff::between(&[], &owned));
    let borrowed = [&owned[0]];
    assert_eq!((Summary::of(&borrowed, Policy::Halves), Check::new().of(&borrowed), Diff::between(&[], &borrowed)), expected);
    let boxed = owned.map(Box::new);
    assert_eq!((Summary::of(&boxed, Policy::Halves), Check::new().of(&boxed), Diff::between(&[], &boxed)), expected);
    Ok(())
}

#[test]
fn a_backend_that_is_listed_twice_at_one_place_counts_once() -> Result<()> {
    let one = record("l", "p", "b-1", "UNHEALTHY", "EXCLUDED");
    let again = with(one.clone(), json!({ "record_key": "vendor-lb|LISTENER|l|p|b-1|80#2" }));
    let summary = halves(&[report("ALL", "COMPLETE", &[], &[one, again])?]);
    assert_eq!(only(&summary).counts.backend_count, Some(1));
    assert_eq!(only(&summary).deciding_records.len(), 2, "both observations decided it");
    Ok(())
}

#[test]
fn a_backend_whose_observations_differ_is_mixed_and_counts_as_the_worst() -> Result<()> {
    let records = [
        record("l-1", "p", "b-1", "HEALTHY", "ELIGIBLE"),
        record("l-2", "p", "b-1", "UNHEALTHY", "EXCLUDED"),
        record("l-1", "p", "b-2", "HEALTHY", "ELIGIBLE"),
        record("l-2", "p", "b-2", "HEALTHY", "ELIGIBLE"),
    ];
    let reports = [report("ALL", "COMPLETE", &[], &records)?];
    let summary = halves(&reports);
    let pool = only(&summary);
    assert_eq!(healths(&pool.counts), [("HEALTHY", 1), ("mixed", 1)]);
    assert_eq!(traffics(&pool.counts), [("ELIGIBLE", 1), ("mixed", 1)]);
    assert_eq!((pool.verdict, pool.reason), (Rating::Warning, VerdictReason::NotAllUp));
    // Named is the observation that is bad, not the one that is well.
    let keys: Vec<_> = pool.deciding_records.iter().map(|record| (&*record.record_key, record.standing)).collect();
    assert_eq!(keys, [("vendor-lb|LISTENER|l-2|p|b-1|80", Standing::Down)]);
    assert_eq!(Summary::of(&reports, Policy::Worst).verdict, Rating::Critical);
    assert_eq!(Summary::of(&reports, Policy::AnyEligible).verdict, Rating::Ok);
    Ok(())
}

#[test]
fn unlisted_backends_count_once_per_pool() -> Result<()> {
    let pools = ["l-1", "l-2", "l-3"].map(|listener| pool(listener, "p", 7, 0, "HEALTHY"));
    let summary = halves(&[report("NON_HEALTHY_ONLY", "COMPLETE", &pools, &[])?]);
    let pool = only(&summary);
    assert_eq!((pool.counts.backend_count, pool.counts.unlisted_count), (Some(7), 7));
    assert_eq!((healths(&pool.counts), traffics(&pool.counts)), (vec![("HEALTHY", 7)], vec![("ELIGIBLE", 7)]));
    assert_eq!(summary.verdict, Rating::Ok);
    Ok(())
}

#[test]
fn a_backend_that_another_place_leaves_out_as_healthy_is_mixed() -> Result<()> {
    let pools = [pool("l-1", "p", 3, 1, "HEALTHY"), pool("l-2", "p", 3, 0, "HEALTHY")];
    let records = [record("l-1", "p", "b-1", "UNHEALTHY", "EXCLUDED")];
    let summary = halves(&[report("NON_HEALTHY_ONLY", "COMPLETE", &pools, &records)?]);
    assert_eq!(healths(&only(&summary).counts), [("HEALTHY", 2), ("mixed", 1)]);
    assert_eq!(only(&summary).counts.backend_count, Some(3));
    // Where the other place cannot tell, it says nothing of this backend, and nothing good of the others.
    let pools = [pool("l-1", "p", 3, 1, "HEALTHY"), pool("l-2", "p", 3, 0, "UNKNOWN")];
    let summary = halves(&[report("NON_HEALTHY_ONLY", "COMPLETE", &pools, &records)?]);
    assert_eq!(healths(&only(&summary).counts), [("UNHEALTHY", 1), ("UNKNOWN", 2)]);
    assert_eq!(only(&summary).reason, VerdictReason::TooManyUndecided);
    assert_eq!(only(&summary).deciding_unlisted_count, 2);
    Ok(())
}

#[test]
fn what_several_places_say_alike_goes_for_a_backend_that_one_of_them_does_not_list() -> Result<()> {
    let places = ["l-1", "l-2", "l-3"];
    for listing in [&["l-1"][..], &["l-3"], &["l-1", "l-2"], &["l-1", "l-3"], &["l-2", "l-3"], &places] {
        let pools = places.map(|place| pool(place, "p", 3, u32::from(listing.contains(&place)), "HEALTHY"));
        let records: Vec<Value> = listing.iter().map(|place| record(place, "p", "b-1", "UNHEALTHY", "EXCLUDED")).collect();
        let summary = halves(&[report("NON_HEALTHY_ONLY", "COMPLETE", &pools, &records)?]);
        let expected = if listing == places { [("UNHEALTHY", 1), ("HEALTHY", 2)] } else { [("HEALTHY", 2), ("mixed", 1)] };
        assert_eq!(healths(&only(&summary).counts), expected, "{listing:?}");
    }
    Ok(())
}

#[test]
fn a_status_of_listeners_that_are_not_named_keeps_a_backend_from_being_well_everywhere() -> Result<()> {
    let unplaced = |record: Value| with(record, json!({ "warnings": ["OUTER_STATUS_UNPLACED"] }));
    let well = || record("l-1", "p", "b-1", "HEALTHY", "ELIGIBLE");
    let reports = [report("ALL", "COMPLETE", &[], &[unplaced(well()), record("l-1", "p", "b-2", "HEALTHY", "ELIGIBLE")])?];
    let summary = halves(&reports);
    assert_eq!(healths(&only(&summary).counts), [("HEALTHY", 1), ("mixed", 1)]);
    assert_eq!((summary.verdict, only(&summary).standing.undecided_count), (Rating::Warning, 1));
    let named: Vec<_> = only(&summary).deciding_records.iter().map(|record| (&*record.backend_key, record.standing)).collect();
    assert_eq!(named, [("vendor-lb|p|b-1|80", Standing::Undecided)], "it is named although its record is well");
    // Of one that fails it is known all the same.
    let failing = unplaced(record("l-1", "p", "b-1", "UNHEALTHY", "EXCLUDED"));
    assert_eq!(healths(&only(&halves(&[report("ALL", "COMPLETE", &[], &[failing])?])).counts), [("UNHEALTHY", 1)]);
    // Asked of the listener that is named, the others do not matter.
    let mut check = Check::new();
    assert_eq!(check.of(&reports).verdict, Rating::Warning);
    check.selection.listeners = vec!["l-1".to_owned()];
    assert_eq!(check.of(&reports).verdict, Rating::Ok);
    Ok(())
}

#[test]
fn a_place_that_names_everybody_says_nothing_of_a_backend_that_it_does_not_name() -> Result<()> {
    let pools = [pool("l-1", "p", 2, 2, "HEALTHY"), pool("l-2", "p", 2, 2, "HEALTHY")];
    let records = [
        record("l-1", "p", "b-1", "UNHEALTHY", "EXCLUDED"),
        record("l-1", "p", "b-2", "UNHEALTHY", "EXCLUDED"),
        record("l-2", "p", "b-2", "UNHEALTHY", "EXCLUDED"),
        record("l-2", "p", "b-1", "UNHEALTHY", "EXCLUDED"),
    ];
    let summary = halves(&[report("NON_HEALTHY_ONLY", "COMPLETE", &pools, &records[..3])?]);
    assert_eq!(healths(&only(&summary).counts), [("UNHEALTHY", 2)], "not mixed");
    Ok(())
}

#[test]
fn elements_that_could_not_be_read_are_unknown() -> Result<()> {
    let pools = [pool("l", "p", 5, 3, "UNMONITORED")];
    let records = [record("l", "p", "b-1", "UNMONITORED", "ELIGIBLE"), record("l", "p", "b-2", "UNMONITORED", "ELIGIBLE")];
    let summary = halves(&[report("NON_HEALTHY_ONLY", "INCOMPLETE", &pools, &records)?]);
    assert_eq!(healths(&only(&summary).counts), [("UNKNOWN", 1), ("UNMONITORED", 4)]);
    Ok(())
}

/// Elements that are called alike are several backends that nobody can tell apart, and none of those that the vendor leaves out.
#[test]
fn elements_that_are_called_as_another_is_are_unknown_and_not_unlisted() -> Result<()> {
    let failing = record("l", "p", "b-1", "UNHEALTHY", "EXCLUDED");
    let again = with(failing.clone(), json!({ "record_key": "vendor-lb|LISTENER|l|p|b-1|80#2" }));
    let summary = halves(&[report("NON_HEALTHY_ONLY", "COMPLETE", &[pool("l", "p", 3, 2, "HEALTHY")], &[failing, again])?]);
    assert_eq!(healths(&only(&summary).counts), [("UNHEALTHY", 1), ("UNKNOWN", 1), ("HEALTHY", 1)]);
    Ok(())
}

#[test]
fn a_total_that_is_not_known_is_absent_and_never_0() -> Result<()> {
    let one = [record("l", "p", "b-1", "HEALTHY", "ELIGIBLE")];
    let no_figures = with(pool("l", "p", 1, 1, "HEALTHY"), json!({ "server_count": null, "unlisted_count": null }));
    let below = with(pool("l", "p", 5, 1, "UNKNOWN"), json!({ "server_count": 0, "unlisted_count": null }));
    for (coverage, completeness, pools) in [
        ("ALL", "INCOMPLETE", vec![]),
        ("ALL", "UNDETERMINED", vec![]),
        ("NON_HEALTHY_ONLY", "COMPLETE", vec![]),
        ("NON_HEALTHY_ONLY", "COMPLETE", vec![no_figures]),
        ("NON_HEALTHY_ONLY", "COMPLETE", vec![below]),
        ("NON_HEALTHY_ONLY", "COMPLETE", vec![pool("l", "p", 3, 1, "HEALTHY"), pool("l-2", "p", 4, 1, "HEALTHY")]),
        ("OF_A_NEWER_VERSION", "COMPLETE", vec![]),
    ] {
        let summary = halves(&[report(coverage, completeness, &pools, &one)?]);
        let pool = only(&summary);
        assert_eq!((pool.counts.backend_count, pool.counts.known_count), (None, 1), "{coverage} {completeness} {pools:?}");
        assert_eq!((pool.verdict, pool.reason), (Rating::Unknown, VerdictReason::TotalUnknown));
        assert!(pool.message.contains("of those known: 1 of 1 in service up"), "{}", pool.message);
        assert_eq!(summary.counts.backend_count, None);
        let written = serde_json::to_value(&summary)?;
        assert!(written["pools"][0]["counts"].get("backend_count").is_none(), "{written}");
    }
    Ok(())
}

#[test]
fn where_only_some_were_asked_for_the_summary_is_about_those() -> Result<()> {
    let summary = halves(&[report("SELECTED", "COMPLETE", &[], &[record("l", "p", "b-1", "HEALTHY", "ELIGIBLE")])?]);
    assert_eq!((only(&summary).counts.backend_count, summary.verdict), (Some(1), Rating::Ok));
    assert_eq!(only(&summary).coverage.map(lbhealth::Coverage::as_str), Some("SELECTED"));
    Ok(())
}

#[test]
fn the_whole_is_as_the_most_pressing_pool() -> Result<()> {
    let critical = record("l", "critical", "b", "UNHEALTHY", "EXCLUDED");
    let warning = record("l", "warning", "b", "UNMONITORED", "ELIGIBLE");
    let unknown = record("l", "unknown", "b", "INITIALIZING", "UNKNOWN");
    let ok = record("l", "ok", "b", "HEALTHY", "ELIGIBLE");
    let mirror = record("l", "mirror", "b", "UNHEALTHY", "MIRRORED");
    for (records, verdict, deciding) in [
        (vec![&ok, &unknown, &warning, &critical, &mirror], Rating::Critical, vec!["critical"]),
        (vec![&ok, &unknown, &warning], Rating::Warning, vec!["warning"]),
        (vec![&ok, &unknown], Rating::Unknown, vec!["unknown"]),
        (vec![&ok, &mirror], Rating::Ok, vec![]),
        (vec![&mirror], Rating::Unknown, vec!["mirror"]),
    ] {
        let records: Vec<Value> = records.into_iter().cloned().collect();
        let summary = halves(&[report("ALL", "COMPLETE", &[], &records)?]);
        let names: Vec<_> = summary.deciding_pools.iter().filter_map(|pool| pool.pool_id.as_deref()).collect();
        assert_eq!((summary.verdict, names), (verdict, deciding));
        let order: Vec<_> = summary.pools.iter().map(|pool| pool.pool_id.as_deref().unwrap_or_default()).collect();
        let all = ["critical", "warning", "unknown", "ok", "mirror"];
        assert_eq!(order, all.into_iter().filter(|name| order.contains(name)).collect::<Vec<_>>(), "the most pressing first");
    }
    let summary = halves(&[report("ALL", "COMPLETE", &[], &[])?]);
    assert_eq!((summary.verdict, summary.reason, summary.counts.backend_count), (Rating::Unknown, VerdictReason::NoPool, None));
    assert_eq!(halves(&[]).verdict, Rating::Unknown);
    Ok(())
}

#[test]
fn of_several_reports_about_one_place_the_latest_stands() -> Result<()> {
    let before = report("ALL", "COMPLETE", &[], &["b-1", "b-2"].map(|id| record("l", "p", id, "UNHEALTHY", "EXCLUDED")))?;
    let after = report("ALL", "COMPLETE", &[], &[record("l", "p", "b-1", "HEALTHY", "ELIGIBLE")])?;
    let summary = halves(&[before.clone(), after.clone()]);
    assert_eq!(healths(&only(&summary).counts), [("HEALTHY", 1)]);
    assert_eq!(healths(&only(&halves(&[after.clone(), before.clone()])).counts), [("UNHEALTHY", 2)]);
    // Where all have a time of observation, that decides, whatever their order.
    let at = |report: &HealthReport<'static>, time: &str| {
        let mut report = report.clone();
        report.observed_at = Some(time.parse()?);
        Ok::<_, anyhow::Error>(report)
    };
    let (late, early) = (at(&after, "2026-03-01T10:05:00Z")?, at(&before, "2026-03-01T10:00:00Z")?);
    assert_eq!(healths(&only(&halves(&[late.clone(), early])).counts), [("HEALTHY", 1)]);
    assert_eq!(healths(&only(&halves(&[late, before.clone()])).counts), [("UNHEALTHY", 2)], "one has no time");
    // A list that has become empty is a list too.
    let place = json!({ "pool_key": "vendor-lb|LISTENER|l|p", "scope": "LISTENER", "listener_id": "l", "pool_id": "p" });
    let emptied = report("ALL", "COMPLETE", &[with(place, json!({ "listed_count": 0, "path": "" }))], &[])?;
    let summary = halves(&[before.clone(), emptied.clone()]);
    assert_eq!((only(&summary).reason, only(&summary).counts.backend_count), (VerdictReason::Empty, Some(0)));
    assert_eq!(healths(&only(&halves(&[emptied, before.clone()])).counts), [("UNHEALTHY", 2)]);
    // A pool that has become empty is so at every listener.
    let nobody = json!({ "pool_key": "vendor-lb|POOL||p", "scope": "POOL", "pool_id": "p", "listed_count": 0, "path": "" });
    let empty = report("ALL", "COMPLETE", std::slice::from_ref(&nobody), &[])?;
    let summary = halves(&[before.clone(), empty.clone()]);
    assert_eq!((only(&summary).reason, only(&summary).counts.backend_count), (VerdictReason::Empty, Some(0)));
    assert_eq!(healths(&only(&halves(&[empty, before.clone()])).counts), [("UNHEALTHY", 2)]);
    let page = report("ALL", "INCOMPLETE", &[nobody], &[])?;
    assert_eq!(healths(&only(&halves(&[before.clone(), page])).counts), [("UNHEALTHY", 2)]);
    // What only has what was asked for is added.
    let asked = report("SELECTED", "COMPLETE", &[], &[record("l", "p", "b-2", "DRAINING", "UNKNOWN")])?;
    let summary = halves(&[before, asked]);
    assert_eq!(healths(&only(&summary).counts), [("UNHEALTHY", 1), ("DRAINING", 1)]);
    // Another listener of the same pool is another place.
    let elsewhere = report("ALL", "COMPLETE", &[], &[record("l-2", "p", "b-1", "UNHEALTHY", "EXCLUDED")])?;
    assert_eq!(healths(&only(&halves(&[after, elsewhere])).counts), [("mixed", 1)]);
    Ok(())
}

#[test]
fn one_pool_id_for_replies_without_a_backend_in_common_hides_none_of_them() -> Result<()> {
    let of = |backends: &[(&str, &str, &str)], time: Option<&str>| {
        let records: Vec<Value> = backends.iter().map(|(id, health, traffic)| record("l", "p", id, health, traffic)).collect();
        let mut report = report("ALL", "COMPLETE", &[], &records)?;
        report.observed_at = time.map(str::parse).transpose()?;
        Ok::<_, anyhow::Error>(report)
    };
    let (down, up) = ([("a-1", "UNHEALTHY", "EXCLUDED"), ("a-2", "UNHEALTHY", "EXCLUDED")], [("b-1", "HEALTHY", "ELIGIBLE")]);
    let verdict = |reports: &[HealthReport<'_>], policy: &str| -> Result<_> {
        let summary = Summary::of(reports, policy.parse()?);
        Ok((healths(&only(&summary).counts), only(&summary).verdict, only(&summary).reason))
    };
    let both = vec![("UNHEALTHY", 2), ("HEALTHY", 1)];
    for reports in [[of(&down, None)?, of(&up, None)?], [of(&up, None)?, of(&down, None)?]] {
        assert_eq!(verdict(&reports, "quorum:80%")?, (both.clone(), Rating::Critical, VerdictReason::TooFewUp));
        assert_eq!(verdict(&reports, "quorum:1")?, (both.clone(), Rating::Unknown, VerdictReason::NotToldApart));
        // A third that shares backends with one of them does not make the other one untold.
        let again = [&reports[..], &[of(&up, None)?]].concat();
        assert_eq!(verdict(&again, "quorum:1")?, (both.clone(), Rating::Unknown, VerdictReason::NotToldApart));
    }
    // Calls of one sweep have times of their own, so that these tell nothing.
    let swept = [of(&down, Some("2026-03-01T10:00:00Z"))?, of(&up, Some("2026-03-01T10:00:01Z"))?];
    assert_eq!(verdict(&swept, "quorum:80%")?.0, both);
    // A later sweep takes the place of just what it asks again; what was removed in between is gone.
    let mended = of(&[("a-1", "HEALTHY", "ELIGIBLE")], None)?;
    let swept_again = [of(&down, None)?, of(&up, None)?, mended, of(&up, None)?];
    assert_eq!(verdict(&swept_again, "quorum:80%")?, (vec![("HEALTHY", 2)], Rating::Ok, VerdictReason::EnoughUp));
    // A whole list has whoever was asked for before, if it is still there.
    let asked = report("SELECTED", "COMPLETE", &[], &[record("l", "p", "a-1", "INACTIVE", "EXCLUDED")])?;
    assert_eq!(verdict(&[asked, of(&up, None)?], "quorum:80%")?, (vec![("HEALTHY", 1)], Rating::Ok, VerdictReason::EnoughUp));
    // Of a vendor that lists only who is not well, an earlier list is no part of the later one.
    let some = |id: &str| {
        let records = [record("l", "p", id, "UNHEALTHY", "EXCLUDED")];
        report("NON_HEALTHY_ONLY", "COMPLETE", &[pool("l", "p", 3, 1, "HEALTHY")], &records)
    };
    assert_eq!(verdict(&[some("a-1")?, some("a-2")?], "halves")?.0, [("UNHEALTHY", 1), ("HEALTHY", 2)]);
    Ok(())
}

#[test]
fn of_many_parts_of_one_place_those_give_way_that_share_a_backend_with_a_later_one() -> Result<()> {
    let of = |ids: &[u8], health: &str, traffic: &str| {
        let records: Vec<Value> = ids.iter().map(|id| record("l", "p", &format!("b-{id}"), health, traffic)).collect();
        report("ALL", "COMPLETE", &[], &records)
    };
    let mut reports = (0..4).map(|id| of(&[2 * id, 2 * id + 1], "UNHEALTHY", "EXCLUDED")).collect::<Result<Vec<_>>>()?;
    assert_eq!(healths(&only(&halves(&reports)).counts), [("UNHEALTHY", 8)]);
    // Two of them give way, with all that they list.
    reports.push(of(&[1, 7], "HEALTHY", "ELIGIBLE")?);
    assert_eq!(healths(&only(&halves(&reports)).counts), [("UNHEALTHY", 4), ("HEALTHY", 2)]);
    // What gave way does not come back, and what took its place gives way in turn.
    reports.push(of(&[0, 7, 8], "DEGRADED", "ELIGIBLE")?);
    assert_eq!(healths(&only(&halves(&reports)).counts), [("UNHEALTHY", 4), ("DEGRADED", 3)]);
    // Who was asked for stands beside them until the next whole list, whomever that has.
    reports.push(report("SELECTED", "COMPLETE", &[], &[record("l", "p", "b-9", "DRAINING", "UNKNOWN")])?);
    assert_eq!(healths(&only(&halves(&reports)).counts), [("UNHEALTHY", 4), ("DEGRADED", 3), ("DRAINING", 1)]);
    reports.push(of(&[10], "HEALTHY", "ELIGIBLE")?);
    assert_eq!(healths(&only(&halves(&reports)).counts), [("UNHEALTHY", 4), ("DEGRADED", 3), ("HEALTHY", 1)]);
    Ok(())
}

#[test]
fn reports_that_name_no_pool_do_not_hide_each_other() -> Result<()> {
    let all = |records: &[Value]| report("ALL", "COMPLETE", &[], records);
    let failing = all(&[nameless("b-1", "UNHEALTHY", "EXCLUDED")])?;
    let well = all(&[nameless("b-2", "HEALTHY", "ELIGIBLE")])?;
    assert_eq!(healths(&only(&halves(&[failing.clone(), well])).counts), [("UNHEALTHY", 1), ("HEALTHY", 1)]);
    // The same server can be well in one pool and fail in the other.
    let elsewhere = all(&[nameless("b-1", "HEALTHY", "ELIGIBLE")])?;
    let summary = halves(&[failing.clone(), elsewhere.clone()]);
    assert_eq!((healths(&only(&summary).counts), summary.verdict), (vec![("mixed", 1)], Rating::Critical));
    // At a load balancer that has its backends in no pool, the latest stands.
    let at_load_balancer = |records: &[Value]| {
        let there = json!({ "scope": "LOAD_BALANCER", "load_balancer_id": "lb-1" });
        all(&records.iter().map(|record| with(record.clone(), there.clone())).collect::<Vec<_>>())
    };
    let reports = [("UNHEALTHY", "EXCLUDED"), ("HEALTHY", "ELIGIBLE")]
        .map(|(health, traffic)| at_load_balancer(&[nameless("b-1", health, traffic)]));
    assert_eq!(healths(&only(&halves(&reports.into_iter().collect::<Result<Vec<_>>>()?)).counts), [("HEALTHY", 1)]);
    // Two groups of one load balancer have no backend in common, and the later does not replace the earlier.
    let groups = [
        at_load_balancer(&[nameless("b-1", "UNHEALTHY", "EXCLUDED")])?,
        at_load_balancer(&[nameless("b-2", "HEALTHY", "ELIGIBLE")])?,
    ];
    assert_eq!(healths(&only(&halves(&groups)).counts), [("UNHEALTHY", 1), ("HEALTHY", 1)]);
    // A third group has one of these backends, and the others do not go with it.
    let third = at_load_balancer(&[nameless("b-1", "HEALTHY", "ELIGIBLE"), nameless("b-3", "HEALTHY", "ELIGIBLE")])?;
    let first = at_load_balancer(&[nameless("b-1", "HEALTHY", "ELIGIBLE"), nameless("b-2", "UNHEALTHY", "EXCLUDED")])?;
    let summary = halves(&[first.clone(), third.clone()]);
    assert_eq!(healths(&only(&summary).counts), [("UNHEALTHY", 1), ("HEALTHY", 2)]);
    assert_eq!(only(&summary).reason, VerdictReason::NotToldApart);
    let at = |mut report: HealthReport<'static>, time: &str| {
        report.observed_at = Some(time.parse()?);
        Ok::<_, anyhow::Error>(report)
    };
    let later = [at(first, "2026-03-01T10:00:00Z")?, at(third, "2026-03-01T10:05:00Z")?];
    assert_eq!(healths(&only(&halves(&later)).counts), [("HEALTHY", 2)]);
    // The same server in two of its groups: none hides the other, whatever their order.
    let under = |record: Value| with(record, json!({ "load_balancer_id": "lb-1" }));
    let one = all(&[under(nameless("b-1", "UNHEALTHY", "EXCLUDED")), under(nameless("b-2", "HEALTHY", "ELIGIBLE"))])?;
    let other = all(&[under(nameless("b-1", "HEALTHY", "ELIGIBLE"))])?;
    for reports in [[one.clone(), other.clone()], [other, one]] {
        assert_eq!(healths(&only(&halves(&reports)).counts), [("HEALTHY", 1), ("mixed", 1)]);
        assert_eq!(only(&halves(&reports)).reason, VerdictReason::NotToldApart);
    }
    // A listener is asked again: what it says now stands, unless a backend is missing and no time tells which is the later.
    let at_listener = |backends: &[(&str, &str, &str)], time: Option<&str>| {
        let place =
            json!({ "scope": "LISTENER", "listener_id": "l-1", "load_balancer_id": "lb-1", "pool_key": "vendor-lb|LISTENER|l-1|" });
        let records = backends.iter().map(|(id, health, traffic)| with(nameless(id, health, traffic), place.clone()));
        let mut report = all(&records.collect::<Vec<_>>())?;
        report.observed_at = time.map(str::parse).transpose()?;
        Ok::<_, anyhow::Error>(report)
    };
    let failed = [("b-1", "UNHEALTHY", "EXCLUDED"), ("b-2", "HEALTHY", "ELIGIBLE")];
    let mended = [("b-1", "HEALTHY", "ELIGIBLE"), ("b-2", "HEALTHY", "ELIGIBLE")];
    let again = [at_listener(&failed, None)?, at_listener(&mended, None)?];
    assert_eq!(healths(&only(&halves(&again)).counts), [("HEALTHY", 2)]);
    let fewer = [at_listener(&failed, None)?, at_listener(&mended[..1], None)?];
    assert_eq!(healths(&only(&halves(&fewer)).counts), [("HEALTHY", 1), ("mixed", 1)]);
    let later = [at_listener(&failed, Some("2026-03-01T10:00:00Z"))?, at_listener(&mended[..1], Some("2026-03-01T10:05:00Z"))?];
    assert_eq!(healths(&only(&halves(&later)).counts), [("HEALTHY", 1)]);
    // What was asked for backend by backend is told again.
    let asked = |record: Value| report("SELECTED", "COMPLETE", &[], &[record]);
    let again = [asked(nameless("b-1", "UNHEALTHY", "EXCLUDED"))?, asked(nameless("b-1", "HEALTHY", "ELIGIBLE"))?];
    assert_eq!(healths(&only(&halves(&again)).counts), [("HEALTHY", 1)]);
    // Snapshots of them are joined as they come.
    let snapshot = [failing, elsewhere];
    assert!(lbhealth::Diff::between(&snapshot, &snapshot).is_same());
    Ok(())
}

/// The same servers in two pools: what one of them says of a server does not stand for what the other says.
#[test]
fn a_server_that_is_up_in_one_of_two_pools_without_a_name_is_not_up_in_both() -> Result<()> {
    let all = |health, traffic| report("ALL", "COMPLETE", &[], &["b-1", "b-2"].map(|id| nameless(id, health, traffic)));
    let well = all("HEALTHY", "ELIGIBLE")?;
    for (health, traffic) in [("UNHEALTHY", "EXCLUDED"), ("DRAINING", "UNKNOWN"), ("INACTIVE", "EXCLUDED")] {
        for policy in ["any-eligible", "halves", "worst", "quorum:1", "quorum:50%"] {
            let summary = Summary::of(&[well.clone(), all(health, traffic)?], policy.parse()?);
            assert!(matches!(summary.verdict, Rating::Unknown | Rating::Critical), "{policy} {health}: {:?}", summary.verdict);
        }
        let summary = Summary::of(&[well.clone(), all(health, traffic)?], "any-eligible".parse()?);
        assert_eq!(only(&summary).reason, VerdictReason::NotToldApart, "{health}");
    }
    let summary = Summary::of(&[well.clone(), well], "any-eligible".parse()?);
    assert_eq!(summary.verdict, Rating::Ok);
    Ok(())
}

/// A pool without a name that has nobody is not made well by another.
#[test]
fn a_reply_about_one_pool_that_lists_nobody_leaves_the_whole_open() -> Result<()> {
    let well = report("ALL", "COMPLETE", &[], &[record("l", "p", "b-1", "HEALTHY", "ELIGIBLE")])?;
    let mut nobody = report("ALL", "COMPLETE", &[], &[])?;
    assert_eq!(halves(&[well.clone(), nobody.clone()]).verdict, Rating::Ok, "it may have listed whatever pools there are");
    nobody.of_one_pool = true;
    let summary = halves(&[well, nobody]);
    assert_eq!((summary.verdict, summary.reason), (Rating::Unknown, VerdictReason::TotalUnknown));
    Ok(())
}

#[test]
fn a_pool_that_fails_is_not_made_well_by_others_that_are_not_told_apart_from_it() -> Result<()> {
    let all = |backends: &[(&str, &str, &str)]| {
        let records: Vec<Value> = backends.iter().map(|(id, health, traffic)| nameless(id, health, traffic)).collect();
        report("ALL", "COMPLETE", &[], &records)
    };
    let failing = all(&[("a-1", "UNHEALTHY", "EXCLUDED"), ("a-2", "UNHEALTHY", "EXCLUDED")])?;
    let ids: Vec<String> = (1..=10).map(|number| format!("b-{number}")).collect();
    let well = all(&ids.iter().map(|id| (&**id, "HEALTHY", "ELIGIBLE")).collect::<Vec<_>>())?;
    let both = [failing, well.clone()];
    let verdict = |reports: &[HealthReport<'_>], policy: &str| -> Result<_> {
        let summary = Summary::of(reports, policy.parse()?);
        Ok((only(&summary).verdict, only(&summary).reason))
    };
    for policy in ["halves", "quorum:80%", "quorum:1", "any-eligible"] {
        assert_eq!(verdict(&both, policy)?, (Rating::Unknown, VerdictReason::NotToldApart), "{policy}");
    }
    assert_eq!(verdict(&both, "worst")?.0, Rating::Critical);
    // Where all of them are up, every part of them is.
    let all_well = [all(&[("a-1", "HEALTHY", "ELIGIBLE")])?, well.clone()];
    for policy in ["halves", "quorum:80%", "quorum:1", "any-eligible", "worst"] {
        assert_eq!(verdict(&all_well, policy)?.0, Rating::Ok, "{policy}");
    }
    assert_eq!(verdict(&all_well, "quorum:2")?.0, Rating::Unknown, "one of them may have a single backend");
    assert_eq!(verdict(&[well], "quorum:2")?.0, Rating::Ok, "a single report is about a single pool");
    Ok(())
}

#[test]
fn places_without_a_pool_are_pools_of_their_own_where_they_name_what_is_above() -> Result<()> {
    let at = |load_balancer: &str, listener: &str, backend: &str, health: &str, traffic: &str| {
        let ids = json!({ "pool_id": null, "load_balancer_id": load_balancer, "pool_key": format!("vendor-lb|LISTENER|{listener}|"),
            "record_key": format!("vendor-lb|LISTENER|{listener}||{backend}|80"), "backend_key": format!("vendor-lb||{backend}|80") });
        with(record(listener, "", backend, health, traffic), ids)
    };
    let one = [at("lb-1", "lb-1:80", "b-1", "UNHEALTHY", "EXCLUDED"), at("lb-1", "lb-1:443", "b-2", "HEALTHY", "ELIGIBLE")];
    let other = ["b-3", "b-4", "b-5"].map(|id| at("lb-2", "lb-2:80", id, "HEALTHY", "ELIGIBLE"));
    let summary = halves(&[report("ALL", "COMPLETE", &[], &one)?, report("ALL", "COMPLETE", &[], &other)?]);
    let verdicts: Vec<_> = summary.pools.iter().map(|pool| (&*pool.pool_keys[0], pool.verdict)).collect();
    assert_eq!(
        verdicts,
        [
            ("vendor-lb|LISTENER|lb-1:80|", Rating::Critical),
            ("vendor-lb|LISTENER|lb-1:443|", Rating::Ok),
            ("vendor-lb|LISTENER|lb-2:80|", Rating::Ok)
        ]
    );
    Ok(())
}

#[test]
fn pages_of_one_answer_are_joined_and_others_are_not() -> Result<()> {
    let document = |number: u32, pools: Vec<Value>, records: Vec<Value>, token: Value| {
        let page = json!({ "schema_id": "urn:lbhealth:v1:health-report", "adapter": "vendor-lb", "operation": "ListHealth",
            "request_id": format!("r-{number}"), "coverage": "NON_HEALTHY_ONLY", "pools": pools, "records": records, "warnings": [],
            "completeness": if token.is_null() { "COMPLETE" } else { "INCOMPLETE" } });
        report_of(&with(page, json!({ "next_page": token })))
    };
    let checked =
        |listener, count, listed, health| with(pool(listener, "p", count, listed, health), json!({ "check_enabled": true }));
    let first =
        document(1, vec![checked("l", 4, 1, "UNKNOWN")], vec![record("l", "p", "b-1", "UNHEALTHY", "EXCLUDED")], json!("t"))?;
    let second =
        document(2, vec![checked("l", 4, 1, "HEALTHY")], vec![record("l", "p", "b-2", "UNHEALTHY", "EXCLUDED")], Value::Null)?;
    let joined = HealthReport::join_pages([first.clone(), second.clone()]);
    assert_eq!(joined.len(), 1);
    assert_eq!(healths(&only(&halves(&joined)).counts), [("UNHEALTHY", 2), ("HEALTHY", 2)]);
    // Not joined, a page proves nothing of what is not listed.
    assert_eq!(healths(&only(&halves(&[first.clone(), second.clone()])).counts), [("UNHEALTHY", 2), ("UNKNOWN", 2)]);
    let other = document(3, vec![with(pool("l-2", "q", 1, 0, "HEALTHY"), json!({ "check_enabled": true }))], vec![], Value::Null)?;
    assert_eq!(HealthReport::join_pages([first.clone(), other]).len(), 2, "nothing in common");
    let mut of_another = second;
    of_another.operation = "ListOthers".into();
    assert_eq!(HealthReport::join_pages([first, of_another]).len(), 2, "another operation");
    Ok(())
}

#[test]
fn places_that_name_no_pool_are_one_pool_where_nothing_tells_them_apart() -> Result<()> {
    let unnamed = |backend, health, traffic| {
        let keys = json!({ "pool_id": null, "pool_key": "vendor-lb|LISTENER|l|", "backend_key": format!("vendor-lb||{backend}|80"),
            "record_key": format!("vendor-lb|LISTENER|l||{backend}|80") });
        with(record("l", "", backend, health, traffic), keys)
    };
    let records = [unnamed("b-1", "HEALTHY", "ELIGIBLE"), unnamed("b-2", "UNHEALTHY", "EXCLUDED")];
    let summary = halves(&[report("ALL", "COMPLETE", &[], &records)?]);
    assert_eq!((only(&summary).pool_id.as_deref(), only(&summary).counts.backend_count), (None, Some(2)));
    assert_eq!(summary.verdict, Rating::Warning);
    // Two places without a pool id may be two pools, so that a figure of one is not a figure of the whole.
    let pools = ["", "#2"].map(|number| {
        with(pool("l", "", 3, 0, "HEALTHY"), json!({ "pool_id": null, "pool_key": format!("vendor-lb|LISTENER|l|{number}") }))
    });
    let summary = halves(&[report("NON_HEALTHY_ONLY", "COMPLETE", &pools, &[])?]);
    assert_eq!((only(&summary).counts.backend_count, only(&summary).reason), (None, VerdictReason::TotalUnknown));
    Ok(())
}

/// Huawei's list of the members of a pool names the listeners of some and the pool of none.
#[test]
fn listeners_of_one_pool_without_a_name_are_no_pools_of_their_own() -> Result<()> {
    let unnamed = |place: &str, backend: &str, health, traffic| {
        let scope = if place == "POOL|" { json!({ "scope": "POOL", "listener_id": null }) } else { json!({}) };
        let keys = json!({ "pool_id": null, "pool_key": format!("vendor-lb|{place}|"), "backend_key": format!("vendor-lb||{backend}|80"),
            "record_key": format!("vendor-lb|{place}||{backend}|80") });
        with(with(record("l", "", backend, health, traffic), keys), scope)
    };
    let records = [
        unnamed("LISTENER|l", "b-1", "UNHEALTHY", "EXCLUDED"),
        unnamed("POOL|", "b-2", "HEALTHY", "ELIGIBLE"),
        unnamed("POOL|", "b-3", "HEALTHY", "ELIGIBLE"),
    ];
    let mut report = report("ALL", "COMPLETE", &[], &records)?;
    assert_eq!(halves(&[report.clone()]).verdict, Rating::Critical, "nobody says that they are of one pool");
    report.of_one_pool = true;
    let summary = halves(&[report]);
    assert_eq!((only(&summary).counts.backend_count, summary.verdict), (Some(3), Rating::Warning));
    // Another reply about one pool is about another: it does not make up for what the first says.
    let one_pool = |listener: &str, health, traffic| -> Result<HealthReport<'static>> {
        let mut report = report_of_unnamed(&[unnamed(&format!("LISTENER|{listener}"), "b-1", health, traffic)])?;
        report.records[0].listener_id = Some(listener.to_owned().into());
        Ok(report)
    };
    let down = one_pool("l-1", "UNHEALTHY", "EXCLUDED")?;
    let up = one_pool("l-2", "HEALTHY", "ELIGIBLE")?;
    let summary = halves(&[down, up]);
    assert_eq!((summary.verdict, summary.pools.len()), (Rating::Critical, 2));
    Ok(())
}

fn report_of_unnamed(records: &[Value]) -> Result<HealthReport<'static>> {
    let mut report = report("ALL", "COMPLETE", &[], records)?;
    report.of_one_pool = true;
    Ok(report)
}

/// Two target groups without their ids, of which one is drained: together they look well.
#[test]
fn a_pool_that_is_not_in_service_does_not_hide_behind_another_without_a_name() -> Result<()> {
    let drained = report_of_unnamed(&[nameless("b-1", "DRAINING", "EXISTING_ONLY")])?;
    let up = report_of_unnamed(&[nameless("b-2", "HEALTHY", "ELIGIBLE")])?;
    for policy in ["halves", "worst", "quorum:50%"] {
        let summary = Summary::of(&[drained.clone(), up.clone()], policy.parse()?);
        assert_eq!((summary.verdict, only(&summary).reason), (Rating::Unknown, VerdictReason::NotToldApart), "{policy}");
        assert_eq!(Summary::of(&[&up], policy.parse()?).verdict, Rating::Ok, "{policy}");
    }
    Ok(())
}

#[test]
fn what_is_known_to_be_wrong_comes_before_pools_that_may_be_missing() -> Result<()> {
    let whole = report(
        "ALL",
        "COMPLETE",
        &[],
        &[record("l", "p", "b-1", "HEALTHY", "ELIGIBLE"), record("l", "p", "b-2", "UNHEALTHY", "EXCLUDED")],
    )?;
    let part = report("ALL", "UNDETERMINED", &[], &[record("l", "q", "b-3", "HEALTHY", "ELIGIBLE")])?;
    let policy = "quorum:1".parse::<Policy>()?;
    assert_eq!(Summary::of(&[&part], policy).verdict, Rating::Unknown);
    let flagged = report("ALL", "COMPLETE", &[], &[record("l", "p", "b-1", "UNMONITORED", "ELIGIBLE")])?;
    let summary = Summary::of(&[flagged, part], policy);
    assert_eq!((summary.verdict, summary.deciding_pools.len()), (Rating::Warning, 1));
    assert_eq!(Summary::of(&[whole], policy).verdict, Rating::Ok);
    Ok(())
}

#[test]
fn vendors_are_summarized_together_and_kept_apart() -> Result<()> {
    let one = report("ALL", "COMPLETE", &[], &[record("l", "p", "b", "HEALTHY", "ELIGIBLE")])?;
    let other = serde_json::to_string(&one)?.replace("vendor-lb", "other-lb").replace("HEALTHY", "UNHEALTHY");
    let other = other.parse::<Document<'static>>()?.into_health()?;
    let summary = halves(&[one, other]);
    assert_eq!(summary.counts.backend_count, Some(2));
    let pools: Vec<_> = summary.pools.iter().map(|pool| (&*pool.adapter, pool.verdict)).collect();
    assert_eq!(pools, [("other-lb", Rating::Critical), ("vendor-lb", Rating::Ok)]);
    assert_eq!(summary.reports.len(), 2);
    Ok(())
}

/// What every peer got wrong at least once.
mod peers {
    use super::*;

    fn verdict_of(policy: &str, records: &[Value]) -> Result<(Rating, VerdictReason)> {
        let summary = Summary::of(&[report("ALL", "COMPLETE", &[], records)?], policy.parse()?);
        Ok((only(&summary).verdict, only(&summary).reason))
    }

    #[test]
    fn draining_is_not_up_and_raises_no_alarm() -> Result<()> {
        let draining = record("l", "p", "b-1", "DRAINING", "EXISTING_ONLY");
        let healthy = record("l", "p", "b-2", "HEALTHY", "ELIGIBLE");
        for (policy, alone, beside) in [
            ("halves", (Rating::Unknown, VerdictReason::NoneInService), (Rating::Ok, VerdictReason::AllUp)),
            ("worst", (Rating::Unknown, VerdictReason::NoneInService), (Rating::Ok, VerdictReason::AllUp)),
            ("any-eligible", (Rating::Critical, VerdictReason::TooFewUp), (Rating::Ok, VerdictReason::EnoughUp)),
            ("quorum:1", (Rating::Critical, VerdictReason::TooFewUp), (Rating::Ok, VerdictReason::EnoughUp)),
            ("quorum:2", (Rating::Critical, VerdictReason::TooFewUp), (Rating::Critical, VerdictReason::TooFewUp)),
            ("quorum:100%", (Rating::Unknown, VerdictReason::NoneInService), (Rating::Ok, VerdictReason::EnoughUp)),
        ] {
            assert_eq!(verdict_of(policy, std::slice::from_ref(&draining))?, alone, "{policy} alone");
            assert_eq!(verdict_of(policy, &[draining.clone(), healthy.clone()])?, beside, "{policy} beside a healthy one");
        }
        Ok(())
    }

    #[test]
    fn a_check_that_is_off_is_neither_healthy_nor_down() -> Result<()> {
        let unmonitored = [record("l", "p", "b-1", "UNMONITORED", "ELIGIBLE"), record("l", "p", "b-2", "UNMONITORED", "ELIGIBLE")];
        assert_eq!(verdict_of("halves", &unmonitored)?, (Rating::Warning, VerdictReason::NotAllUp));
        assert_eq!(verdict_of("worst", &unmonitored)?, (Rating::Warning, VerdictReason::NotAllUp));
        assert_eq!(verdict_of("quorum:2", &unmonitored)?, (Rating::Warning, VerdictReason::Unchecked));
        assert_eq!(verdict_of("quorum:80%", &unmonitored)?, (Rating::Warning, VerdictReason::Unchecked));
        assert_eq!(verdict_of("any-eligible", &unmonitored)?, (Rating::Ok, VerdictReason::EnoughUp));
        Ok(())
    }

    #[test]
    fn no_data_is_neither_down_nor_healthy() -> Result<()> {
        let unknown = [record("l", "p", "b-1", "UNKNOWN", "UNKNOWN")];
        for policy in ["halves", "worst", "any-eligible", "quorum:1", "quorum:1%"] {
            assert_eq!(verdict_of(policy, &unknown)?, (Rating::Unknown, VerdictReason::TooManyUndecided), "{policy}");
        }
        Ok(())
    }

    #[test]
    fn an_empty_pool_is_empty() -> Result<()> {
        let empty = report("NON_HEALTHY_ONLY", "COMPLETE", &[pool("l", "p", 0, 0, "HEALTHY")], &[])?;
        for (policy, verdict, reason) in [
            ("halves", Rating::Unknown, VerdictReason::Empty),
            ("worst", Rating::Unknown, VerdictReason::Empty),
            ("any-eligible", Rating::Unknown, VerdictReason::Empty),
            ("quorum:80%", Rating::Unknown, VerdictReason::Empty),
            ("quorum:1", Rating::Critical, VerdictReason::TooFewUp),
        ] {
            let summary = empty.summary(policy.parse()?);
            assert_eq!((summary.verdict, only(&summary).reason), (verdict, reason), "{policy}");
            assert_eq!(summary.counts.backend_count, Some(0));
        }
        Ok(())
    }

    #[test]
    fn failing_backends_that_get_traffic_are_not_up() -> Result<()> {
        let failing =
            ["b-1", "b-2"].map(|id| with(record("l", "p", id, "UNHEALTHY", "ELIGIBLE"), json!({ "traffic_reason": "FAIL_OPEN" })));
        for policy in ["halves", "worst", "any-eligible", "quorum:1", "quorum:1%"] {
            assert_eq!(verdict_of(policy, &failing)?, (Rating::Critical, VerdictReason::FailOpen), "{policy}");
        }
        Ok(())
    }

    #[test]
    fn a_healthy_backend_without_traffic_is_no_capacity() -> Result<()> {
        let out = with(record("l", "p", "b-1", "HEALTHY", "EXISTING_ONLY"), json!({ "traffic_reason": "ZERO_WEIGHT" }));
        assert_eq!(verdict_of("halves", std::slice::from_ref(&out))?, (Rating::Unknown, VerdictReason::NoneInService));
        assert_eq!(verdict_of("any-eligible", &[out])?, (Rating::Critical, VerdictReason::TooFewUp));
        Ok(())
    }

    #[test]
    fn one_that_initializes_does_not_hide_one_that_fails() -> Result<()> {
        let records = [record("l", "p", "b-1", "INITIALIZING", "UNKNOWN"), record("l", "p", "b-2", "UNHEALTHY", "EXCLUDED")];
        assert_eq!(verdict_of("worst", &records)?, (Rating::Critical, VerdictReason::SomeDown));
        assert_eq!(verdict_of("halves", &records)?, (Rating::Critical, VerdictReason::TooFewUp));
        Ok(())
    }

    #[test]
    fn a_standby_that_waits_is_neither_up_nor_down_and_one_that_fails_is() -> Result<()> {
        let master = record("l", "p", "b-1", "HEALTHY", "ELIGIBLE");
        let waiting = record("l", "p", "b-2", "HEALTHY", "STANDBY");
        let failing = record("l", "p", "b-2", "UNHEALTHY", "EXCLUDED");
        assert_eq!(verdict_of("halves", &[master.clone(), waiting])?, (Rating::Ok, VerdictReason::AllUp));
        assert_eq!(verdict_of("halves", &[master, failing])?, (Rating::Warning, VerdictReason::NotAllUp));
        Ok(())
    }
}

fn sum(counts: &[(&'static str, u32)]) -> u32 {
    counts.iter().map(|(_, count)| count).sum()
}

/// What holds of every summary.
fn holds(reports: &[HealthReport<'_>], policy: Policy) -> Result<(), TestCaseError> {
    let summary = Summary::of(reports, policy);
    let of_pools = |count: fn(&SummaryPool) -> u32| summary.pools.iter().map(count).sum::<u32>();
    let whole = (&summary.counts, &summary.standing);
    for (counts, standing) in summary.pools.iter().map(|pool| (&pool.counts, &pool.standing)).chain([whole]) {
        prop_assert_eq!(sum(&healths(counts)), counts.known_count);
        prop_assert_eq!(sum(&traffics(counts)), counts.known_count);
        prop_assert_eq!(standing.in_service() + standing.aside_count, counts.known_count);
        prop_assert!(counts.backend_count.is_none_or(|count| count == counts.known_count));
        prop_assert!(counts.unlisted_count <= counts.known_count);
    }
    prop_assert_eq!(summary.counts.known_count, of_pools(|pool| pool.counts.known_count));
    let keys: Vec<&str> = reports.iter().flat_map(|report| report.records.iter().map(|record| &*record.record_key)).collect();
    for pool in &summary.pools {
        prop_assert_eq!(pool.verdict == Rating::Ok && !pool.deciding_records.is_empty(), false);
        prop_assert!(pool.deciding_records.iter().all(|record| keys.contains(&&*record.record_key)));
    }
    let text = serde_json::to_string(&summary).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let read: Summary = serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(read, summary);
    Ok(())
}

fn records() -> impl Strategy<Value = Vec<(u8, u8, u8, BackendHealth, Traffic)>> {
    let word = (0..3u8, 0..2u8, 0..4u8, prop::sample::select(BackendHealth::ALL), prop::sample::select(Traffic::ALL));
    prop::collection::vec(word, 0..16)
}

proptest! {
    #[test]
    fn counts_add_up(
        records in records(),
        pools in prop::collection::vec((0..3u8, 0..2u8, 0..8u32, 0..8u32, prop::sample::select(BackendHealth::ALL)), 0..6),
        coverage in prop::sample::select(vec!["ALL", "NON_HEALTHY_ONLY", "SELECTED"]),
        completeness in prop::sample::select(vec!["COMPLETE", "INCOMPLETE", "UNDETERMINED"]),
        split in any::<prop::sample::Index>(),
    ) {
        let records: Vec<Value> = records
            .iter()
            .map(|(l, p, b, health, traffic)| record(&format!("l-{l}"), &format!("p-{p}"), &format!("b-{b}"), health.as_str(), traffic.as_str()))
            .collect();
        let pools: Vec<Value> = pools
            .iter()
            .map(|(l, p, count, listed, health)| pool(&format!("l-{l}"), &format!("p-{p}"), count + listed, *listed, health.as_str()))
            .collect();
        let (one, other) = records.split_at(split.index(records.len() + 1));
        let made = |records: &[Value]| report(coverage, completeness, &pools, records).map_err(|error| TestCaseError::fail(error.to_string()));
        let reports = [made(one)?, made(other)?];
        for policy in Policy::EXAMPLES {
            holds(&reports, *policy)?;
        }
    }
}

#[test]
fn every_golden_report_has_a_summary_that_is_valid_and_agrees_with_its_pools() -> Result<()> {
    let validator = validator("summary")?;
    let mut compared = 0;
    for fixture in Fixture::all()? {
        let Ok(Document::Health(report)) = fixture.outcome()? else { continue };
        let name = fixture.folder.display();
        for policy in Policy::EXAMPLES {
            holds(std::slice::from_ref(&report), *policy).map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
            assert_valid(&validator, &report.summary(*policy), &name.to_string())?;
        }
        let summary = report.summary(Policy::Halves);
        for pool in &report.pools {
            let of = summary.pools.iter().find(|one| one.pool_keys == [&*pool.pool_key]);
            // At several places a backend can be mixed.
            let (Some(of), Some(count)) = (of, pool.healthy_count) else { continue };
            let all = pool.backend_count();
            if of.counts.known_count > all.unwrap_or_default() {
                // A listed backend is not in the inventory, so that more are named than the vendor counts.
                assert_eq!(of.counts.backend_count, None, "{name}");
                continue;
            }
            assert_eq!(of.counts.backend_count, all, "{name}");
            let counts = &of.counts.health;
            assert_eq!(counts.count(Some(BackendHealth::Healthy)), count, "{name}");
            assert_eq!(Some(counts.count(Some(BackendHealth::Unhealthy))), pool.unhealthy_count, "{name}");
            assert_eq!(Some(counts.count(Some(BackendHealth::Initializing))), pool.initializing_count, "{name}");
            assert_eq!(Some(counts.count(Some(BackendHealth::Unmonitored))), pool.unmonitored_count, "{name}");
            assert_eq!(Some(counts.count(Some(BackendHealth::Unknown))), pool.unknown_count, "{name}");
            compared += 1;
        }
    }
    assert!(compared > 20, "only {compared} pools");
    Ok(())
}

#[test]
fn a_document_of_a_newer_version_is_read() -> Result<()> {
    let report = report("ALL", "COMPLETE", &[], &[record("l", "p", "b", "UNHEALTHY", "EXCLUDED")])?;
    let mut document = serde_json::to_value(report.summary(Policy::Halves))?;
    document["a_new_field"] = json!(1);
    document["verdict"] = json!("A_NEW_VERDICT");
    document["pools"][0]["deciding_records"][0]["standing"] = json!("A_NEW_STANDING");
    document["policy"] = json!("a-new-policy");
    let summary: Summary = serde_json::from_value(document)?;
    assert_eq!(summary.verdict, Rating::Unrecognized);
    assert_eq!(summary.pools[0].deciding_records.first().context("no record")?.standing, Standing::Unrecognized);
    Ok(())
}
