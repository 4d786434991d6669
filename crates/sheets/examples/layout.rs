//! Prints what is found on the sheets of a workbook: roles, header rows, columns. `cargo run --example layout FILE`

fn main() {
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let name = file.rsplit('/').next().unwrap_or(&file);
        let book = match sheets::read(&bytes, name, &sheets::Limits::default()) {
            Ok(book) => book,
            Err(problem) => {
                eprintln!("{problem}");
                continue;
            }
        };
        println!("{name} {:?} {:?} {:?}", book.format, book.encoding, book.delimiter);
        for (sheet, layout) in book.sheets.iter().zip(sheets::layout::find_all(&book)) {
            let data = layout.data_rows().collect::<Vec<_>>();
            let span = data.first().zip(data.last()).map(|(a, b)| (a + 1, b + 1));
            println!(
                "  {} {:?} {:?} header {:?} data {} {span:?} as of {:?}",
                sheet.name,
                sheet.state,
                layout.role,
                layout.header_rows,
                data.len(),
                layout.as_of
            );
            for info in layout.rows.iter().filter(|info| info.role != sheets::RowRole::Data) {
                println!("    row {} {:?} {}", info.row + 1, info.role, info.why);
            }
            for column in &layout.columns {
                println!("    {} {}", sheets::column_letters(column.index), column.path());
            }
            println!("    legends {:?}", layout.legends);
        }
    }
}
