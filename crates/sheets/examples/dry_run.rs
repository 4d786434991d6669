//! Prints the dry run of a workbook as JSON; with `--time`, how long the steps take instead.
//! `cargo run --example dry_run FILE [--time]`

use std::time::Instant;

use sheets::{Cleaner, layout, mapping};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("name a file")?;
    let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
    let today = jiff::civil::date(2026, 11, 24);
    let bytes = std::fs::read(&file)?;
    let start = Instant::now();
    let book = sheets::read(&bytes, &name, &sheets::Limits::default())?;
    if arguments.next().as_deref() != Some("--time") {
        println!("{}", sheets::dry_run_json(&book, &sheets::Options::new(today)));
        return Ok(());
    }
    println!("read {:?}", start.elapsed());
    let start = Instant::now();
    let layouts = layout::find_all(&book);
    println!("layout {:?}", start.elapsed());
    for (sheet, layout) in book.sheets.iter().zip(&layouts) {
        let start = Instant::now();
        let mapping = mapping::propose(sheet, layout);
        let mapped = start.elapsed();
        let rows = Cleaner::new(sheet, layout, &mapping, &sheets::clean::Options { today }).all().len();
        println!("{}: mapping {mapped:?}, {rows} rows cleaned {:?}", sheet.name, start.elapsed());
    }
    Ok(())
}
