//! What somebody decides about an import in hand: sheets, columns, rows.

use std::collections::BTreeMap;

use kernel::{Actor, Id, Refusal};
use sheets::events::Mark;
use sheets::mapping::Target;
use sheets::{TableKind, column_letters};

use crate::faults;
use crate::jobs::{ImportError, Imports};
use crate::preview::{Choice, EventKept, Preview, Rule, State};

impl Imports {
    async fn open(&self, actor: &Actor, id: Id) -> Result<Preview, ImportError> {
        let preview = self.get(actor, id).await?;
        preview.must_be(&[State::Preview])?;
        Ok(preview)
    }

    /// Takes a sheet in or leaves it out.
    pub async fn choose(
        &self,
        actor: &Actor,
        id: Id,
        name: &str,
        chosen: bool,
    ) -> Result<Preview, ImportError> {
        let mut preview = self.open(actor, id).await?;
        if chosen && preview.sheet_mut(name)?.rows.is_empty() {
            // A hidden sheet was not read; reading it takes the file again.
            return self.reread(actor, preview, Some(name), None, None).await;
        }
        preview.sheet_mut(name)?.chosen = chosen;
        self.save(actor, &preview).await?;
        Ok(preview)
    }

    /// Decides on rows one by one, and on the rule for the others.
    pub async fn decide(
        &self,
        actor: &Actor,
        id: Id,
        rule: Option<Rule>,
        rows: Vec<(String, u32, Option<Choice>)>,
    ) -> Result<Preview, ImportError> {
        let mut preview = self.open(actor, id).await?;
        preview.rule = rule.unwrap_or(preview.rule);
        for (sheet, number, choice) in rows {
            let unknown =
                || Refusal::new(&faults::UNKNOWN_ROW).with("sheet", sheet.clone()).with("row", number);
            let kept = preview.sheet_mut(&sheet)?;
            let row = kept.rows.iter_mut().find(|row| row.row == number).ok_or_else(unknown)?;
            if choice == Some(Choice::Same) && row.duplicate.is_none() {
                return Err(unknown().into());
            }
            row.choice = choice;
        }
        self.save(actor, &preview).await?;
        Ok(preview)
    }

    /// Says what columns are, by their letters; the rows are read again, and the mapping is remembered for the layout.
    pub async fn map(
        &self,
        actor: &Actor,
        id: Id,
        sheet: &str,
        targets: Vec<(String, Option<Target>)>,
        marks: BTreeMap<String, Mark>,
    ) -> Result<Preview, ImportError> {
        let mut preview = self.open(actor, id).await?;
        let mapping = &mut preview.sheet_mut(sheet)?.mapping;
        for (letters, target) in targets {
            let column =
                mapping.columns.iter().map(|map| map.column).find(|at| column_letters(*at) == letters);
            let column =
                column.ok_or_else(|| Refusal::new(&faults::UNKNOWN_FIELD).with("field", letters.clone()))?;
            mapping.set(column, target);
        }
        mapping.marks.extend(marks);
        let mapping = mapping.clone();
        self.remember(actor, &mapping).await?;
        self.reread(actor, preview, None, Some(mapping), None).await
    }

    /// Says which gathering a roll or a list of sign-ups is about. A day without a year in the sheet is read by that day.
    pub async fn about(
        &self,
        actor: &Actor,
        id: Id,
        sheet: &str,
        event: EventKept,
    ) -> Result<Preview, ImportError> {
        let mut preview = self.open(actor, id).await?;
        preview.sheet_mut(sheet)?.event = event;
        self.save(actor, &preview).await?;
        Ok(preview)
    }

    /// Says what kind of sheet it is; the columns are proposed anew for it, and both are remembered for the layout.
    pub async fn kind(
        &self,
        actor: &Actor,
        id: Id,
        sheet: &str,
        kind: TableKind,
    ) -> Result<Preview, ImportError> {
        let mut preview = self.open(actor, id).await?;
        let key = preview.sheet_mut(sheet)?.mapping.layout_key.clone();
        let mut read = self.reread(actor, preview, None, None, Some((key, kind))).await?;
        let mapping = read.sheet_mut(sheet)?.mapping.clone();
        self.remember(actor, &mapping).await?;
        Ok(read)
    }
}
