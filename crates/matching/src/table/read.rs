//! Reading a table of text from CSV.

use std::io::Read;

/// Why a table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// There is no header line.
    Empty,
    /// The text breaks off or is not UTF-8; the line is counted from 1, where known.
    Unreadable {
        /// Line of the file.
        line: Option<u64>,
    },
    /// A column that should be ignored, or that should name the rows, is not there.
    NoColumn {
        /// The name that was asked for.
        asked: String,
        /// The names that there are.
        present: Vec<String>,
    },
    /// No column of the one table has the meaning of a column of the other.
    NothingInCommon,
    /// The files hold more rows than can be numbered.
    TooMany,
}

impl TableFault {
    /// What is wrong and what to do, in English.
    pub fn en(&self) -> String {
        match self {
            Self::Empty => "The file is empty. The first line must name the columns.".to_owned(),
            Self::Unreadable { line: Some(line) } => {
                format!("Line {line} cannot be read. Save the file as CSV in UTF-8 and try again.")
            }
            Self::Unreadable { line: None } => {
                "The file cannot be read. Save it as CSV in UTF-8 and try again.".to_owned()
            }
            Self::NoColumn { asked, present } => {
                format!("There is no column \"{asked}\". Columns: {}.", present.join(", "))
            }
            Self::NothingInCommon => {
                "The tables have no column in common that tells people apart. Give equal columns equal names."
                    .to_owned()
            }
            Self::TooMany => "The file has too many rows. Split it.".to_owned(),
        }
    }

    /// What is wrong and what to do, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的。第一行应当是列名。".to_owned(),
            Self::Unreadable { line: Some(line) } => {
                format!("第 {line} 行无法读取。请另存为 UTF-8 编码的 CSV 后重试。")
            }
            Self::Unreadable { line: None } => "文件无法读取。请另存为 UTF-8 编码的 CSV 后重试。".to_owned(),
            Self::NoColumn { asked, present } => {
                format!("没有“{asked}”这一列。现有的列：{}。", present.join("、"))
            }
            Self::NothingInCommon => {
                "两张表没有可以用来辨认人的共同列。请把相同的列起相同的名字。".to_owned()
            }
            Self::TooMany => "文件的行数太多，请拆分。".to_owned(),
        }
    }
}

impl std::fmt::Display for TableFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en())
    }
}

impl std::error::Error for TableFault {}

/// A table of text: headers and rows. Rows may be shorter or longer than the header; what lacks is empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    headers: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table({} columns, {} rows)", self.headers.len(), self.rows.len())
    }
}

impl Table {
    /// Reads CSV in UTF-8, with or without byte order mark, separated by comma, semicolon or tab. Rows in which
    /// every cell is blank are dropped.
    pub fn from_csv(text: &str) -> Result<Self, TableFault> {
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().find(|line| !line.trim().is_empty()).ok_or(TableFault::Empty)?;
        let count = |delimiter: char| first.matches(delimiter).count();
        let delimiter = [',', '\t', ';'].into_iter().rev().max_by_key(|one| count(*one)).unwrap_or(',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter as u8)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let fault =
            |error: csv::Error| TableFault::Unreadable { line: error.position().map(csv::Position::line) };
        let headers: Vec<String> = reader.headers().map_err(fault)?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for row in reader.records() {
            let row = row.map_err(fault)?;
            if row.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
            }
        }
        if u32::try_from(rows.len()).is_err() {
            return Err(TableFault::TooMany);
        }
        Ok(Self { headers, rows })
    }

    /// The same from anything that can be read to its end.
    pub fn from_reader(mut reader: impl Read) -> Result<Self, TableFault> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|_| TableFault::Unreadable { line: None })?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count() as u64;
            TableFault::Unreadable { line: Some(line) }
        })?;
        Self::from_csv(text)
    }

    /// The names of the columns.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The text of one cell without surrounding space; empty where the row is too short.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or("")
    }

    /// The cells of one column from the first row to the last.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.get(column).unwrap_or(""))
    }
}
