//! One line a measurement, in columns.

use std::time::Duration;

pub fn heading(text: &str) {
    println!("\n## {text}");
}

pub fn line(what: &str, value: &str) {
    println!("{what:<58} {value:>24}");
}

pub fn per_second(count: usize, took: Duration) -> String {
    format!("{:.0}/s", count as f64 / took.as_secs_f64())
}

pub fn millis(took: Duration) -> String {
    format!("{:.2} ms", took.as_secs_f64() * 1e3)
}

pub fn times(took: Duration, of: Duration) -> String {
    format!("{:.2} x", took.as_secs_f64() / of.as_secs_f64())
}
