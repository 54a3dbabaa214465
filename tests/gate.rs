//! Gates: what holds, what does not, and what cannot be found out. The expected values follow from docs/roll-up.md.

use anyhow::Result;
use lbhealth::{Check, CheckResult, Completeness, Context, HealthReport, Rating, Requirement, Selection};
use lbhealth_tests::report::{nameless, pool, record, report, with};
use lbhealth_tests::{assert_valid, validator};
use serde_json::{Value, json};

const PAIRS: [(&str, &str); 8] = [
    ("HEALTHY", "ELIGIBLE"),
    ("UNHEALTHY", "EXCLUDED"),
    ("DEGRADED", "ELIGIBLE"),
    ("INITIALIZING", "UNKNOWN"),
    ("DRAINING", "UNKNOWN"),
    ("INACTIVE", "EXCLUDED"),
    ("UNMONITORED", "ELIGIBLE"),
    ("UNKNOWN", "UNKNOWN"),
];

fn listed(backends: &[(&str, &str, &str)]) -> Result<HealthReport<'static>> {
    let records: Vec<Value> = backends.iter().map(|(id, health, traffic)| record("l", "p", id, health, traffic)).collect();
    report("ALL", "COMPLETE", &[], &records)
}

fn require(what: &str) -> Result<Check> {
    let mut check = Check::new();
    check.require = Some(what.parse::<Requirement>()?);
    Ok(check)
}

fn of_backends(mut check: Check, backends: &[&str]) -> Check {
    check.selection.backends = backends.iter().map(|id| (*id).to_owned()).collect();
    check
}

/// The demands and their verdicts.
fn answers(result: &CheckResult) -> Vec<(&str, Rating)> {
    result.demands.iter().map(|demand| (&*demand.demand, demand.verdict)).collect()
}

#[test]
fn all_up_is_what_it_says() -> Result<()> {
    let expected = [
        Rating::Ok,
        Rating::Critical,
        Rating::Critical,
        Rating::Critical,
        Rating::Critical,
        Rating::Critical,
        Rating::Warning,
        Rating::Unknown,
    ];
    for ((health, traffic), verdict) in PAIRS.into_iter().zip(expected) {
        let result = require("all")?.of(&[listed(&[("b-1", "HEALTHY", "ELIGIBLE"), ("b-2", health, traffic)])?]);
        assert_eq!(answers(&result), [("require all", verdict)], "{health}");
        let names: Vec<_> = result.demands[0].deciding_records.iter().filter_map(|record| record.backend_id.as_deref()).collect();
        assert_eq!(names, if verdict == Rating::Ok { vec![] } else { vec!["b-2"] }, "{health}");
    }
    Ok(())
}

#[test]
fn gone_is_not_registered_any_more() -> Result<()> {
    for (health, traffic) in PAIRS {
        let result = require("gone")?.of(&[listed(&[("b-1", health, traffic)])?]);
        assert_eq!(result.verdict, Rating::Critical, "{health}");
        assert_eq!(result.demands[0].message, "1 still registered");
    }
    assert_eq!(require("gone")?.of(&[listed(&[])?]).verdict, Rating::Ok);
    Ok(())
}

#[test]
fn draining_satisfies_neither_wait() -> Result<()> {
    let reports = [listed(&[("old", "DRAINING", "UNKNOWN"), ("new", "HEALTHY", "ELIGIBLE")])?];
    assert_eq!(require("all")?.of(&reports).verdict, Rating::Critical);
    assert_eq!(require("gone")?.of(&reports).verdict, Rating::Critical);
    // The new one is up, the old one is not gone, and it does not stand in the way of a share.
    assert_eq!(of_backends(require("all")?, &["new"]).of(&reports).verdict, Rating::Ok);
    assert_eq!(of_backends(require("gone")?, &["old"]).of(&reports).verdict, Rating::Critical);
    assert_eq!(require("100%")?.of(&reports).verdict, Rating::Ok);
    Ok(())
}

#[test]
fn draining_at_one_listener_is_not_up() -> Result<()> {
    let records = [record("l-1", "p", "b", "HEALTHY", "ELIGIBLE"), record("l-2", "p", "b", "DRAINING", "UNKNOWN")];
    assert_eq!(require("all")?.of(&[report("ALL", "COMPLETE", &[], &records)?]).verdict, Rating::Critical);
    Ok(())
}

/// A listener that is off keeps a backend from its traffic there, whatever its checks say.
#[test]
fn a_backend_that_is_out_of_service_at_one_place_is_not_up_at_every_place() -> Result<()> {
    let records = [record("l-1", "p", "b-1", "HEALTHY", "ELIGIBLE"), record("l-2", "p", "b-1", "HEALTHY", "EXCLUDED")];
    assert_eq!(require("all")?.of(&[report("ALL", "COMPLETE", &[], &records)?]).verdict, Rating::Critical);
    Ok(())
}

#[test]
fn that_nobody_knows_comes_before_a_warning() -> Result<()> {
    let reports = [listed(&[("b-1", "UNMONITORED", "ELIGIBLE"), ("b-2", "UNKNOWN", "UNKNOWN")])?];
    assert_eq!(require("all")?.of(&reports).verdict, Rating::Unknown);
    Ok(())
}

#[test]
fn copies_and_standbys_that_wait_are_not_asked_whether_they_are_up() -> Result<()> {
    let up = ("b-1", "HEALTHY", "ELIGIBLE");
    for (health, traffic, verdict) in [
        ("HEALTHY", "STANDBY", Rating::Ok),
        ("UNHEALTHY", "EXCLUDED", Rating::Critical),
        ("UNHEALTHY", "STANDBY", Rating::Critical),
        ("UNKNOWN", "STANDBY", Rating::Critical),
        ("UNHEALTHY", "MIRRORED", Rating::Ok),
        ("HEALTHY", "EXISTING_ONLY", Rating::Critical),
    ] {
        let result = require("all")?.of(&[listed(&[up, ("b-2", health, traffic)])?]);
        assert_eq!(result.verdict, verdict, "{health} {traffic}");
    }
    assert_eq!(require("all")?.of(&[listed(&[("b-2", "HEALTHY", "MIRRORED")])?]).verdict, Rating::Unknown);
    assert_eq!(require("all")?.of(&[listed(&[])?]).verdict, Rating::Unknown, "nobody is no proof of anything");
    Ok(())
}

