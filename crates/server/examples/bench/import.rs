//! An import, from the bytes of a file to the entered batch, against the register that is there.

use std::fmt::Write;
use std::time::Instant;

use intake::{Imports, Rule};

use crate::fill::{Site, born, mix, name, phone};
use crate::{Outcome, Sizes};

/// Reads, compares and enters a file; every twentieth row is somebody of the register.
pub async fn measure(site: &Site, sizes: &Sizes) -> Outcome {
    let mut file = String::from("序号,姓名,性别,出生日期,联系电话\n");
    for row in 0..sizes.rows {
        let n = if row.is_multiple_of(20) { mix(row) % sizes.people } else { 10_000_000 + row };
        let sex = if n.is_multiple_of(2) { "女" } else { "男" };
        writeln!(file, "{},{},{sex},{},{}", row + 1, name(n), born(n), phone(n))?;
    }
    let imports = Imports::new(site.node.clone());
    let started = Instant::now();
    let preview = imports.read_now(&site.actor, "bench.csv", file.into_bytes()).await?;
    let read = started.elapsed();
    let (actor, id) = (&site.actor, preview.id.0);
    imports.decide(actor, id, Some(Rule::AutoOnly), Vec::new()).await?;
    let done = imports.apply_now(actor, id, |_| {}).await?;
    let spent = started.elapsed();
    let rate = sizes.rows as f64 / spent.as_secs_f64() * 60.0;
    let (made, known, records) = done.entered;
    println!(
        "import                             {rate:.0} rows a minute ({} rows: {:.2} s reading and comparing, {:.2} s \
         entering)",
        sizes.rows,
        read.as_secs_f64(),
        spent.checked_sub(read).unwrap().as_secs_f64(),
    );
    println!(
        "                                   {made} made, {known} known, {records} records, {} failed",
        done.failed.len()
    );
    Ok(())
}
