//! Imports: a workbook becomes a batch of commands that can be undone whole.