#[test]
fn a_backend_that_is_not_in_the_reports_is_gone_only_if_these_name_all() -> Result<()> {
    let there = record("l", "p", "b-1", "HEALTHY", "ELIGIBLE");
    let unlisted = pool("l", "p", 3, 1, "HEALTHY");
    let named = pool("l", "p", 1, 1, "HEALTHY");
    for (coverage, completeness, pools, gone, all) in [
        ("ALL", "COMPLETE", vec![], Rating::Ok, Rating::Critical),
        ("ALL", "INCOMPLETE", vec![], Rating::Unknown, Rating::Unknown),
        ("ALL", "UNDETERMINED", vec![], Rating::Unknown, Rating::Unknown),
        ("SELECTED", "COMPLETE", vec![], Rating::Unknown, Rating::Unknown),
        ("NON_HEALTHY_ONLY", "COMPLETE", vec![], Rating::Unknown, Rating::Unknown),
        ("NON_HEALTHY_ONLY", "COMPLETE", vec![unlisted], Rating::Unknown, Rating::Unknown),
        ("NON_HEALTHY_ONLY", "COMPLETE", vec![named], Rating::Ok, Rating::Critical),
    ] {
        let reports = [report(coverage, completeness, &pools, std::slice::from_ref(&there))?];
        let of = |what| Ok::<_, anyhow::Error>(of_backends(require(what)?, &["b-9"]).of(&reports).verdict);
        assert_eq!((of("gone")?, of("all")?), (gone, all), "{coverage} {completeness} {pools:?}");
    }
    Ok(())
}

