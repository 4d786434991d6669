//! Matches CSV files and prints the report as JSON: `match_csv LEFT.csv [RIGHT.csv] [--ignore COLUMN]…`.

use std::process::ExitCode;

use matching::{Options, Table, cli_json, match_tables};

fn main() -> ExitCode {
    match run() {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<serde_json::Value, Box<dyn std::error::Error>> {
    let mut options = Options::default();
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--ignore" => options.ignore_columns.push(arguments.next().ok_or("--ignore needs a column")?),
            _ => files.push(argument),
        }
    }
    let table = |path: &String| -> Result<Table, Box<dyn std::error::Error>> {
        Ok(Table::from_reader(std::fs::File::open(path)?)?)
    };
    let left = table(files.first().ok_or("usage: match_csv LEFT.csv [RIGHT.csv] [--ignore COLUMN]")?)?;
    let right = files.get(1).map(table).transpose()?;
    Ok(cli_json(&match_tables(&left, right.as_ref(), &options)?))
}
