//! Prints the dry run of a workbook as JSON. `cargo run --example dry_run FILE`

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("name a file")?;
    let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
    let book = sheets::read(&std::fs::read(&file)?, &name, &sheets::Limits::default())?;
    let options = sheets::Options::new(jiff::civil::date(2026, 11, 24));
    println!("{}", sheets::dry_run_json(&book, &options));
    Ok(())
}