#[test]
fn a_backend_is_gone_only_if_the_records_tell_what_it_was_called_by() -> Result<()> {
    let gone = |record: &Value, name: &str| -> Result<Rating> {
        let reports = [report("ALL", "COMPLETE", &[], std::slice::from_ref(record))?];
        Ok(of_backends(require("gone")?, &[name]).of(&reports).verdict)
    };
    let path = "projects/shop/zones/z-1/instances/web-1";
    let by_id = with(record("l", "p", path, "HEALTHY", "ELIGIBLE"), json!({ "address": null, "port": null }));
    assert_eq!(gone(&by_id, path)?, Rating::Critical);
    assert_eq!(gone(&by_id, &format!("https://www.example.com/compute/v1/{path}"))?, Rating::Critical, "the whole URL of it");
    assert_eq!(gone(&by_id, "projects/shop/zones/z-1/instances/web-2")?, Rating::Ok);
    assert_eq!(gone(&by_id, "10.0.0.1")?, Rating::Unknown, "it tells no address");
    assert_eq!(gone(&by_id, "web-2:80")?, Rating::Unknown, "it tells no port");
    let by_address = with(record("l", "p", "b-1", "HEALTHY", "ELIGIBLE"), json!({ "address": "2001:db8::1", "backend_id": null }));
    assert_eq!(gone(&by_address, "2001:DB8:0::1")?, Rating::Critical, "another spelling");
    for name in ["[2001:db8::1]", "[2001:db8:0::1]:80", "2001:DB8::1:80", "[2001:db8::1]:080"] {
        assert_eq!(gone(&by_address, name)?, Rating::Critical, "{name}");
    }
    assert_eq!((gone(&by_address, "2001:db8::2")?, gone(&by_address, "[2001:db8::1]:81")?), (Rating::Ok, Rating::Ok));
    assert_eq!(gone(&by_address, "b-2")?, Rating::Unknown, "it tells no id");
    // Scripts with a variable that is not set, or that holds several names.
    let by_id = with(record("l", "p", "i-1", "HEALTHY", "ELIGIBLE"), json!({ "backend_id": "i-1" }));
    for name in ["", " ", "i-1 i-2", "i-2,i-3", "i-2\ti-1", "i-2\r"] {
        assert_eq!(gone(&by_id, name)?, Rating::Unknown, "{name:?}");
    }
    // Another spelling, or a part of the name.
    for name in ["I-1", "arn:aws:ec2:eu-west-1:123456789012:instance/i-1"] {
        assert_eq!(gone(&by_id, name)?, Rating::Unknown, "{name}");
    }
    // Names of another kind: a tag, a name in the DNS, a network interface, a member of another vendor's pool.
    for name in ["web-2", "ip-10-0-0-1.ec2.internal", "eni-1", "8e3f7d52-1c64-4b0a-9d2e-6a5b7c8f9013", "projects/p/instances/x"] {
        assert_eq!(gone(&by_id, name)?, Rating::Unknown, "{name}");
    }
    assert_eq!(gone(&by_id, "i-2")?, Rating::Ok);
    for key in ["vendor-lb|p|i-2|80", "vendor-lb|LISTENER|l|p|i-2|80"] {
        assert_eq!(gone(&by_id, key)?, Rating::Ok, "{key}");
    }
    // Keys in a pool that nothing was told of, and what only looks like a key.
    for key in [
        "vendor-lb|q|i-1|80",
        "other-lb|p|i-1|80",
        "vendor-lb||i-1|80",
        "vendor-lb|POOL||p|i-1|80",
        "i-1|10.0.0.1",
        "vendor-lb|p|i-2",
    ] {
        assert_eq!(gone(&by_id, key)?, Rating::Unknown, "{key}");
    }
    // Keys that are cut off, numbered, of a reply without ports or ids, or in capitals.
    for backend in ["", "i-1", "i-2", "i-1|", "i-1|80#2", "i-1|80|x", "I-1|80", "10.0.0.1|80"] {
        for pool in ["vendor-lb|LISTENER|l|p", "vendor-lb|p"] {
            let key = format!("{pool}|{backend}");
            assert_eq!(gone(&by_id, &key)?, Rating::Unknown, "{key}");
        }
    }
    assert_eq!(gone(&by_id, "vendor-lb|p|i-1|81")?, Rating::Ok, "another port");
    // An id with colons, which are no part of an address.
    let arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/inner/50dc6c495c0c9188";
    let by_arn = with(record("l", "p", arn, "HEALTHY", "ELIGIBLE"), json!({ "address": null }));
    for name in [arn.to_owned(), format!("{arn}:80"), format!("[{arn}]:80")] {
        assert_eq!(gone(&by_arn, &name)?, Rating::Critical, "{name}");
    }
    assert_eq!(gone(&by_arn, &format!("{arn}:81"))?, Rating::Ok);
    // An interface, whose addresses some replies do not tell.
    let interface = json!({ "record_key": "vendor-lb|LISTENER|l|p|eni-1/10.0.0.2|80", "backend_key": "vendor-lb|p|eni-1/10.0.0.2|80",
        "backend_id": "eni-1", "address": "10.0.0.2" });
    let by_interface = with(record("l", "p", "eni-1", "HEALTHY", "ELIGIBLE"), interface);
    for name in ["eni-1", "10.0.0.2", "eni-1/10.0.0.2", "eni-1/10.0.0.2:80", "vendor-lb|p|eni-1/10.0.0.2|80"] {
        assert_eq!(gone(&by_interface, name)?, Rating::Critical, "{name}");
    }
    for name in ["vendor-lb|p|eni-1|80", "vendor-lb|LISTENER|l|p|eni-1|80"] {
        assert_eq!(gone(&by_interface, name)?, Rating::Unknown, "{name}");
    }
    for name in ["vendor-lb|p|eni-2|80", "vendor-lb|p|eni-1/10.0.0.3|80", "eni-1/10.0.0.3", "eni-2/10.0.0.3:80", "eni-2"] {
        assert_eq!(gone(&by_interface, name)?, Rating::Ok, "{name}");
    }
    // An address in another spelling, or what is none.
    let by_long = with(
        record("l", "p", "eni-3", "HEALTHY", "ELIGIBLE"),
        json!({ "backend_id": "eni-3", "address": "2001:db8::1",
        "record_key": "vendor-lb|LISTENER|l|p|eni-3/2001:db8::1|80", "backend_key": "vendor-lb|p|eni-3/2001:db8::1|80" }),
    );
    for name in ["eni-3/2001:DB8::1", "eni-3/2001:db8:0:0:0:0:0:1", "eni-3/[2001:db8::1]", "eni-3/[2001:db8::1]:80"] {
        assert_eq!(gone(&by_long, name)?, Rating::Critical, "{name}");
    }
    for name in ["eni-3/", "eni-3/2001:db8::1/128", "vendor-lb|p|eni-3/2001:DB8::1|80"] {
        assert_eq!(gone(&by_long, name)?, Rating::Unknown, "{name}");
    }
    assert_eq!(gone(&by_long, "eni-3/2001:db8::2")?, Rating::Ok);
    for at_another_port in ["eni-3/[2001:db8::1]:81", "eni-3/2001:db8::1:81", "eni-3:81"] {
        assert_eq!(gone(&by_long, at_another_port)?, Rating::Ok, "{at_another_port}");
    }
    let without_address = with(record("l", "p", "eni-1", "HEALTHY", "ELIGIBLE"), json!({ "backend_id": "eni-1", "address": null }));
    for name in ["eni-1/10.0.0.2", "eni-1/10.0.0.2:80"] {
        assert_eq!(gone(&without_address, name)?, Rating::Unknown, "{name}");
    }
    assert_eq!(gone(&without_address, "eni-1/10.0.0.2:81")?, Rating::Ok);
    let with_name = with(by_id, json!({ "backend_name": "web-1" }));
    assert_eq!((gone(&with_name, "web-2")?, gone(&with_name, "Web-1")?), (Rating::Ok, Rating::Unknown));
    // An address behind which an instance may be.
    let by_address_alone = with(with_name, json!({ "backend_id": "10.0.0.1", "address": "10.0.0.1", "backend_name": null }));
    assert_eq!((gone(&by_address_alone, "i-1")?, gone(&by_address_alone, "10.0.0.2")?), (Rating::Unknown, Rating::Ok));
    let path = json!({ "backend_id": "projects/shop/zones/z-1/instances/web-1" });
    let by_path = with(record("l", "p", "b", "HEALTHY", "ELIGIBLE"), path);
    for name in ["zones/z-1/instances/web-1", "web-1", "projects/shop/zones/Z-1/instances/web-1"] {
        assert_eq!(gone(&by_path, name)?, Rating::Unknown, "{name}");
    }
    Ok(())
}

#[test]
fn a_path_proves_nothing_of_resources_of_another_kind_or_in_another_spelling() -> Result<()> {
    let group = "/subscriptions/s-1/resourceGroups/g-1/providers";
    let interface = format!("{group}/Microsoft.Network/networkInterfaces/nic-5");
    let configuration = format!("{interface}/ipConfigurations/ip-1");
    let uuid = "8d3f5f0c-1111-4222-8333-abcdefabcdef";
    for (id, name, verdict) in [
        (&*configuration, &*configuration, Rating::Critical),
        (&configuration, &format!("https://management.example.com{configuration}"), Rating::Critical),
        (&configuration, &interface, Rating::Unknown),
        (&configuration, &configuration.to_uppercase(), Rating::Unknown),
        (&configuration, &format!("{group}/Microsoft.Compute/virtualMachines/vm-5"), Rating::Unknown),
        (&configuration, "nic-5/ip-1", Rating::Unknown),
        (&configuration, &format!("{interface}/ipConfigurations/ip-2"), Rating::Ok),
        (&configuration, &format!("https://management.example.com{interface}/ipConfigurations/ip-2"), Rating::Ok),
        ("projects/p/zones/z/instances/vm-1", "projects/123456/zones/z/instances/vm-1", Rating::Unknown),
        ("projects/p/zones/z/instances/vm-1", "projects/q/zones/z/instances/vm-1", Rating::Ok),
        ("projects/p/zones/z/instances/vm-1", "z/vm-1", Rating::Unknown),
        (uuid, "8D3F5F0C111142228333ABCDEFABCDEF", Rating::Unknown),
        (uuid, "8d3f5f0c111142228333abcdefabcdee", Rating::Ok),
    ] {
        let listed = with(record("l", "p", "b", "HEALTHY", "ELIGIBLE"), json!({ "backend_id": id, "address": null }));
        let reports = [report("ALL", "COMPLETE", &[], &[listed])?];
        assert_eq!(of_backends(require("gone")?, &[name]).of(&reports).verdict, verdict, "{name}");
    }
    // The end of an address can be meant as a port, which nobody tells here.
    let listed = with(record("l", "p", "b", "HEALTHY", "ELIGIBLE"), json!({ "address": "2001:db8::3", "port": null }));
    let reports = [report("ALL", "COMPLETE", &[], &[listed])?];
    assert_eq!(of_backends(require("gone")?, &["2001:db8::3:80"]).of(&reports).verdict, Rating::Unknown);
    Ok(())
}

