//! What parsing, mapping and writing cost, each apart, on the replies that ship with the adapters.

#![expect(clippy::expect_used, reason = "a benchmark whose input is gone cannot go on")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lbhealth::{Context, Normalizer, Words};

/// A reply of each vendor, compact as a sweep saves it.
const REPLIES: [(&str, &str); 2] =
    [("alibaba-alb", "each-documented-status-in-a-forward-group"), ("huawei-elb", "list-of-members-of-every-status")];

fn reply(adapter: &str, fixture: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/adapters").join(adapter).join("fixtures").join(fixture);
    let text = std::fs::read_to_string(path.join("input.json")).expect("a fixture");
    serde_json::from_str::<serde_json::Value>(&text).expect("JSON").to_string()
}

fn stages(criterion: &mut Criterion) {
    for (id, fixture) in REPLIES {
        let text = reply(id, fixture);
        let adapter = lbhealth::adapter(id).expect("an adapter");
        let context = Context::default();
        let mut group = criterion.benchmark_group(id);
        group.throughput(Throughput::Bytes(u64::try_from(text.len()).expect("a size")));
        // The floor: every byte is looked at and nothing is kept.
        group.bench_function("skip", |bencher| {
            bencher.iter(|| serde_json::from_str::<serde::de::IgnoredAny>(black_box(&text)).expect("JSON"));
        });
        // A stream's first look at a reply, and every later one.
        group.bench_function("parse and map, keys scanned", |bencher| {
            bencher.iter(|| adapter.normalize(black_box(text.as_bytes()), &context).expect("a document"));
        });
        let mut normalizer = Normalizer::of(adapter);
        group.bench_function("parse and map", |bencher| {
            bencher.iter(|| normalizer.normalize(black_box(text.as_bytes()), &context).expect("a document"));
        });
        let mut detecting = Normalizer::new(lbhealth::ADAPTERS);
        group.bench_function("parse and map, adapter detected", |bencher| {
            bencher.iter(|| detecting.normalize(black_box(text.as_bytes()), &context).expect("a document"));
        });
        let report = adapter.normalize(text.as_bytes(), &context).and_then(lbhealth::Document::into_health).expect("a report");
        let mut out = Vec::new();
        group.bench_function("write", |bencher| {
            bencher.iter(|| {
                out.clear();
                black_box(&report).write_rows(&mut out);
            });
        });
        group.bench_function("write by serde_json", |bencher| {
            bencher.iter(|| {
                out.clear();
                for row in black_box(&report).rows() {
                    serde_json::to_writer(&mut out, &row).expect("a `Vec` takes everything");
                    out.push(b'\n');
                }
            });
        });
        let status = report.records.first().and_then(|record| record.evidence.status.clone()).expect("a status");
        group.bench_function("map one word", |bencher| {
            bencher.iter(|| adapter.vocabulary().judge(Words::new(black_box(&*status)), &mut lbhealth::Warnings::new()));
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
