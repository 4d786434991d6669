//! The sex in two columns, 男 and 女, of which one is ticked.

use super::{ColumnMap, Target, Why};
use crate::book::Sheet;
use crate::field::Field;
use crate::layout::{Column, Layout};
use crate::plain;

/// Cells that are looked at.
const SAMPLE: usize = 200;

/// Gives two neighbouring columns titled 男 and 女 the sex, if they hold nothing but ticks.
pub fn find(sheet: &Sheet, layout: &Layout, columns: &mut [ColumnMap]) {
    let slots: Vec<Option<u8>> = layout.columns.iter().map(slot).collect();
    for at in 1..columns.len() {
        let both = matches!((slots[at - 1], slots[at]), (Some(1), Some(2)) | (Some(2), Some(1)));
        if both && [at - 1, at].iter().all(|at| only_ticks(sheet, layout, columns[*at].column)) {
            for at in [at - 1, at] {
                let slot = slots[at].unwrap_or_default();
                columns[at].target = Some(Target { field: Field::Sex, slot, relation: None });
                (columns[at].confidence, columns[at].why) = (0.95, Why::Header);
            }
            return;
        }
    }
}

fn slot(column: &Column) -> Option<u8> {
    match plain::header(&column.title).as_str() {
        "男" | "男性" | "男生" | "男孩" | "男童" | "m" | "male" | "boy" | "boys" => Some(1),
        "女" | "女性" | "女生" | "女孩" | "女童" | "f" | "female" | "girl" | "girls" => Some(2),
        _ => None,
    }
}

fn only_ticks(sheet: &Sheet, layout: &Layout, column: usize) -> bool {
    let cells =
        layout.data_rows().take(SAMPLE).map(|row| sheet.cell(row, column)).filter(|cell| !cell.is_blank());
    cells.map(|cell| plain::folded(&cell.shown())).all(|text| {
        let length = text.chars().count();
        length <= 1 || matches!(text.as_str(), "true" | "false" | "yes" | "no")
    })
}