/// An instance has a short name of its own, which is no other backend's.
#[test]
fn a_backend_that_is_in_another_pool_is_gone_from_this_one() -> Result<()> {
    let path = "projects/shop/zones/z-1/instances/web-1";
    let of = |pool: &str, id: &str, name: &str| {
        let named = json!({ "backend_id": id, "backend_name": name, "address": null });
        report("ALL", "COMPLETE", &[], &[with(record("l", pool, id, "HEALTHY", "ELIGIBLE"), named)])
    };
    let reports = [of("p-1", path, "web-1")?, of("p-2", "projects/shop/zones/z-1/instances/web-2", "web-2")?];
    for name in [path, "web-1"] {
        let mut gone = of_backends(require("gone")?, &[name]);
        gone.selection.pools = vec!["p-2".to_owned()];
        assert_eq!(gone.of(&reports).verdict, Rating::Ok, "{name}");
    }
    Ok(())
}

#[test]
fn a_later_report_is_asked_for_a_backend_and_not_an_earlier_one() -> Result<()> {
    let reports =
        [listed(&[("b-1", "HEALTHY", "ELIGIBLE"), ("b-2", "HEALTHY", "ELIGIBLE")])?, listed(&[("b-2", "HEALTHY", "ELIGIBLE")])?];
    assert_eq!(of_backends(require("all")?, &["b-1"]).of(&reports).verdict, Rating::Critical);
    assert_eq!(of_backends(require("gone")?, &["b-1"]).of(&reports).verdict, Rating::Ok);
    // What another place lost may be just that backend.
    let elsewhere = report("ALL", "INCOMPLETE", &[], &[record("l-2", "p", "b-3", "HEALTHY", "ELIGIBLE")])?;
    let well = listed(&[("b-2", "HEALTHY", "ELIGIBLE")])?;
    assert_eq!(of_backends(require("all")?, &["b-2"]).of(&[well, elsewhere]).verdict, Rating::Unknown);
    // Of a place where an element was lost, it is not known whether the backend is up there.
    let lost = report("ALL", "INCOMPLETE", &[], &[record("l-2", "p", "b-2", "HEALTHY", "ELIGIBLE")])?;
    assert_eq!(of_backends(require("all")?, &["b-2"]).of(&[lost]).verdict, Rating::Unknown);
    Ok(())
}

#[test]
fn a_backend_that_fails_in_one_of_two_pools_without_a_name_is_not_up() -> Result<()> {
    let all = |record: Value| report("ALL", "COMPLETE", &[], &[record]);
    let (down, up) = (all(nameless("i-1", "UNHEALTHY", "EXCLUDED"))?, all(nameless("i-1", "HEALTHY", "ELIGIBLE"))?);
    for reports in [[down.clone(), up.clone()], [up, down]] {
        for check in [require("all")?, require("1")?, Check::new()] {
            let verdict = of_backends(check.clone(), &["i-1"]).of(&reports).verdict;
            assert_eq!((verdict, check.of(&reports).verdict), (Rating::Critical, Rating::Critical), "{check:?}");
        }
    }
    Ok(())
}

#[test]
fn a_backend_that_is_told_not_to_be_registered_is_gone() -> Result<()> {
    let cause = |reason: &str| json!({ "cause": { "reason": reason, "certainty": "EXACT", "phase": "LIFECYCLE" } });
    let asked = |record: Value| report("SELECTED", "COMPLETE", &[], &[record]);
    let told = asked(with(nameless("i-1", "INACTIVE", "EXCLUDED"), cause("NOT_REGISTERED")))?;
    let gone = |reports: &[HealthReport<'_>], names: &[&str]| -> Result<_> {
        let result = of_backends(require("gone")?, names).of(reports);
        Ok((result.verdict, result.demands[0].message.clone()))
    };
    let ok = |name: &str| (Rating::Ok, format!("not registered: {name}"));
    assert_eq!(gone(std::slice::from_ref(&told), &["i-1:80"])?, ok("i-1:80"));
    let open = "none is named as registered, and `i-1` may be registered at another port than 80; ask for it with its port";
    assert_eq!(gone(std::slice::from_ref(&told), &["i-1"])?, (Rating::Unknown, open.to_owned()));
    let mut without_port = told.clone();
    without_port.records[0].port = None;
    assert_eq!(gone(&[without_port], &["i-1"])?, ok("i-1"));
    // It is told of the one that was asked for, and of nobody else.
    assert_eq!(gone(std::slice::from_ref(&told), &["i-2:80"])?.0, Rating::Unknown);
    assert_eq!(gone(std::slice::from_ref(&told), &[])?.0, Rating::Unknown);
    // Another pool lists it, or a reply does not tell of it.
    let elsewhere = report("ALL", "COMPLETE", &[], &[record("l", "p", "i-1", "HEALTHY", "ELIGIBLE")])?;
    assert_eq!(gone(&[told.clone(), elsewhere], &["i-1:80"])?.0, Rating::Critical);
    let other = asked(record("l", "p", "i-2", "HEALTHY", "ELIGIBLE"))?;
    assert_eq!(gone(&[told, other], &["i-1:80"])?.0, Rating::Unknown);
    // Asked one by one in a pool that is named, each answer tells of its own; what was said before does not count any more.
    let of_pool = |id: &str, health: &str, reason: &str| asked(with(record("l", "p", id, health, "EXCLUDED"), cause(reason)));
    let each = [of_pool("i-1", "INACTIVE", "NOT_REGISTERED")?, of_pool("i-2", "INACTIVE", "NOT_REGISTERED")?];
    assert_eq!(gone(&each, &["i-1:80", "i-2:80"])?, ok("i-1:80, i-2:80"));
    let drained = [of_pool("i-1", "DRAINING", "DEREGISTERING")?, of_pool("i-1", "INACTIVE", "NOT_REGISTERED")?];
    assert_eq!(gone(&drained, &["i-1:80"])?, ok("i-1:80"));
    let back = [&drained[..], &[of_pool("i-1", "HEALTHY", "REGISTERING")?]].concat();
    assert_eq!(gone(&back, &["i-1:80"])?.0, Rating::Critical);
    // What is out of use for another reason is still registered.
    let unused = asked(with(nameless("i-1", "INACTIVE", "EXCLUDED"), cause("NOT_IN_USE")))?;
    assert_eq!(gone(&[unused], &["i-1:80"])?.0, Rating::Critical);
    Ok(())
}

