//! What SQLite's planner is told about the tables.
//!
//! Every key starts with the site, and one site may hold everything. Left to itself the planner takes a known site for a
//! narrow choice and walks whole tables. What `ANALYZE` would find depends on when it ran; so the same figures are given
//! to every database: a site holds a million rows, a further column narrows them as its name says.

use rusqlite::Connection;

/// Rows of a table, all of one site.
const ROWS: u64 = 1_000_000;
/// Columns with few values, and how many rows share one of them.
const BROAD: &[(&str, u64)] = &[
    ("noun", 50_000),
    ("class", 100_000),
    ("kind", 100_000),
    ("status", 100_000),
    ("state", 100_000),
    ("merged", 900_000),
    ("day", 1_000),
    ("due", 1_000),
];
/// Rows of an index that holds only those that something is to be done about.
const FEW: u64 = 100;
/// How many rows share an id, a name or a key, unless more is known of them.
const SHARED: u64 = 8;

/// Writes the figures of every index. They are read when a connection opens.
pub(crate) fn tell(db: &Connection) -> rusqlite::Result<()> {
    // The table of the figures cannot be made by hand; one row of each index is enough to have it made.
    db.execute_batch("PRAGMA analysis_limit = 1; ANALYZE; DELETE FROM sqlite_stat1;")?;
    let mut tables =
        db.prepare("SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")?;
    let tables: Vec<(String, bool)> =
        tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (table, without_rowid) in tables.iter().filter(|(name, _)| !name.starts_with("sqlite_")) {
        let mut indexes =
            db.prepare("SELECT name, origin, \"unique\", partial FROM pragma_index_list(?1)")?;
        let mut indexes = indexes.query([table])?;
        while let Some(index) = indexes.next()? {
            let (name, origin): (String, String) = (index.get(0)?, index.get(1)?);
            let (unique, partial): (bool, bool) = (index.get(2)?, index.get(3)?);
            let rows = if partial { FEW } else { ROWS };
            let mut columns = db.prepare("SELECT name FROM pragma_index_info(?1) ORDER BY seqno")?;
            let columns: Vec<String> =
                columns.query_map([&name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            // The key of a table without rowids is the table.
            let name = if *without_rowid && origin == "pk" { table } else { &name };
            db.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)",
                [table, name, &figures(&columns, unique, rows)],
            )?;
        }
    }
    db.execute_batch("ANALYZE sqlite_schema")
}

/// How many rows there are, and on average for each value of the first column, of the first two, and so on.
fn figures(columns: &[String], unique: bool, rows: u64) -> String {
    let mut text = rows.to_string();
    let mut left = rows;
    for (at, column) in columns.iter().enumerate() {
        let last = unique && at + 1 == columns.len();
        left = match (column.as_str(), last) {
            (_, true) => 1,
            ("site", _) => left,
            (name, _) => {
                let broad = BROAD.iter().find(|(known, _)| *known == name).map(|(_, rows)| *rows);
                broad.map_or(SHARED.min(left), |rows| rows.min(left))
            }
        };
        text.push(' ');
        text.push_str(&left.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_narrows_nothing_and_an_id_does() {
        let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(figures(&columns(&["site", "noun", "id"]), true, ROWS), "1000000 1000000 50000 1");
        assert_eq!(figures(&columns(&["site", "person"]), false, ROWS), "1000000 1000000 8");
    }

    #[test]
    fn a_join_starts_from_what_is_asked_for() {
        let db = Connection::open_in_memory().unwrap();
        let tables = "CREATE TABLE member (site TEXT, house TEXT, person TEXT, PRIMARY KEY (site, house, person)) \
             STRICT, WITHOUT ROWID; CREATE INDEX member_person ON member (site, person); \
             CREATE TABLE house (site TEXT, house TEXT, words TEXT, PRIMARY KEY (site, house)) STRICT;";
        db.execute_batch(tables).unwrap();
        tell(&db).unwrap();
        let asked = "EXPLAIN QUERY PLAN SELECT o.person FROM member m JOIN house h ON h.site = m.site \
             AND h.house = m.house JOIN member o ON o.site = m.site AND o.house = m.house \
             WHERE m.site = 'a' AND m.person IN ('b', 'c', 'd')";
        let mut plan = db.prepare(asked).unwrap();
        let plan: Vec<String> = plan.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert!(plan[0].starts_with("SEARCH m"), "{plan:?}");
        assert!(plan.iter().all(|step| !step.contains("(site=?)")), "{plan:?}");
    }
}
