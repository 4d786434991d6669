//! What is shown while something takes long: on a terminal only, and never where JSON is wanted.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// So many of so many rows.
pub fn rows(json: bool) -> ProgressBar {
    if json { ProgressBar::hidden() } else { styled(ProgressBar::new(0), "{bar:40} {pos}/{len} rows {eta}") }
}

/// How much of a file is read.
pub fn bytes(json: bool) -> ProgressBar {
    if json {
        return ProgressBar::hidden();
    }
    styled(ProgressBar::new(0), "{bar:40} {bytes}/{total_bytes} {eta}")
}

/// That it works, and for how long, where nobody knows how much there is.
pub fn busy(json: bool, words: String) -> ProgressBar {
    if json {
        return ProgressBar::hidden();
    }
    let bar = styled(ProgressBar::new_spinner(), "{spinner} {msg} {elapsed}").with_message(words);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