#[test]
fn a_report_that_was_lost_leaves_the_answer_open() -> Result<()> {
    let well = listed(&[("b-1", "HEALTHY", "ELIGIBLE")])?;
    let lost = report("ALL", "INCOMPLETE", &[], &[])?;
    for check in [Check::new(), require("all")?, require("1")?] {
        assert_eq!(check.of(std::slice::from_ref(&well)).verdict, Rating::Ok);
        assert_eq!(check.of(&[well.clone(), lost.clone()]).verdict, Rating::Unknown);
    }
    let failing = listed(&[("b-1", "UNHEALTHY", "EXCLUDED")])?;
    assert_eq!(Check::new().of(&[failing, lost.clone()]).verdict, Rating::Critical, "what is lost does not mend it");
    let mut of_pool = Check::new();
    of_pool.selection.pools = vec!["p".to_owned()];
    assert_eq!(of_pool.of(&[well, lost]).verdict, Rating::Ok, "the pool that was asked for is there");
    Ok(())
}

/// What is not selected is left out of a report; that does not make it one that tells of nothing.
#[test]
fn a_report_that_is_not_complete_can_have_a_selected_backend_as_well() -> Result<()> {
    let whole = listed(&[("b-7", "HEALTHY", "ELIGIBLE")])?;
    let part = report("ALL", "INCOMPLETE", &[], &[record("l", "q", "b-1", "HEALTHY", "ELIGIBLE")])?;
    let lost = report("ALL", "INCOMPLETE", &[], &[])?;
    for check in [Check::new(), require("all")?, require("1")?, require("gone")?] {
        let name = if check.require == Some(Requirement::Gone) { "b-9" } else { "b-7" };
        for (other, why) in [
            (
                &part,
                "a report is not complete, or a backend that is not well has no name in it, so what was selected may be in it as well",
            ),
            (&lost, "a report that is not complete tells of no pool at all"),
        ] {
            let result = of_backends(check.clone(), &[name]).of(&[&whole, other]);
            let input = result.demands.iter().find(|one| one.demand == "input").map(|one| &*one.message);
            assert_eq!((result.verdict, input), (Rating::Unknown, Some(why)), "{check:?}");
            let text = format!("{:?}", result.demands);
            assert_eq!(text.contains("tells of no pool at all"), why.contains("no pool"), "{text}");
        }
    }
    Ok(())
}

#[test]
fn all_up_says_what_cannot_be_told_and_why() -> Result<()> {
    let says = |report: HealthReport<'static>| -> Result<(Rating, String)> {
        let result = require("all")?.of(&[report]);
        Ok((result.verdict, result.demands[0].message.clone()))
    };
    let up = |id| (id, "HEALTHY", "ELIGIBLE");
    let unknown = ("b-3", "UNKNOWN", "UNKNOWN");
    let down = ("b-4", "UNHEALTHY", "EXCLUDED");
    for (backends, verdict, text) in [
        (vec![up("b-1"), up("b-2")], Rating::Ok, "all 2 up"),
        (vec![up("b-1"), unknown], Rating::Unknown, "1 of 2 not known to be up"),
        (vec![down, unknown], Rating::Critical, "1 of 2 not up, 1 not known to be up"),
        (vec![up("b-1"), down], Rating::Critical, "1 of 2 not up"),
    ] {
        assert_eq!(says(listed(&backends)?)?, (verdict, text.to_owned()));
    }
    let part = |completeness: &str, backends: &[(&str, &str, &str)]| {
        let records: Vec<Value> = backends.iter().map(|(id, health, traffic)| record("l", "p", id, health, traffic)).collect();
        report("ALL", completeness, &[], &records)
    };
    let mut paged = part("UNDETERMINED", &[up("b-1"), up("b-2")])?;
    let open = "all 2 that are known are up; it is not known whether there is a further page";
    assert_eq!(says(paged.clone())?, (Rating::Unknown, open.to_owned()));
    paged.next_page = Some("b-2".into());
    let open = "all 2 that are known are up; there may be a further page, which belongs right behind this one; whether there is one, the page limit of the calls would tell: \
                `lbhealth normalize --page-limit N`";
    assert_eq!(says(paged)?, (Rating::Unknown, open.to_owned()));
    let open = "1 of at least 2 not known to be up; something of the list is missing or could not be read";
    assert_eq!(says(part("INCOMPLETE", &[up("b-1"), unknown])?)?, (Rating::Unknown, open.to_owned()));
    assert_eq!(says(part("INCOMPLETE", &[up("b-1"), down])?)?, (Rating::Critical, "1 of at least 2 not up".to_owned()));
    Ok(())
}

