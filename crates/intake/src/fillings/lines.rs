//! Which line of a sheet is whose.

use std::collections::HashMap;

use jiff::civil::Date;
use sheets::{Field, Mapping, RowValues, Sheet, Workbook};

use super::values::{self, Listed};
use crate::template::Pointing;

/// The lines of a table as the sheet has them.
pub struct Lines {
    sheet: Sheet,
    first: usize,
    last: usize,
    /// Cleaned values of lines that name somebody.
    values: HashMap<usize, RowValues>,
}

/// Whether a line is about somebody.
fn somebody(values: &RowValues) -> bool {
    called(values).is_some() || values.id_no.is_some() || !values.guardians.is_empty()
}

fn called(values: &RowValues) -> Option<&str> {
    values.name.as_deref().or_else(|| values.nicknames.first().map(String::as_str))
}

/// A child without a name on the sheet: the same number, or the same guardian and birth.
fn nameless(own: &RowValues, known: &RowValues) -> bool {
    if own.id_no.is_some() {
        return own.id_no == known.id_no;
    }
    let guardian = |values: &RowValues| values.guardians.first().and_then(|one| one.name.clone());
    guardian(own).is_some() && guardian(own) == guardian(known) && own.sex == known.sex
}

/// Where people go.
#[derive(Default)]
pub struct Places {
    /// Place in the list of people, and the line; in the order of the lines.
    pub of: Vec<(usize, usize)>,
    /// Lines to add below the last.
    pub grow: usize,
    /// Lines left over.
    pub free: Vec<usize>,
    /// Lines of people who are not on the register.
    pub strangers: Vec<usize>,
}

/// The last of the blank lines under a header that look like the first: ready to be written on.
pub fn last_blank(sheet: &Sheet, first: usize) -> usize {
    let filled = (first..=sheet.rows.len()).find(|row| {
        sheet.rows.get(row - 1).is_some_and(|cells| cells.iter().skip(1).any(|cell| !cell.is_blank()))
    });
    filled.map_or(first, |row| row - 1).max(first)
}

impl Lines {
    /// Reads the lines of a pointed sheet by the fields that its columns were said to be.
    pub fn new(book: &Workbook, pointing: &Pointing, today: Date) -> Self {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == pointing.sheet).cloned();
        let sheet = sheet.unwrap_or_else(|| Sheet::new(&pointing.sheet));
        let (first, last) =
            (pointing.first_row.saturating_sub(1) as usize, pointing.last_row.saturating_sub(1) as usize);
        let columns: Vec<(usize, Field)> = pointing
            .columns
            .iter()
            .filter_map(|(letters, field)| {
                Some((sheets::fill::place_of(&format!("{letters}1"))?.1, Field::of(field)?))
            })
            .collect();
        let mapping = Mapping::told(&columns);
        let values = sheets::clean_rows(&sheet, &mapping, first..=last, today);
        let values = values.into_iter().filter(|(_, values)| somebody(values)).collect();
        Self { sheet, first, last, values }
    }

    /// Whether the sheet came with people on it.
    pub fn has_people(&self) -> bool {
        !self.values.is_empty()
    }

    /// What a line says.
    pub fn values(&self, line: usize) -> Option<&RowValues> {
        self.values.get(&line)
    }

    /// The name on a line.
    pub fn name(&self, line: usize) -> String {
        self.values.get(&line).and_then(called).unwrap_or_default().to_owned()
    }

    /// A cell as shown.
    pub fn text(&self, line: usize, column: usize) -> String {
        self.sheet.cell(line, column).shown()
    }

    /// Whether a cell holds something.
    pub fn holds(&self, line: usize, column: usize) -> bool {
        !self.sheet.cell(line, column).is_blank()
    }

    /// Whether a line says of somebody what the register says.
    pub fn says(&self, own: &RowValues, field: Field, one: &Listed) -> bool {
        let iso =
            |stated: Option<&calendar::Stated>| stated.and_then(calendar::Stated::iso).unwrap_or_default();
        match field {
            Field::Birth | Field::Arrival => {
                let stated = if field == Field::Birth { &one.birth } else { &one.arrival };
                let said = values::meaning(field, own);
                // An age stays as it was told; a lunar day is compared as the civil one.
                said == iso(stated.as_ref())
                    || stated.as_ref().is_some_and(calendar::Stated::is_age) && said.contains(['岁', '月'])
            }
            Field::Remark => own.remark == one.values.remark || own.remark.is_none() && !own.needs.is_empty(),
            _ => values::meaning(field, own) == values::meaning(field, &one.values),
        }
    }

    /// Gives everybody a line: their own where the sheet names them, then as the last time, then in the register's order.
    pub fn places(&self, listed: &[Listed], order: &[kernel::Id]) -> Places {
        let mut lines: Vec<usize> = (self.first..=self.last).collect();
        let mut taken: HashMap<usize, usize> = HashMap::new();
        let mut rest = Vec::new();
        for (at, one) in listed.iter().enumerate() {
            match self.own_line(one, &taken) {
                Some(line) => drop(taken.insert(line, at)),
                None => rest.push(at),
            }
        }
        let rank = |at: &usize| order.iter().position(|id| *id == listed[*at].person).unwrap_or(usize::MAX);
        rest.sort_by_key(rank);
        let strangers: Vec<usize> = lines
            .iter()
            .copied()
            .filter(|line| self.values.contains_key(line) && !taken.contains_key(line))
            .collect();
        lines.retain(|line| !taken.contains_key(line) && !strangers.contains(line));
        let mut free = lines.into_iter();
        let mut grow = 0;
        for at in rest {
            let line = free.next().unwrap_or_else(|| {
                grow += 1;
                self.last + grow
            });
            taken.insert(line, at);
        }
        let mut of: Vec<(usize, usize)> = taken.into_iter().map(|(line, at)| (at, line)).collect();
        of.sort_by_key(|(_, line)| *line);
        Places { of, grow, free: free.collect(), strangers }
    }

    /// The line that names somebody: the same name, and nothing that says it is a namesake.
    fn own_line(&self, one: &Listed, taken: &HashMap<usize, usize>) -> Option<usize> {
        let name = names::fold(one.values.name.as_deref()?);
        let mut fits: Vec<(bool, usize)> = self
            .values
            .iter()
            .filter(|(line, _)| !taken.contains_key(line))
            .filter(|(_, own)| match called(own) {
                Some(own) => names::fold(own) == name,
                None => nameless(own, &one.values),
            })
            .filter_map(|(line, own)| {
                let id = match (&own.id_no, &one.values.id_no) {
                    (Some(a), Some(b)) => Some(a == b),
                    _ => None,
                };
                let birth = own.birth.is_some().then(|| self.says(own, Field::Birth, one));
                match (id, birth) {
                    (Some(false), _) => None,
                    (Some(true), _) | (_, Some(true)) => Some((true, *line)),
                    _ => Some((false, *line)),
                }
            })
            .collect();
        fits.sort_by_key(|(sure, line)| (!sure, *line));
        match fits.as_slice() {
            [(true, line), ..] => Some(*line),
            [(false, line)] => Some(*line),
            _ => None,
        }
    }
}