#[test]
fn a_place_that_lost_something_leaves_the_pool_open() -> Result<()> {
    let well = listed(&[("b-1", "HEALTHY", "ELIGIBLE")])?;
    let lost = report("ALL", "INCOMPLETE", &[], &[record("l-2", "p", "b-1", "HEALTHY", "ELIGIBLE")])?;
    assert_eq!(Check::new().of(&[well, lost]).verdict, Rating::Unknown);
    // Load balancers that have no pools are not one pool.
    let balancer = |id: &str, health: &str, traffic: &str| {
        let place = json!({ "scope": "LOAD_BALANCER", "load_balancer_id": id, "listener_id": null, "pool_id": null,
            "pool_key": format!("vendor-lb|LOAD_BALANCER|{id}"), "backend_key": format!("vendor-lb|{id}|b"),
            "record_key": format!("vendor-lb|LOAD_BALANCER|{id}|b") });
        report("ALL", "COMPLETE", &[], &[with(record("l", "p", "b", health, traffic), place)])
    };
    let both = [balancer("lb-1", "HEALTHY", "ELIGIBLE")?, balancer("lb-2", "UNHEALTHY", "EXCLUDED")?];
    assert_eq!(require("1")?.of(&both).verdict, Rating::Critical);
    Ok(())
}

#[test]
fn a_backend_whose_pool_is_not_told_may_be_in_the_one_that_is_asked_about() -> Result<()> {
    let well = record("l", "p", "b-1", "HEALTHY", "ELIGIBLE");
    let place = json!({ "pool_id": null, "pool_key": "vendor-lb|LISTENER|l|", "record_key": "vendor-lb|LISTENER|l||b-2|80" });
    let lost = with(record("l", "p", "b-2", "UNHEALTHY", "EXCLUDED"), place);
    let mut check = require("all")?;
    check.selection.pools = vec!["p".to_owned()];
    assert_eq!(check.of(&[report("ALL", "COMPLETE", &[], &[well.clone(), lost.clone()])?]).verdict, Rating::Unknown);
    // In a reply of its own it is in a pool of its own.
    let [well, lost] = [report("ALL", "COMPLETE", &[], &[well])?, report("ALL", "COMPLETE", &[], &[lost])?];
    assert_eq!(check.of(&[well, lost]).verdict, Rating::Ok);
    Ok(())
}

#[test]
fn a_pool_is_gone_only_if_the_reports_are_about_it() -> Result<()> {
    let mut check = require("gone")?;
    check.selection.pools = vec!["q".to_owned()];
    // A reply about one pool proves nothing of another.
    assert_eq!(check.of(&[listed(&[("b-1", "HEALTHY", "ELIGIBLE")])?]).verdict, Rating::Unknown);
    let empty = pool("l", "q", 0, 0, "HEALTHY");
    assert_eq!(check.of(&[report("NON_HEALTHY_ONLY", "COMPLETE", &[empty], &[])?]).verdict, Rating::Ok);
    let unnamed = with(record("l", "p", "b-1", "HEALTHY", "ELIGIBLE"), json!({ "pool_id": null }));
    assert_eq!(check.of(&[report("ALL", "COMPLETE", &[], &[unnamed])?]).verdict, Rating::Unknown);
    Ok(())
}

/// These operations list what is in use, so that nobody is listed where nothing is, whoever is registered.
#[test]
fn a_reply_that_lists_nothing_in_use_does_not_show_that_a_backend_is_gone() -> Result<()> {
    let replies = [
        ("azure-application-gateway", r#"{"backendAddressPools":[]}"#),
        (
            "azure-application-gateway",
            r#"{"backendAddressPools":[{"backendAddressPool":{"id":"p"},"backendHttpSettingsCollection":[]}]}"#,
        ),
        ("openstack-octavia", r#"{"statuses":{"loadbalancer":{"id":"lb","operating_status":"ONLINE","listeners":[],"pools":[]}}}"#),
        ("openstack-octavia", r#"{"loadbalancer":{"id":"lb","operating_status":"ONLINE","listeners":[]}}"#),
        ("alibaba-clb", r#"{"BackendServers":{"BackendServer":[]}}"#),
    ];
    for (adapter, reply) in replies {
        let mut context = Context::default();
        let report = lbhealth::adapter(adapter)?.normalize(reply.as_bytes(), &context)?.into_health()?;
        assert_eq!(report.completeness, Completeness::Undetermined, "{reply}");
        assert_eq!(require("gone")?.of(&[&report]).verdict, Rating::Unknown, "{reply}");
        assert_eq!(of_backends(require("gone")?, &["10.0.0.7"]).of(&[&report]).verdict, Rating::Unknown, "{reply}");
        let mut of_pool = require("gone")?;
        of_pool.selection.pools = vec!["p".to_owned()];
        assert_eq!(of_pool.of(&[&report]).verdict, Rating::Unknown, "{reply}");
        // Of a listener that is named, none are none.
        context.listener_id = Some("lb:tcp:80".into());
        let report = lbhealth::adapter(adapter)?.normalize(reply.as_bytes(), &context)?.into_health()?;
        assert_eq!(report.completeness == Completeness::Complete, adapter == "alibaba-clb", "{reply}");
    }
    Ok(())
}

/// A pool that is named and of which nobody is listed may have any backend.
#[test]
fn a_backend_of_a_pool_that_is_not_in_use_is_not_gone() -> Result<()> {
    let servers = r#"[{"backendHttpSettings":{"id":"s"},"servers":[{"address":"10.0.0.1","health":"Healthy"}]}]"#;
    let pool = |id: &str, settings: &str| {
        format!(r#"{{"backendAddressPool":{{"id":"{id}"}},"backendHttpSettingsCollection":{settings}}}"#)
    };
    let reply = |pools: &[String]| format!(r#"{{"backendAddressPools":[{}]}}"#, pools.join(","));
    let verdict = |reply: &str, pools: &[&str]| -> Result<Rating> {
        let report = lbhealth::adapter("azure-application-gateway")?.normalize(reply.as_bytes(), &Context::default())?;
        let mut check = of_backends(require("gone")?, &["10.0.0.2"]);
        check.selection.pools = pools.iter().map(|id| (*id).to_owned()).collect();
        Ok(check.of(&[report.into_health()?]).verdict)
    };
    let both = reply(&[pool("green", servers), pool("blue", "[]")]);
    assert_eq!(verdict(&both, &[])?, Rating::Unknown);
    assert_eq!(verdict(&both, &["blue"])?, Rating::Unknown);
    assert_eq!(verdict(&both, &["green"])?, Rating::Ok);
    assert_eq!(verdict(&reply(&[pool("green", servers)]), &[])?, Rating::Ok);
    Ok(())
}

#[test]
fn shares_and_numbers_hold_for_every_pool() -> Result<()> {
    let mut records: Vec<Value> = (1..=5).map(|number| record("l", "p", &format!("b-{number}"), "HEALTHY", "ELIGIBLE")).collect();
    records[0] = record("l", "p", "b-1", "UNHEALTHY", "EXCLUDED");
    records.push(record("l", "q", "b-1", "HEALTHY", "ELIGIBLE"));
    let reports = [report("ALL", "COMPLETE", &[], &records)?];
    for (what, verdict) in
        [("80%", Rating::Ok), ("81%", Rating::Critical), ("1", Rating::Ok), ("2", Rating::Critical), ("5", Rating::Critical)]
    {
        assert_eq!(answers(&require(what)?.of(&reports)), [(&*format!("require {what}"), verdict)]);
    }
    let mut check = require("4")?;
    check.selection.pools = vec!["p".to_owned()];
    assert_eq!(check.of(&reports).verdict, Rating::Ok);
    Ok(())
}

/// Enough are up in the pools that are known. What is missing can be a pool that has nobody up.
#[test]
fn a_reply_that_can_lack_pools_does_not_have_enough_up() -> Result<()> {
    let up = record("l", "p", "b-1", "HEALTHY", "ELIGIBLE");
    for completeness in ["INCOMPLETE", "UNDETERMINED"] {
        let mut part = report("ALL", completeness, &[], std::slice::from_ref(&up))?;
        let mut of_pool = require("1")?;
        of_pool.selection.pools = vec!["p".to_owned()];
        assert_eq!(require("1")?.of(&[&part]).verdict, Rating::Unknown);
        let mut any = Check::new();
        any.policy = Some("any-eligible".parse()?);
        assert_eq!(any.of(&[&part]).verdict, Rating::Unknown);
        assert_eq!(of_pool.of(&[&part]).verdict, Rating::Ok, "of the pool that was asked about");
        part.of_one_pool = true;
        assert_eq!(require("1")?.of(&[&part]).verdict, Rating::Ok, "it is about one pool, which has enough");
    }
    assert_eq!(require("1")?.of(&[report("SELECTED", "INCOMPLETE", &[], &[up])?]).verdict, Rating::Ok);
    Ok(())
}

#[test]
fn nothing_may_be_initializing() -> Result<()> {
    let mut check = require("50%")?;
    check.no_initializing = true;
    let reports = [listed(&[("b-1", "HEALTHY", "ELIGIBLE"), ("b-2", "INITIALIZING", "UNKNOWN")])?];
    let result = check.of(&reports);
    assert_eq!(answers(&result), [("no-initializing", Rating::Critical), ("require 50%", Rating::Ok)]);
    assert_eq!(result.demands[0].message, "1 initializing");
    let everywhere = ["l-1", "l-2", "l-3"].map(|listener| record(listener, "p", "b-2", "INITIALIZING", "UNKNOWN"));
    let result = check.of(&[report("ALL", "COMPLETE", &[], &everywhere)?]);
    assert_eq!(result.demands[0].message, "1 initializing", "a backend, whoever observes it");
    let result = check.of(&[listed(&[("b-1", "HEALTHY", "ELIGIBLE")])?]);
    assert_eq!(result.verdict, Rating::Ok);
    // One of which nothing is known may be new.
    let result = check.of(&[listed(&[("b-1", "HEALTHY", "ELIGIBLE"), ("b-2", "UNKNOWN", "UNKNOWN")])?]);
    assert_eq!(result.demands[0].demand, "no-initializing");
    assert_eq!(
        (result.demands[0].verdict, &*result.demands[0].message),
        (Rating::Unknown, "none is known to be initializing, and 1 may be")
    );
    assert_eq!(result.demands[0].deciding_records[0].backend_id.as_deref(), Some("b-2"));
    for (traffic, reason) in [("EXISTING_ONLY", "ZERO_WEIGHT"), ("MIRRORED", "MIRROR")] {
        let checked = with(record("l", "p", "b-2", "UNKNOWN", traffic), json!({ "traffic_reason": reason }));
        let up = record("l", "p", "b-1", "HEALTHY", "ELIGIBLE");
        let result = check.of(&[report("ALL", "COMPLETE", &[], &[up, checked])?]);
        assert_eq!(result.verdict, Rating::Unknown, "it is checked all the same: {reason}");
    }
    // One that takes no part in health checks does not wait for any, and who waits comes before who may.
    let parked = with(record("l", "p", "b-2", "UNKNOWN", "EXCLUDED"), json!({ "traffic_reason": "ZERO_WEIGHT" }));
    let up = record("l", "p", "b-1", "HEALTHY", "ELIGIBLE");
    assert_eq!(check.of(&[report("ALL", "COMPLETE", &[], &[up, parked])?]).verdict, Rating::Ok);
    let result = check.of(&[listed(&[("b-1", "UNKNOWN", "UNKNOWN"), ("b-2", "INITIALIZING", "UNKNOWN")])?]);
    let names: Vec<_> = result.demands[0].deciding_records.iter().filter_map(|record| record.backend_id.as_deref()).collect();
    assert_eq!((result.demands[0].verdict, names), (Rating::Critical, vec!["b-2"]));
    // Where backends may be missing, nobody knows.
    check.require = None;
    check.policy = Some("any-eligible".parse()?);
    let mut part = report("ALL", "INCOMPLETE", &[], &[record("l", "p", "b-1", "HEALTHY", "ELIGIBLE")])?;
    part.of_one_pool = true;
    assert_eq!(answers(&check.of(&[part])), [("no-initializing", Rating::Unknown), ("any-eligible", Rating::Ok)]);
    Ok(())
}

#[test]
fn without_a_requirement_halves_is_the_policy_and_a_named_one_is_asked_as_well() -> Result<()> {
    let reports = [listed(&[("b-1", "HEALTHY", "ELIGIBLE"), ("b-2", "UNHEALTHY", "EXCLUDED")])?];
    assert_eq!(answers(&Check::new().of(&reports)), [("halves", Rating::Warning)]);
    let mut check = require("50%")?;
    assert_eq!(answers(&check.of(&reports)), [("require 50%", Rating::Ok)]);
    check.policy = Some("worst".parse()?);
    assert_eq!(answers(&check.of(&reports)), [("worst", Rating::Critical), ("require 50%", Rating::Ok)]);
    Ok(())
}

#[test]
fn what_was_selected_has_to_be_there() -> Result<()> {
    let reports = [listed(&[("b-1", "HEALTHY", "ELIGIBLE")])?];
    let select = |set: fn(&mut Selection)| {
        let mut check = Check::new();
        set(&mut check.selection);
        let result = check.of(&reports);
        (result.verdict, result.demands.iter().find(|one| one.demand == "selection").map(|one| one.message.clone()))
    };
    assert_eq!(select(|selection| selection.pools = vec!["p".to_owned()]), (Rating::Ok, None));
    assert_eq!(select(|selection| selection.listeners = vec!["l".to_owned()]), (Rating::Ok, None));
    assert_eq!(select(|selection| selection.backends = vec!["b-1".to_owned()]), (Rating::Ok, None));
    assert_eq!(select(|selection| selection.backends = vec!["vendor-lb|p|b-1|80".to_owned()]), (Rating::Ok, None));
    let missing = |text: &str| (Rating::Unknown, Some(format!("{text} not in the reports")));
    assert_eq!(select(|selection| selection.pools = vec!["p".to_owned(), "x".to_owned()]), missing("pool x"));
    assert_eq!(select(|selection| selection.listeners = vec!["x".to_owned()]), missing("listener x"));
    assert_eq!(select(|selection| selection.backends = vec!["b-1".to_owned(), "x".to_owned()]), missing("backend x"));
    // Who is left out for being well can be told by an inventory, unless nobody is.
    let hint = "; the vendor lists only backends that are not plainly normal, `lbhealth normalize --with` adds the others";
    for (count, hint) in [(3, hint), (1, "")] {
        let failing = record("l", "p", "b-1", "UNHEALTHY", "EXCLUDED");
        let some = [report("NON_HEALTHY_ONLY", "COMPLETE", &[pool("l", "p", count, 1, "HEALTHY")], &[failing])?];
        let result = of_backends(require("50%")?, &["x"]).of(&some);
        let said = result.demands.iter().find(|one| one.demand == "selection").map(|one| one.message.clone());
        assert_eq!(said, Some(format!("backend x not in the reports{hint}")));
    }
    Ok(())
}

#[test]
fn a_backend_is_selected_by_the_server_behind_it_or_its_address() -> Result<()> {
    let fields = json!({ "instance_id": "i-1", "address": "10.0.0.1" });
    let reports = [report("ALL", "COMPLETE", &[], &[with(record("l", "p", "m-1", "HEALTHY", "ELIGIBLE"), fields)])?];
    for name in ["m-1", "i-1", "10.0.0.1"] {
        let result = of_backends(require("all")?, &[name]).of(&reports);
        assert_eq!((result.verdict, result.counts.backend_count), (Rating::Ok, Some(1)), "{name}");
    }
    Ok(())
}

#[test]
fn nothing_to_read_is_unknown() -> Result<()> {
    assert_eq!(Check::new().of::<HealthReport<'_>>(&[]).verdict, Rating::Unknown);
    assert_eq!(require("gone")?.of::<HealthReport<'_>>(&[]).verdict, Rating::Unknown);
    let well = Check::new().of(&[listed(&[("b-1", "HEALTHY", "ELIGIBLE")])?]);
    assert_eq!(well.verdict, Rating::Ok);
    assert_eq!(answers(&well.with_unreadable("x.json: cannot be read")), [("input", Rating::Unknown), ("halves", Rating::Ok)]);
    let ill = Check::new().of(&[listed(&[("b-1", "UNHEALTHY", "EXCLUDED")])?]);
    assert_eq!(ill.with_unreadable("x.json: cannot be read").verdict, Rating::Critical, "what is known to be wrong comes first");
    Ok(())
}

#[test]
fn other_requirements_are_refused() {
    for text in ["", "0", "0%", "101%", "80 %", "most", "ALL", "-1"] {
        let error = text.parse::<Requirement>().map(|requirement| requirement.to_string()).expect_err(text);
        assert_eq!(
            error.to_string(),
            format!("`{text}` is not a requirement; write a number from 1 on, a whole percentage from 1% to 100%, all or gone")
        );
    }
    for text in ["1", "80%", "all", "gone"] {
        assert_eq!(text.parse::<Requirement>().map(|requirement| requirement.to_string()).as_deref(), Ok(text));
    }
}

#[test]
fn the_answer_is_a_valid_document_that_is_read_back() -> Result<()> {
    let mut check = require("all")?;
    check.no_initializing = true;
    check.policy = Some("quorum:80%".parse()?);
    let result = check.of(&[listed(&[("b-1", "UNHEALTHY", "EXCLUDED"), ("b-2", "INITIALIZING", "UNKNOWN")])?]);
    let document = serde_json::to_value(&result)?;
    assert_valid(&validator("check-result")?, &document, "an answer")?;
    assert_eq!(document["schema_id"], "urn:lbhealth:v1:check-result");
    assert_eq!(serde_json::from_value::<CheckResult>(document)?, result);
    Ok(())
}
